package org.headct.ich.domain.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;

/** The parser of {@link LabelHeader#parse}. */
final class LabelHeaderParser {
  /** The id columns of images, as {@link #plain} writes them; the first one present wins. */
  private static final List<String> IMAGE_IDS =
      List.of("id", "imageid", "image", "sopinstanceuid", "filename");

  /** The id columns of scans. */
  private static final List<String> SCAN_IDS =
      List.of("name", "scan", "patientid", "studyinstanceuid", "seriesinstanceuid");

  private static final String LABEL = "label";

  private static final Pattern VOTE = Pattern.compile("r([0-9]{1,3}):(.*)");
  private static final int SHOWN_CHARACTERS = 60;
  private static final int SHOWN_NAME = 24;
  private static final int SHOWN_NAMES = 8;

  private final String line;

  /** The file and the line, for messages. */
  private final String source;

  private final List<String> columns;

  LabelHeaderParser(LabelText.Top top, String source) {
    String header = top.header();
    boolean marked = !header.isEmpty() && header.charAt(0) == LabelLineParser.BYTE_ORDER_MARK;
    this.line = marked ? header.substring(1) : header;
    this.source = source + ":" + top.line();
    this.columns = CsvRecords.fields(line, top.separator());
  }

  LabelHeader parse(Optional<LabelForm> set) {
    FileTypeGuess.describe(line).ifPresent(this::refuse);
    List<String> names = columns.stream().map(LabelHeaderParser::plain).toList();
    Optional<LabelForm> found = recognise(names);
    if (found.isEmpty()) {
      throw refusal(FileTypeGuess.describeUnknown(line), set);
    }
    LabelForm form = found.get();
    if (set.isPresent() && set.get() != form) {
      throw new UserException(
          "%s: labels.form = %s (%s), but this header is of the form %s: '%s'"
              .formatted(source, set.get().key(), set.get().example(), form.key(), shownLine()));
    }
    return switch (form) {
      case LONG -> longForm(names);
      case WIDE -> wide(names);
      case READS -> reads(names);
    };
  }

  /** Finds the form by its telling columns. The form then checks that the others are there too. */
  private static Optional<LabelForm> recognise(List<String> names) {
    boolean ofLong = names.contains(LABEL) && IMAGE_IDS.stream().anyMatch(names::contains);
    if (ofLong && names.size() == 2) {
      return Optional.of(LabelForm.LONG);
    }
    if (names.stream().anyMatch(n -> VOTE.matcher(n).matches())) {
      return Optional.of(LabelForm.READS);
    }
    if (names.stream().anyMatch(n -> Subtype.findColumn(n) != null)) {
      return Optional.of(LabelForm.WIDE);
    }
    return ofLong ? Optional.of(LabelForm.LONG) : Optional.empty();
  }

  private LabelHeader.LongForm longForm(List<String> names) {
    List<String> wanted = new ArrayList<>(IMAGE_IDS);
    wanted.add(LABEL);
    refuseRepeated(names, wanted);
    int id = names.indexOf(imageColumn(names));
    int label = names.indexOf(LABEL);
    return new LabelHeader.LongForm(names.size(), id, label, others(List.of(id, label)));
  }

  private String imageColumn(List<String> names) {
    return IMAGE_IDS.stream()
        .filter(names::contains)
        .findFirst()
        .orElseThrow(
            () ->
                lacks("a column for the image: ID, image_id, image, sop_instance_uid or filename"));
  }

