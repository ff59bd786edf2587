package org.headct.ich.jobs.reshapelabels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.iceberg.SnapshotRef;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;

/** A folder of label files, with {@code reshape-labels} to run on them. */
final class LabelPipeline {
  static final String LONG = "ID,Label\n";

  private final Path folder;
  private final Pipeline pipeline;

  LabelPipeline(Path folder) {
    this.folder = folder;
    pipeline = new Pipeline(TestSpark.session(), folder, "max-reject-ratio=0.5");
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Writes a file, compressed by its name's extension. Creates the folders in the name. */
  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = compressed(name, plain)) {
      out.write(text.getBytes(UTF_8));
    }
    return file;
  }

  private static OutputStream compressed(String name, OutputStream out) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPOutputStream(out);
    }
    if (name.endsWith(".bz2")) {
      return new BZip2CompressorOutputStream(out);
    }
    if (name.endsWith(".zst")) {
      return new com.github.luben.zstd.ZstdOutputStream(out);
    }
    if (name.endsWith(".zip")) {
      ZipOutputStream zip = new ZipOutputStream(out);
      zip.putNextEntry(new ZipEntry("rsna/stage_2_train.csv"));
      return zip;
    }
    return out;
  }

  /** Runs the job. The input is a path, or several separated by commas. */
  JobReport reshape(Object input, String... more) {
    List<String> settings = new ArrayList<>(List.of("labels.input=" + input));
    settings.addAll(List.of(more));
    return pipeline.run(new ReshapeLabelsJob(), settings.toArray(new String[0]));
  }

  /** Returns the table of labels: id and bits. */
  Map<String, Integer> labels() {
    Map<String, Integer> labels = new TreeMap<>();
    for (ImageLabels row : pipeline.rows(new LabelsTable())) {
      labels.put(row.imageId(), row.bits());
    }
    return labels;
  }

  /** Returns the findings: reason, file without folders, line, rows, image and value. */
  List<String> findings() {
    return pipeline.rows(new LabelFindingsTable()).stream()
        .map(
            f ->
                "%s %s:%d %d %s|%s"
                    .formatted(
                        f.reason(),
                        f.file().substring(f.file().lastIndexOf('/') + 1),
                        f.line(),
                        f.rows(),
                        f.imageId(),
                        f.value()))
        .sorted()
        .toList();
  }

  long snapshot() {
    return pipeline.warehouse().snapshot(new LabelsTable());
  }

  /** Returns the names of the branches of the table of labels, without main. */
  List<String> branches() {
    return pipeline.warehouse().iceberg(new LabelsTable()).refs().keySet().stream()
        .filter(name -> !name.equals(SnapshotRef.MAIN_BRANCH))
        .toList();
  }

  /** Returns the data file of each image. */
  Map<String, String> dataFiles() {
    Map<String, String> files = new TreeMap<>();
    pipeline
        .sql("SELECT image_id, _file FROM ich.labels")
        .forEach(row -> files.put(row.getString(0), row.getString(1)));
    return files;
  }

  /** Returns the six rows of an image in the long form. */
  static String image(String id, int bits) {
    StringBuilder rows = new StringBuilder();
    for (Subtype subtype : Subtype.ALL) {
      int label = (bits & subtype.bit()) != 0 ? 1 : 0;
      rows.append("%s_%s,%d\n".formatted(id, subtype.column(), label));
    }
    return rows.toString();
  }
}
