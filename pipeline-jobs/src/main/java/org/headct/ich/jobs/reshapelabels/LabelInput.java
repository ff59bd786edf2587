package org.headct.ich.jobs.reshapelabels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.LabelForm;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelText;
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

  /** The name of an archive before that of its member in the name of a file. */
  private static final Pattern ARCHIVE =
      Pattern.compile("(.*?\\.zip)!.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The number of files that a refusal names. */
  private static final int SHOWN = 5;

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
    return opened(list(config.input(), config.names()::matches), config.form());
  }

  /**
   * Returns a file that an earlier run read. {@code labels.form} and {@code labels.names} are about
   * the files of {@code labels.input}, so they do not count.
   *
   * @throws UserException if it does not exist any more
   */
  LabelFile again(LoadedFile file) {
    Matcher archive = ARCHIVE.matcher(file.file());
    String uri = archive.matches() ? archive.group(1) : file.file();
    try {
      return opened(list(List.of(uri), name -> true), Optional.empty()).stream()
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

  private List<SourceObject> list(List<String> input, Predicate<String> names) {
    return new SourceListing(context.hadoop(), "labels.input", EXTENSIONS::contains, names)
        .list(input);
  }

  private List<LabelFile> opened(List<SourceObject> objects, Optional<LabelForm> form) {
    List<LabelFile> files = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    try (SourceReader reader = new SourceReader(context.hadoop())) {
      for (SourceObject object : objects) {
        try (LabelText text = text(reader, object)) {
          files.add(opened(object, text, form));
        } catch (DamagedMemberException e) {
          refusals.add("labels.input: %s: %s".formatted(object.display(), e.getMessage()));
        } catch (UserException e) {
          refusals.add(String.valueOf(e.getMessage()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the label files", e);
    }
    if (!refusals.isEmpty()) {
      int more = refusals.size() - SHOWN;
      throw new UserException(
          String.join("; ", refusals.subList(0, Math.min(SHOWN, refusals.size())))
              + (more > 0 ? "; and %,d more".formatted(more) : ""));
    }
    return files;
  }

  private static LabelFile opened(SourceObject object, LabelText text, Optional<LabelForm> form)
      throws IOException {
    String name = object.display();
    LabelHeader header = LabelHeader.parse(text.top(), name, form);
    if (header instanceof LabelHeader.Reads reads) {
      ScanLabelsTable.requireRoom(reads, name);
    }
    if (!text.hasRow()) {
      throw new UserException(
          "%s:%d: the file ends after its header, it has no row of labels; put the whole file there, or leave it out of labels.input"
              .formatted(name, text.top().line()));
    }
    return new LabelFile(object, header, text.top().layout());
  }

  /** Opens an object as text, behind its header; the caller closes it. */
  static LabelText text(SourceReader reader, SourceObject object)
      throws IOException, DamagedMemberException {
    return LabelText.open(reader.open(object));
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
