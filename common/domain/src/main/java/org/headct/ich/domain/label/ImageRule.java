package org.headct.ich.domain.label;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * A rule that the rows of one image must keep together. A constant has the name of its finding.
 *
 * <p>An image that breaks a rule is not kept. The first broken rule, in the order of the constants,
 * gives the finding its reason and its line; the finding's value tells every broken rule.
 *
 * <p>{@link LabelPivot} applies the rules. {@link LabelBits#clean} asks them once for each of the
 * 64 sets of six labels and answers from that for most images of the packed path.
 */
enum ImageRule {
  /** No class is both 0 and 1. The finding stands at the first row that contradicts another. */
  CONFLICTING_LABEL(LabelReason.CONFLICTING_LABEL) {
    @Override
    int broken(int bits) {
      return LabelBits.with(Annotation.NEGATIVE, bits) & LabelBits.with(Annotation.POSITIVE, bits);
    }

    @Override
    String told(int bits) {
      return "0 and 1: " + columns(broken(bits));
    }

    @Override
    long row(long[] firsts, int bits) {
      int conflicting = broken(bits);
      int seen = 0;
      for (long row : firsts) {
        int bit = LabelPartial.subtype(row).bit() & conflicting;
        if (LabelPartial.annotation(row) == Annotation.BLANK) {
          continue;
        }
        if ((seen & bit) != 0) {
          return row;
        }
        seen |= bit;
      }
      throw new IllegalStateException("no two rows of the image contradict each other");
    }
  },

  /** No class is blank. The finding stands at the first blank row. */
  UNANNOTATED(LabelReason.UNANNOTATED) {
    @Override
    int broken(int bits) {
      return LabelBits.with(Annotation.BLANK, bits);
    }

    @Override
    String told(int bits) {
      return "blank: " + columns(broken(bits));
    }

    @Override
    long row(long[] firsts, int bits) {
      for (long row : firsts) {
        if (LabelPartial.annotation(row) == Annotation.BLANK) {
          return row;
        }
      }
      throw new IllegalStateException("no row of the image is blank");
    }
  },

  /** Each class has a row. The finding stands at the image's first row. */
  INCOMPLETE_IMAGE(LabelReason.INCOMPLETE_IMAGE) {
    @Override
    int broken(int bits) {
      int seen = 0;
      for (Annotation annotation : Annotation.values()) {
        seen |= LabelBits.with(annotation, bits);
      }
      return ImageLabels.ALL_BITS & ~seen;
    }

    @Override
    String told(int bits) {
      return "missing: " + columns(broken(bits));
    }

    @Override
    long row(long[] firsts, int bits) {
      return firsts[0];
    }
  },

  /**
   * {@code any} is the OR of the five subtypes. An image without six labels keeps this rule. The
   * finding stands at the first row of {@code any}.
   */
  ANY_MISMATCH(LabelReason.ANY_MISMATCH) {
    @Override
    int broken(int bits) {
      int labels = LabelBits.with(Annotation.POSITIVE, bits);
      boolean sixLabels = bits == LabelBits.ofLabels(labels);
      return sixLabels && !ImageLabels.anyMatches(labels) ? Subtype.ANY.bit() : 0;
    }

    @Override
    String told(int bits) {
      int subtypes = LabelBits.with(Annotation.POSITIVE, bits) & ImageLabels.FIVE_BITS;
      return subtypes == 0 ? "any 1, no subtype" : "any 0, but 1: " + columns(subtypes);
    }

    @Override
    long row(long[] firsts, int bits) {
      for (long row : firsts) {
        if (LabelPartial.subtype(row) == Subtype.ANY) {
          return row;
        }
      }
      throw new IllegalStateException("no row of the image is for any");
    }
  };

  private final LabelReason reason;

  ImageRule(LabelReason reason) {
    this.reason = reason;
  }

  /** The reason of the finding. */
  LabelReason reason() {
    return reason;
  }

  /**
   * Returns the classes that break this rule, as a mask of {@link Subtype#bit}; 0 if none does.
   *
   * @param bits the image's rows as {@link LabelBits}
   */
  abstract int broken(int bits);

  /** Describes the defect for the finding. {@code bits} break this rule. */
  abstract String told(int bits);

  /**
   * Returns the row that the finding stands at. {@code bits} break this rule.
   *
   * @param firsts {@link LabelPartial#firsts} of the image, at least one row
   */
  abstract long row(long[] firsts, int bits);

  /** Returns the rules that these rows break, in the order of the constants. */
  static List<ImageRule> brokenBy(int bits) {
    return Stream.of(values()).filter(rule -> rule.broken(bits) != 0).toList();
  }

  private static String columns(int mask) {
    StringJoiner names = new StringJoiner(", ");
    for (Subtype subtype : Subtype.ALL) {
      if ((mask & subtype.bit()) != 0) {
        names.add(subtype.column());
      }
    }
    return names.toString();
  }
}