  private List<String> others(List<Integer> used) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!used.contains(i)) {
        others.add(shownName(i));
      }
    }
    return others;
  }

  private LabelHeader.Wide wide(List<String> names) {
    List<String> wanted = new ArrayList<>(IMAGE_IDS);
    Subtype.ALL.forEach(s -> wanted.add(s.column()));
    refuseRepeated(names, wanted);
    int id = names.indexOf(imageColumn(names));
    List<String> missing =
        Subtype.ALL.stream().map(Subtype::column).filter(c -> !names.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw lacks("the column" + (missing.size() > 1 ? "s " : " ") + String.join(", ", missing));
    }
    List<Integer> classes = Subtype.ALL.stream().map(s -> names.indexOf(s.column())).toList();
    List<Integer> used = new ArrayList<>(classes);
    used.add(id);
    return new LabelHeader.Wide(names.size(), id, classes, others(used));
  }

  private LabelHeader.Reads reads(List<String> names) {
    Optional<String> name = SCAN_IDS.stream().filter(names::contains).findFirst();
    List<List<Integer>> votes = new ArrayList<>();
    List<String> used = new ArrayList<>(SCAN_IDS);
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Matcher vote = VOTE.matcher(names.get(i));
      Optional<ScanFinding> finding =
          vote.matches() ? ScanFinding.named(vote.group(2)) : Optional.empty();
      if (finding.isPresent()) {
        used.add(names.get(i));
        place(votes, Integer.parseInt(vote.group(1)), finding.get(), i);
      } else if (name.isEmpty() || !names.get(i).equals(name.get())) {
        ignored.add(shownName(i));
      }
    }
    refuseRepeated(names, used);
    if (name.isEmpty()) {
      throw lacks(
          "the column name with the scan's name (or patient_id, study_instance_uid, series_instance_uid)");
    }
    List<String> missing = new ArrayList<>();
    for (int r = 0; r < votes.size(); r++) {
      for (ScanFinding finding : ScanFinding.HAEMORRHAGE) {
        if (votes.get(r).get(finding.ordinal()) < 0) {
          missing.add("R" + (r + 1) + ":" + finding.published());
        }
      }
    }
    if (votes.isEmpty() || !missing.isEmpty()) {
      throw lacks("votes of readers: " + (votes.isEmpty() ? "R1:ICH" : several(missing)));
    }
    return new LabelHeader.Reads(names.size(), names.indexOf(name.get()), votes, ignored);
  }

  private void place(List<List<Integer>> votes, int reader, ScanFinding finding, int column) {
    if (reader < 1 || reader > LabelHeader.Reads.MAX_READERS) {
      throw new UserException(
          "%s: readers must be R1 to R%d, got the column '%s'"
              .formatted(source, LabelHeader.Reads.MAX_READERS, shownName(column)));
    }
    while (votes.size() < reader) {
      votes.add(new ArrayList<>(Collections.nCopies(ScanFinding.ALL.size(), -1)));
    }
    votes.get(reader - 1).set(finding.ordinal(), column);
  }

  private void refuseRepeated(List<String> names, List<String> wanted) {
    List<String> repeated =
        wanted.stream()
            .distinct()
            .filter(w -> names.indexOf(w) != names.lastIndexOf(w))
            .map(w -> shownName(names.indexOf(w)))
            .toList();
    if (!repeated.isEmpty()) {
      throw new UserException(
          "%s: the header has %s more than once; keep one".formatted(source, several(repeated)));
    }
  }

  private UserException lacks(String what) {
    return new UserException("%s: the header lacks %s: '%s'".formatted(source, what, shownLine()));
  }

  private void refuse(String found) {
    throw refusal(found, Optional.empty());
  }

  private UserException refusal(String found, Optional<LabelForm> set) {
    String expected =
        set.map(LabelForm::example)
            .orElseGet(
                () ->
                    Arrays.stream(LabelForm.values())
                        .map(LabelForm::example)
                        .collect(Collectors.joining(" or ")));
    return new UserException(
        "%s: a label file must start with %s, got %s".formatted(source, expected, found));
  }

  private String shownLine() {
    return LabelLineParser.shown(LabelIds.withoutUids(line), SHOWN_CHARACTERS);
  }

  private String shownName(int column) {
    String name = LabelLineParser.shown(LabelIds.withoutUids(columns.get(column)), SHOWN_NAME);
    return name.isEmpty() ? "(unnamed)" : name;
  }

  private static String several(List<String> names) {
    int more = names.size() - SHOWN_NAMES;
    String some = names.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    return more > 0 ? some + " and " + more + " more" : some;
  }

  /** Returns a column's name in lower case, without spaces, {@code _} and {@code -}. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
