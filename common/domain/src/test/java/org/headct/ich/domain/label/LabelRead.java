package org.headct.ich.domain.label;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headct.ich.domain.label.packed.LabelBlock;
import org.headct.ich.domain.label.packed.LabelBlocks;
import org.headct.ich.domain.label.packed.LabelGathering;
import org.headct.ich.domain.label.packed.LabelOutcome;
import org.headct.ich.domain.label.packed.LabelSources;
import org.headct.ich.domain.label.packed.LongFormReader;

/** Long-form files read in parts as the job does it, and the same line by line. */
public final class LabelRead {
  private LabelRead() {}

  /** What became of all rows. */
  public record Result(Map<String, Integer> kept, List<LabelFinding> findings, long rows) {}

  /** Reads each file in parts of {@code partBytes} and gathers them in so many partitions. */
  public static Result inParts(List<String> files, int partBytes, int partitions, int... loads)
      throws IOException {
    List<LabelBlock> blocks = new ArrayList<>();
    List<Integer> fileOf = new ArrayList<>();
    List<Integer> loadOf = new ArrayList<>();
    List<List<LabelBlock>> byPartition = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      byPartition.add(new ArrayList<>());
    }
    for (int file = 0; file < files.size(); file++) {
      byte[] bytes = files.get(file).getBytes(StandardCharsets.UTF_8);
      LabelHeader.LongForm header = header(files.get(file).split("\n", 2)[0]);
      for (int start = 0; start < bytes.length; start += partBytes) {
        LabelBlocks out = LabelBlocks.ofLong(fileOf.size(), partitions);
        int from = start == 0 ? 0 : start - 1;
        LongFormReader reader =
            new LongFormReader(
                new Dribble(Arrays.copyOfRange(bytes, from, bytes.length)),
                header,
                start,
                partBytes,
                out);
        while (reader.advance()) {
          throw new IllegalStateException("these files fill no block");
        }
        List<LabelBlock> done = out.finish(reader.lines());
        for (int p = 0; p < partitions; p++) {
          byPartition.get(p).add(0, done.get(p));
        }
        fileOf.add(file);
        loadOf.add(loads.length == 0 ? 0 : loads[file]);
      }
    }
    LabelSources sources =
        new LabelSources(
            fileOf.stream().mapToInt(i -> i).toArray(), loadOf.stream().mapToInt(i -> i).toArray());
    Map<String, Integer> kept = new TreeMap<>();
    List<LabelFinding> findings = new ArrayList<>();
    long rows = 0;
    for (List<LabelBlock> partition : byPartition) {
      LabelOutcome outcome = LabelGathering.gather(partition, sources);
      for (int i = 0; i < outcome.kept().size(); i++) {
        kept.put(outcome.kept().imageId(i), outcome.kept().bits(i));
      }
      findings.addAll(outcome.findings());
      rows += outcome.rows();
      blocks.addAll(partition);
    }
    return new Result(kept, sorted(findings), rows);
  }

  /** The same by the rules written as plainly as possible. */
  public static Result lineByLine(List<String> files) {
    Map<String, LabelPartial> images = new TreeMap<>();
    List<LabelFinding> findings = new ArrayList<>();
    long rows = 0;
    for (int file = 0; file < files.size(); file++) {
      List<String> lines = List.of(files.get(file).split("\n", -1));
      LabelHeader.LongForm header = header(lines.get(0));
      for (int i = 1; i < lines.size(); i++) {
        if (lines.get(i).isBlank()) {
          continue;
        }
        rows++;
        LabelLine parsed = LabelLine.parse(lines.get(i), header);
        if (parsed instanceof LabelLine.Accepted row) {
          images.merge(
              row.imageId(),
              LabelPartial.of(row.subtype(), row.annotation(), file, i + 1L),
              LabelPartial::merge);
        } else if (parsed instanceof LabelLine.Rejected rejected) {
          findings.add(rejected.finding(file, i + 1L));
        }
      }
    }
    Map<String, Integer> kept = new TreeMap<>();
    images.forEach(
        (id, partial) -> {
          LabelPivot.Outcome outcome = LabelPivot.finish(id, partial);
          outcome.labels().ifPresent(labels -> kept.put(id, labels.bits()));
          findings.addAll(outcome.findings());
        });
    return new Result(kept, sorted(findings), rows);
  }

  private static LabelHeader.LongForm header(String line) {
    return (LabelHeader.LongForm) LabelHeader.parse(line, "file", Optional.empty());
  }

  private static List<LabelFinding> sorted(List<LabelFinding> findings) {
    return findings.stream()
        .sorted(java.util.Comparator.comparing(LabelFinding::toString))
        .toList();
  }

  /** A stream that hands out a few bytes at a time, as a network does. */
  private static final class Dribble extends ByteArrayInputStream {
    Dribble(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
      return super.read(to, offset, Math.min(length, 97));
    }
  }
}
