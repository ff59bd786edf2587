package org.headct.ich.jobs.doctor;

/**
 * What one check found.
 *
 * @param what was checked
 * @param detail what is there
 * @param remedy what to do; empty when nothing is
 */
record Finding(Level level, String what, String detail, String remedy) {
  /** How bad it is. */
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
