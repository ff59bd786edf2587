package org.headct.ich.domain.label;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.jspecify.annotations.Nullable;

/**
 * The ids of label files, which become the ids of the tables. A file may name an image by its SOP
 * Instance UID or by the name of its file, as the DICOM objects do, or by the pseudonym that the
 * tables show:
 *
 * <pre>
 * written                        id in the tables
 * -----------------------------  --------------------------------------------------
 * ID_000012eaf                   ID_000012eaf, RSNA's own pseudonym
 * train/ID_000012eaf.dcm         ID_000012eaf: folders and extensions are no part of it
 * C:\dump\ID_000012eaf.DCM.gz    ID_000012eaf
 * 1.2.840.113619.2.5.1           the pseudonym of this UID
 * 1.2.840.113619.2.5.1.dcm       the pseudonym of this UID
 * 1.2.840.113619.2.5.1-f3        the pseudonym of this UID and -f3, frame 3 from 0
 * IM0001.dcm                     the pseudonym of IM0001, which no object has
 * </pre>
 *
 * <p>Two spellings of one image therefore have one id. The audit of the DICOM objects uses the same
 * pseudonyms ({@code SliceAudit}). Not thread-safe, like {@link Pseudonyms}.
 */
public final class LabelIds {
  /** RSNA's pseudonym, perhaps of a later frame, and an extension of any kind. */
  private static final Pattern RSNA_FILE =
      Pattern.compile("(ID_[0-9a-f]{6,64}(?:-f[1-9][0-9]{0,8})?)(?:\\..*)?", Pattern.DOTALL);

  /** A later frame of an object with a UID. */
  private static final Pattern FRAME =
      Pattern.compile("((?:[0-9]+\\.)+[0-9]+|ID_[0-9a-f]{6,64})(-f[1-9][0-9]{0,8})");

  /** A UID, or a date with dots, somewhere in a text. */
  private static final Pattern UID_IN_TEXT =
      Pattern.compile("(?<![0-9])[0-9]++(?:\\.[0-9]++){2,}+");

  private static final Pattern EXTENSION =
      Pattern.compile("\\.(dcm|dicom|ima|img|png|jpe?g|tiff?|gz|bz2|zst|zip)$");

  /** A folder of a path that findings shorten. A value such as 0/1 is no path. */
  private static final int SHORTEST_FOLDER = 3;

  /** The number of characters of a text that findings look at. */
  private static final int LOOKED_AT = 512;

  private final UnaryOperator<String> pseudonym;
  private String lastWritten = "";
  private @Nullable String lastId;

  /**
   * @param pseudonym the function that replaces a real id, {@code Pseudonyms::of}
   */
  public LabelIds(UnaryOperator<String> pseudonym) {
    this.pseudonym = pseudonym;
  }

  /**
   * Returns the id in the tables of an image; null if the text names none. The text names none if
   * it is blank, is only a prefix or an extension, or has characters that no name has.
   */
  public @Nullable String image(String written) {
    // The six rows of an image mostly stand together, and a pseudonym costs a microsecond.
    if (!written.equals(lastWritten)) {
      lastId = idOf(name(written));
      lastWritten = written;
    }
    return lastId;
  }

  /** Returns the id in the tables of a scan: of a patient, study or series. */
  String scan(String name) {
    return pseudonym.apply(name);
  }

  private @Nullable String idOf(String name) {
    boolean noName = name.isEmpty() || name.equals("ID") || name.equals("ID_");
    if (noName || name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      return null;
    }
    Matcher frame = FRAME.matcher(name);
    return frame.matches()
        ? pseudonym.apply(frame.group(1)) + frame.group(2)
        : pseudonym.apply(name);
  }

  /** Returns the name of an image without quotes, folders and extensions. */
  private static String name(String written) {
    String text = written.strip();
    if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
      text = text.substring(1, text.length() - 1);
    }
    String file =
        text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).strip();
    Matcher rsna = RSNA_FILE.matcher(file);
    if (rsna.matches()) {
      return rsna.group(1);
    }
    Matcher extension = EXTENSION.matcher(file.toLowerCase(Locale.ROOT));
    while (extension.find()) {
      file = file.substring(0, extension.start());
      extension = EXTENSION.matcher(file.toLowerCase(Locale.ROOT));
    }
    return file;
  }

  /**
   * Returns a text of a label file for a finding: UIDs in it become their pseudonyms, and folders
   * are left out, because either may tell who the patient is.
   */
  String hidden(String text) {
    return hidden(text, pseudonym);
  }

  /** Returns a text of a label file for a message, which has no pseudonyms. */
  static String withoutUids(String text) {
    return hidden(text, uid -> "(a UID)");
  }

  private static String hidden(String text, UnaryOperator<String> replacement) {
    String start = text.substring(0, Math.min(text.length(), LOOKED_AT));
    return UID_IN_TEXT
        .matcher(withoutFolders(start))
        .replaceAll(uid -> Matcher.quoteReplacement(replacement.apply(uid.group())));
  }

  private static String withoutFolders(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int field = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean slash = c == '/' || c == '\\';
      if (slash && shown.length() - field >= SHORTEST_FOLDER) {
        shown.setLength(field);
        shown.append('…').append('/');
        field = shown.length() - 2;
        continue;
      }
      shown.append(c);
      if (c == ',' || c == ';' || c == '\t' || c == '"') {
        field = shown.length();
      }
    }
    return shown.toString();
  }
}
