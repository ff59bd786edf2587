package org.headct.ich.domain.label;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.headct.ich.domain.label.packed.LabelBlock;
import org.headct.ich.domain.label.packed.LabelBlocks;
import org.headct.ich.domain.label.packed.LabelGathering;
import org.headct.ich.domain.label.packed.LabelOutcome;
import org.headct.ich.domain.label.packed.LabelSources;
import org.headct.ich.domain.label.packed.LongFormReader;

/**
 * Two readings of label files of images, long or wide: by the packed path in parts, as the job
 * reads them, and by the plain path line by line.
 */
public final class LabelRead {
  private LabelRead() {}

  /**
   * The result for all rows.
   *
   * @param kept the label bits of each image that is kept
   * @param findings the findings in one fixed order
   * @param rows the number of rows that were read
   * @param superseded how often a later load replaced an image's labels
   */
  public record Result(
      Map<String, Integer> kept, List<LabelFinding> findings, long rows, long superseded) {}

  /**
   * Reads files by the packed path. A long file is cut into parts, a wide file is one part.
   *
   * @param partBytes the size of a part of a long file
   * @param partitions the number of partitions that gather the images
   * @param loads the load of each file, never falling; none for a single load
   */
  public static Result inParts(List<String> files, int partBytes, int partitions, int... loads)
      throws IOException {
    List<Integer> fileOf = new ArrayList<>();
    List<Integer> loadOf = new ArrayList<>();
    List<List<LabelBlock>> byPartition = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      byPartition.add(new ArrayList<>());
    }
    for (int file = 0; file < files.size(); file++) {
      LabelHeader header = header(files.get(file));
      int bytes = bytes(files.get(file)).length;
      int step = isOnePart(files.get(file)) ? Math.max(1, bytes) : partBytes;
      for (int start = 0; start < bytes; start += step) {
        List<LabelBlock> done =
            isOnePart(files.get(file))
                ? whole(files.get(file), header, fileOf.size(), partitions)
                : part(
                    files.get(file),
                    (LabelHeader.LongForm) header,
                    fileOf.size(),
                    start,
                    step,
                    partitions);
        for (int p = 0; p < partitions; p++) {
          byPartition.get(p).add(done.get(p));
        }
        fileOf.add(file);
        loadOf.add(load(loads, file));
      }
    }
    LabelSources sources =
        new LabelSources(
            fileOf.stream().mapToInt(i -> i).toArray(), loadOf.stream().mapToInt(i -> i).toArray());
    Map<String, Integer> kept = new TreeMap<>();
    List<LabelFinding> findings = new ArrayList<>();
    long rows = 0;
    long superseded = 0;
    // A shuffle brings blocks in any order.
    Random order = new Random(partBytes);
    for (List<LabelBlock> partition : byPartition) {
      Collections.shuffle(partition, order);
      LabelOutcome outcome = LabelGathering.gather(partition, sources);
      for (int i = 0; i < outcome.kept().size(); i++) {
        kept.put(outcome.kept().imageId(i), outcome.kept().bits(i));
      }
      findings.addAll(outcome.findings());
      rows += outcome.rows();
      superseded += outcome.superseded();
    }
    return new Result(kept, sorted(findings), rows, superseded);
  }

  private static List<LabelBlock> part(
      String file,
      LabelHeader.LongForm header,
      int source,
      int start,
      int partBytes,
      int partitions)
      throws IOException {
    byte[] bytes = bytes(file);
    LabelBlocks out = LabelBlocks.ofLong(source, partitions);
    int from = start == 0 ? 0 : start - 1;
    Dribble in = new Dribble(Arrays.copyOfRange(bytes, from, bytes.length));
    LongFormReader reader =
        new LongFormReader(in, header, LabelTexts.hashedIds(), start, partBytes, out);
    if (reader.advance()) {
      throw new IllegalStateException("these files fill no block");
    }
    return out.finish(reader.lines());
  }

  private static List<LabelBlock> whole(
      String file, LabelHeader header, int source, int partitions) {
    LabelBlocks out =
        header instanceof LabelHeader.Wide
            ? LabelBlocks.ofWide(source, partitions)
            : LabelBlocks.ofLong(source, partitions);
    readWhole(
        file,
        header,
        new RowSink() {
          @Override
          public void row(WideRow row, long line) {
            out.six(row, line - 1);
          }

          @Override
          public void row(LabelLine.Accepted row, long line) {
            out.row(row, line - 1);
          }

          @Override
          public void rejected(LabelLine.Rejected rejected, long line, int rows) {
            out.reject(rejected, line - 1, rows);
          }
        });
    return out.finish(0);
  }

  /** A receiver of the rows of either form. */
  private interface RowSink {
    void row(WideRow row, long line);

    void row(LabelLine.Accepted row, long line);

    void rejected(LabelLine.Rejected rejected, long line, int rows);
  }

  private static void readWhole(String file, LabelHeader header, RowSink sink) {
    try (LabelText text = LabelText.open(new ByteArrayInputStream(bytes(file)))) {
      if (header instanceof LabelHeader.Wide wide) {
        WideLabels.read(
            text,
            wide,
            LabelTexts.hashedIds(),
            new WideRowSink() {
              @Override
              public void row(WideRow row, long line) {
                sink.row(row, line);
              }

              @Override
              public void rejected(LabelLine.Rejected rejected, long line) {
                sink.rejected(rejected, line, WideRow.ROWS);
              }
            });
      } else {
        LongLabels.read(
            text,
            (LabelHeader.LongForm) header,
            LabelTexts.hashedIds(),
            new LongLabels.Sink() {
              @Override
              public void row(LabelLine.Accepted row, long line) {
                sink.row(row, line);
              }

              @Override
              public void rejected(LabelLine.Rejected rejected, long line) {
                sink.rejected(rejected, line, 1);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
  }

  /** Returns whether the job reads a file as a whole: it is wide, or not of the plainest layout. */
  static boolean isOnePart(String file) {
    LabelHeader header = header(file);
    return header instanceof LabelHeader.Wide
        || top(file).layout() == LabelText.Layout.OTHER
        || ((LabelHeader.LongForm) header).columns() != 2;
  }

  /** Reads files by the plain path: every row by its text, every image by {@link LabelPivot}. */
  public static Result lineByLine(List<String> files, int... loads) {
    Plain plain = new Plain();
    for (int file = 0; file < files.size(); file++) {
      plain.open(file, load(loads, file));
      LabelHeader header = header(files.get(file));
      if (isOnePart(files.get(file))) {
        readWhole(files.get(file), header, plain);
      } else {
        plain.readLong(files.get(file), (LabelHeader.LongForm) header);
      }
    }
    return plain.result();
  }

  /** The rows of each image of each load, gathered in maps. */
  private static final class Plain implements RowSink {
    private final Map<Integer, Map<String, LabelPartial>> images = new TreeMap<>();
    private final List<LabelFinding> findings = new ArrayList<>();
    private final LabelIds ids = LabelTexts.hashedIds();
    private long rows;
    private int file;
    private int load;

    void open(int openedFile, int loadOfFile) {
      file = openedFile;
      load = loadOfFile;
    }

    void readLong(String text, LabelHeader.LongForm header) {
      List<String> lines = List.of(text.split("\n", -1));
      for (int i = 1; i < lines.size(); i++) {
        if (!RowRules.isRow(lines.get(i))) {
          continue;
        }
        rows++;
        LabelLine parsed = LabelLine.parse(lines.get(i), header, ids);
        if (parsed instanceof LabelLine.Accepted row) {
          add(row.imageId(), row.subtype(), row.annotation(), i + 1L);
        } else if (parsed instanceof LabelLine.Rejected rejected) {
          findings.add(rejected.finding(file, i + 1L));
        }
      }
    }

    @Override
    public void row(WideRow row, long line) {
      rows += WideRow.ROWS;
      for (Subtype subtype : Subtype.ALL) {
        add(row.imageId(), subtype, row.annotation(subtype), line);
      }
    }

    @Override
    public void row(LabelLine.Accepted row, long line) {
      rows++;
      add(row.imageId(), row.subtype(), row.annotation(), line);
    }

    @Override
    public void rejected(LabelLine.Rejected rejected, long line, int labelRows) {
      rows += labelRows;
      findings.add(rejected.finding(file, line, labelRows));
    }

    private void add(String imageId, Subtype subtype, Annotation annotation, long line) {
      images
          .computeIfAbsent(load, l -> new TreeMap<>())
          .merge(imageId, LabelPartial.of(subtype, annotation, file, line), LabelPartial::merge);
    }

    Result result() {
      Map<String, Integer> kept = new TreeMap<>();
      long superseded = 0;
      for (Map<String, LabelPartial> ofLoad : images.values()) {
        for (Map.Entry<String, LabelPartial> image : ofLoad.entrySet()) {
          LabelPivot.Outcome outcome = LabelPivot.finish(image.getKey(), image.getValue());
          findings.addAll(outcome.findings());
          if (outcome.labels().isPresent()) {
            Integer before = kept.put(image.getKey(), outcome.labels().get().bits());
            superseded += before == null ? 0 : 1;
          }
        }
      }
      return new Result(kept, sorted(findings), rows, superseded);
    }
  }

  private static int load(int[] loads, int file) {
    return loads.length == 0 ? 0 : loads[file];
  }

  private static LabelHeader header(String file) {
    return LabelHeader.parse(top(file), "file", Optional.empty());
  }

  private static LabelText.Top top(String file) {
    try (LabelText text = LabelText.open(new ByteArrayInputStream(bytes(file)))) {
      return text.top();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<LabelFinding> sorted(List<LabelFinding> findings) {
    return findings.stream().sorted(Comparator.comparing(LabelFinding::toString)).toList();
  }

  /** A stream that hands out a few bytes at a time, like a network. */
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
