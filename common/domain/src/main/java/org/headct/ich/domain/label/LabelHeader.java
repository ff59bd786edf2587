package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;

/**
 * The header of a label file: its form and which column holds what.
 *
 * <p>Names are compared without case, spaces, {@code _} and {@code -}. Quotes around them, a byte
 * order mark and a carriage return are ignored. The columns may stand in any order. Indices of
 * columns count from 0.
 */
public sealed interface LabelHeader extends Serializable {
  /** Returns the form that follows from the columns. */
  LabelForm form();

  /** Returns the names of unused columns, in their order, ready to be shown. */
  List<String> ignored();

  /**
   * A header of {@link LabelForm#LONG}: an id column, which also names the class, and {@code
   * Label}. The id has the same names as in {@link Wide}.
   *
   * @param columns the number of fields of a row
   * @param id the column of the image and the class
   * @param label the column of the value
   * @param ignored the names of unused columns
   */
  record LongForm(int columns, int id, int label, List<String> ignored) implements LabelHeader {
    /** The columns {@code ID,Label}, which the competition published. */
    public static final LongForm ID_FIRST = new LongForm(2, 0, 1, List.of());

    /** The columns {@code Label,ID}. */
    public static final LongForm LABEL_FIRST = new LongForm(2, 1, 0, List.of());

    public LongForm {
      ignored = List.copyOf(ignored);
    }

    @Override
    public LabelForm form() {
      return LabelForm.LONG;
    }

    /** Returns the columns that are read. */
    List<Integer> used() {
      return List.of(id, label);
    }
  }

  /**
   * A header of {@link LabelForm#WIDE}: an id column and the six classes.
   *
   * <p>The id is the first of {@code ID}, {@code image_id}, {@code image}, {@code
   * sop_instance_uid}, {@code filename} that is there; the others are then ignored.
   *
   * @param columns the number of fields of a row
   * @param id the column of the image's id
   * @param classes the column of each class, by {@link Subtype#ordinal}
   * @param ignored the names of unused columns
   */
  record Wide(int columns, int id, List<Integer> classes, List<String> ignored)
      implements LabelHeader {
    public Wide {
      classes = List.copyOf(classes);
      ignored = List.copyOf(ignored);
    }

    @Override
    public LabelForm form() {
      return LabelForm.WIDE;
    }

    /** Returns the columns that are read. */
    List<Integer> used() {
      return Stream.concat(Stream.of(id), classes.stream()).toList();
    }

    /** Returns the column of a class. */
    int column(Subtype subtype) {
      return classes.get(subtype.ordinal());
    }
  }

  /**
   * A header of {@link LabelForm#READS}: a scan's name and each reader's votes.
   *
   * <p>The name is the first of {@code name}, {@code scan}, {@code patient_id}, {@code
   * study_instance_uid}, {@code series_instance_uid} that is there; the others are then ignored.
   *
   * @param columns the number of fields of a row
   * @param name the column of the scan's name
   * @param votes each reader's columns, R1 first, by {@link ScanFinding#ordinal}; −1 where the file
   *     has none. The six haemorrhage findings always have one
   * @param ignored the names of unused columns
   */
  record Reads(int columns, int name, List<List<Integer>> votes, List<String> ignored)
      implements LabelHeader {
    /** The maximum number of readers in a file. */
    public static final int MAX_READERS = 9;

    public Reads {
      votes = votes.stream().map(List::copyOf).toList();
      ignored = List.copyOf(ignored);
    }

    @Override
    public LabelForm form() {
      return LabelForm.READS;
    }

    /** Returns the columns that are read. */
    List<Integer> used() {
      Stream<Integer> voted = votes.stream().flatMap(List::stream).filter(c -> c >= 0);
      return Stream.concat(Stream.of(name), voted).toList();
    }

    /** Returns the number of readers, 1 to {@value #MAX_READERS}; an odd number avoids ties. */
    public int readers() {
      return votes.size();
    }
  }

  /**
   * Recognises a header.
   *
   * @param top the top of the file. Bytes that are no UTF-8 may stand there as replacement
   *     characters. A few hundred characters are enough to refuse a file that is no label file
   * @param source the file's name, for the message
   * @param set the form that the user sets, or empty to decide by the header
   * @throws UserException if the file has none of the three forms, or not the one that is set; the
   *     message is one line
   */
  static LabelHeader parse(LabelText.Top top, String source, Optional<LabelForm> set) {
    return new LabelHeaderParser(top, source).parse(set);
  }

  /** Recognises the header of a file whose first line it is, as {@link #parse}. */
  static LabelHeader parse(String firstLine, String source, Optional<LabelForm> set) {
    return parse(LabelText.Top.of(firstLine), source, set);
  }
}
