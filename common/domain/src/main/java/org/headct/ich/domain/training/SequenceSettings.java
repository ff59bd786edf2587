package org.headct.ich.domain.training;

/**
 * The part of a network that reads the slices of a series one after the other.
 *
 * @param kind the kind of this part
 * @param units of an LSTM in each direction, at least 1
 */
public record SequenceSettings(Kind kind, int units) {

  /** The kinds that {@code train.sequence} can name. */
  public enum Kind {
    /** No such part: the network looks at each slice separately. */
    NONE,
    /** A bidirectional LSTM over the features of {@code train.network}. */
    LSTM;

    /** Returns the name that people type. */
    public String key() {
      return Keys.of(this);
    }
  }

  /** Tells whether the network takes whole series, and also answers for scans. */
  public boolean readsSeries() {
    return kind != Kind.NONE;
  }

  /** Returns the units of the LSTM in each direction; 0 without an LSTM. */
  public int lstmUnits() {
    return kind == Kind.LSTM ? units : 0;
  }
}
