package org.headct.ich.domain.label;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A guess at what a file is that is no label file, from its first line read as UTF-8. */
final class FileTypeGuess {
  private static final int SHOWN_CHARACTERS = 60;

  /** The replacement of a byte that is no UTF-8. */
  private static final String BAD = "\uFFFD";

  private record Magic(String start, String kind) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic("PK\u0003\u0004", "a zip archive; its name must end in .zip"),
          new Magic("PK\u0005\u0006", "an empty zip archive"),
          new Magic("\u001F" + BAD, "gzip data; its name must end in .gz"),
          new Magic("\u001F\u008B", "gzip data; its name must end in .gz"),
          new Magic("BZh", "bzip2 data; its name must end in .bz2"),
          new Magic("(" + BAD + "/" + BAD, "zstd data; its name must end in .zst"),
          new Magic("PAR1", "a Parquet file"),
          new Magic("%PDF", "a PDF file"),
          new Magic("{", "JSON"),
          new Magic("[", "JSON"),
          new Magic("<", "XML or HTML; was an error page saved in the file's place?"));

  /** A data row: its first field is an image's id (long or wide form) or a scan's. */
  private static final Pattern DATA =
      Pattern.compile(
          "\\s*\"?\\s*([^,]*[/\\\\])?(ID_|CQ500-CT-|([0-9]+\\.){3,}[0-9])[^,]*,\\s*\"?[0-9B.]*.*");

  private FileTypeGuess() {}

  /** Describes a first line that is no text of columns; empty if it may be a header. */
  static Optional<String> describe(String line) {
    if (line.isBlank()) {
      return Optional.of("an empty line; is the file empty?");
    }
    boolean binary = line.chars().anyMatch(FileTypeGuess::isBinary);
    if (line.contains("DICM") && binary) {
      return Optional.of("a DICOM object; check labels.input");
    }
    if (line.startsWith(BAD + BAD) || line.startsWith("\uFFFE") || everySecondIsNul(line)) {
      return Optional.of("UTF-16 text; save it as UTF-8");
    }
    String text = line.stripLeading();
    for (Magic magic : MAGICS) {
      if (line.startsWith(magic.start) || text.startsWith(magic.start)) {
        return Optional.of(magic.kind);
      }
    }
    return binary ? Optional.of("binary data; check labels.input") : Optional.empty();
  }

  /** Describes a line of text that has none of the columns that make a form. */
  static String describeUnknown(String line) {
    String shown = "'" + LabelLineParser.shown(LabelIds.withoutUids(line), SHOWN_CHARACTERS) + "'";
    if (line.contains(BAD)) {
      return "bytes that are not UTF-8 text: " + shown;
    }
    if (DATA.matcher(line).matches()) {
      return "the data row " + shown + "; put the header before it";
    }
    if (line.indexOf('\t') >= 0 || line.indexOf(';') >= 0) {
      return shown + "; separate the columns by a comma, or begin the file with the line sep=;";
    }
    if (CsvRecords.fields(line, ',').isEmpty()) {
      return shown + "; its quotes are not balanced";
    }
    return shown + "; check labels.input";
  }

  /** Returns whether a character is a control character that no text holds. */
  private static boolean isBinary(int c) {
    return Character.isISOControl(c) && "\t\n\u000B\f\r\u0085".indexOf(c) < 0;
  }

  private static boolean everySecondIsNul(String line) {
    if (line.length() < 4) {
      return false;
    }
    int nul = line.charAt(0) == 0 ? 0 : 1;
    for (int pair = 0; pair + 1 < Math.min(line.length(), 16); pair += 2) {
      if (line.charAt(pair + nul) != 0 || line.charAt(pair + 1 - nul) == 0) {
        return false;
      }
    }
    return true;
  }
}
