package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;

/**
 * The first line of a label file: its form and which column holds what.
 *
 * <p>Names are compared without regard to case, spaces, {@code _} and {@code -}; quotes around
 * them, a byte order mark and a carriage return don't matter, and the columns may stand in any
 * order. Indices of columns count from 0.
 */
public sealed interface LabelHeader extends Serializable {
  /** The form that follows from the columns. */
  LabelForm form();

  /** Names of columns that are not used, in their order, fit to be shown. */
  List<String> ignored();

  /** {@link LabelForm#LONG}: exactly the two columns, in either order. */
  enum LongForm implements LabelHeader {
    /** {@code ID,Label}, as the competition published it. */
    ID_FIRST,
    /** {@code Label,ID}. */
    LABEL_FIRST;

    @Override
    public LabelForm form() {
      return LabelForm.LONG;
    }

    @Override
    public List<String> ignored() {
      return List.of();
    }
  }

  /**
   * {@link LabelForm#WIDE}: an id column and the six classes.
   *
   * <p>The id is the first of {@code ID}, {@code image_id}, {@code image}, {@code
   * sop_instance_uid}, {@code filename} that is there; the others are then ignored.
   *
   * @param columns how many fields a row must have
   * @param id the column of the image's id
   * @param classes the column of each class, by {@link Subtype#ordinal}
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

    /** The columns that are read. */
    List<Integer> used() {
      return Stream.concat(Stream.of(id), classes.stream()).toList();
    }

    /** The column of a class. */
    int column(Subtype subtype) {
      return classes.get(subtype.ordinal());
    }
  }

  /**
   * {@link LabelForm#READS}: a scan's name and each reader's votes.
   *
   * @param columns how many fields a row must have
   * @param name the column of the scan's name
   * @param votes for each reader, R1 first, the column of each finding by {@link
   *     ScanFinding#ordinal}, −1 where the file has none; the six haemorrhage findings always have
   *     one
   */
  record Reads(int columns, int name, List<List<Integer>> votes, List<String> ignored)
      implements LabelHeader {
    /** The most readers that a file may have. */
    public static final int MAX_READERS = 9;

    public Reads {
      votes = votes.stream().map(List::copyOf).toList();
      ignored = List.copyOf(ignored);
    }

    @Override
    public LabelForm form() {
      return LabelForm.READS;
    }

    /** The columns that are read. */
    List<Integer> used() {
      Stream<Integer> voted = votes.stream().flatMap(List::stream).filter(c -> c >= 0);
      return Stream.concat(Stream.of(name), voted).toList();
    }

    /** How many readers voted, 1 to {@value #MAX_READERS}; a majority wants an odd number. */
    public int readers() {
      return votes.size();
    }
  }

  /**
   * Recognises a header.
   *
   * @param firstLine the first line of the file, without its line end; "" for an empty file. Text
   *     that was no UTF-8 may stand there as replacement characters. A few hundred characters are
   *     enough to refuse what is no label file
   * @param source the file, for the message
   * @param set the form that the user says the file has, or empty to go by the header
   * @throws UserException in one line, if the file is none of the three or not of the form that is
   *     set
   */
  static LabelHeader parse(String firstLine, String source, Optional<LabelForm> set) {
    return new LabelHeaderParser(firstLine, source).parse(set);
  }
}
