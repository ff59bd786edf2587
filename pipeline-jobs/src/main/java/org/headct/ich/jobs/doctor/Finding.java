package org.headct.ich.jobs.doctor;

/**
 * The result of one check.
 *
 * @param what the thing that was checked
 * @param detail the state that was found
 * @param remedy what to do; empty if nothing
 */
record Finding(Level level, String what, String detail, String remedy) {
  /** The severity of a finding. */
  enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String what, String detail) {
    return new Finding(Level.OK, what, detail, "");
  }

  static Finding warn(String what, String detail, String remedy) {
    return new Finding(Level.WARN, what, detail, remedy);
  }

  static Finding fail(String what, String detail, String remedy) {
    return new Finding(Level.FAIL, what, detail, remedy);
  }

  String line() {
    String base = "%-5s %-18s %s".formatted(level, what, detail);
    return remedy.isEmpty() ? base : base + "  ->  " + remedy;
  }
}
