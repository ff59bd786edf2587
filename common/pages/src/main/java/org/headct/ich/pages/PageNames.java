package org.headct.ich.pages;

/** File names of pages that more than one command knows, below {@code reports.path}. */
public final class PageNames {
  /** All runs beside what was published. */
  public static final String EXPERIMENTS = "experiments.html";

  private PageNames() {}

  /** The evaluation of a run. */
  public static String evaluation(String run) {
    return "evaluation-%s.html".formatted(run);
  }
}
