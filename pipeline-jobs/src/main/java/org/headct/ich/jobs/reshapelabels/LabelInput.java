package org.headct.ich.jobs.reshapelabels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.LabelForm;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.ScanLabelsTable;

/** The input of label files: lists them and reads their headers. */
final class LabelInput {
  private static final Set<String> EXTENSIONS = Set.of("csv", "gz", "bz2", "zst", "zstd");

  /** The separator between an archive and its member in the name of a file. */
  private static final String ARCHIVE = ".zip!";

  /** The maximum length of a header. A file without a line feed before it is no label file. */
  private static final int MAX_HEADER = 1 << 16;

  private final JobContext context;
  private final LabelsConfig config;

  LabelInput(JobContext context, LabelsConfig config) {
    this.context = context;
    this.config = config;
  }

  /**
   * Returns every file of {@code labels.input} with its header.
   *
   * @throws UserException if one is no label file
   */
  List<LabelFile> files() {
    return opened(list(config.input()));
  }

  /**
   * Returns a file that an earlier run read.
   *
   * @throws UserException if it does not exist any more
   */
  LabelFile again(LoadedFile file) {
    int archive = file.file().indexOf(ARCHIVE);
    String uri =
        archive < 0 ? file.file() : file.file().substring(0, archive + ARCHIVE.length() - 1);
    try {
      return opened(list(List.of(uri))).stream()
          .filter(f -> f.name().equals(file.file()))
          .findFirst()
          .orElseThrow(() -> new UserException(file.file() + " is not there"));
    } catch (UserException e) {
      throw new UserException(
          "labels.input: %s was read by an earlier run and is needed again, because its images may fall back to its labels: %s. Put it back, or drop its images too with --set labels.removed-files=retract"
              .formatted(file.file(), e.getMessage()),
          e);
    }
  }

  private List<SourceObject> list(List<String> input) {
    return new SourceListing(
            context.hadoop(), "labels.input", EXTENSIONS::contains, config.names()::matches)
        .list(input);
  }

  private List<LabelFile> opened(List<SourceObject> objects) {
    List<LabelFile> files = new ArrayList<>();
    try (SourceReader reader = new SourceReader(context.hadoop())) {
      for (SourceObject object : objects) {
        try (Reader text = text(reader, object)) {
          files.add(new LabelFile(object, header(text, object)));
        } catch (DamagedMemberException e) {
          throw new UserException(
              "labels.input: %s: %s".formatted(object.display(), e.getMessage()), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the label files", e);
    }
    return files;
  }

  private LabelHeader header(Reader text, SourceObject object) throws IOException {
    LabelHeader header = LabelHeader.parse(firstLine(text), object.display(), config.form());
    if (header instanceof LabelHeader.Reads reads) {
      ScanLabelsTable.requireRoom(reads, object.display());
    }
    return header;
  }

  /** Opens an object as text; the caller closes it. */
  static Reader text(SourceReader reader, SourceObject object)
      throws IOException, DamagedMemberException {
    return new BufferedReader(
        new InputStreamReader(reader.open(object), StandardCharsets.UTF_8), 1 << 16);
  }

  /** Reads the first line, without its line feed; the reader then stands behind it. */
  static String firstLine(Reader text) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = text.read(); c >= 0 && c != '\n' && line.length() < MAX_HEADER; c = text.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Returns the files of scans. */
  static List<LabelFile> ofScans(List<LabelFile> files) {
    return files.stream().filter(f -> f.header().form() == LabelForm.READS).toList();
  }

  /** Returns the files of images. */
  static List<LabelFile> ofImages(List<LabelFile> files) {
    return files.stream().filter(f -> f.header().form() != LabelForm.READS).toList();
  }

  /** Returns the version of each file, by name. */
  static Map<String, String> versions(List<LabelFile> files) {
    Map<String, String> versions = new LinkedHashMap<>();
    files.forEach(f -> versions.put(f.name(), Fingerprint.of(List.of(f.object()))));
    return versions;
  }
}
