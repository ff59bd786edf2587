package org.headct.ich.pages;

/** File names of the pages that several commands use, relative to {@code reports.path}. */
public final class PageNames {
  /** The page of all runs and published results. */
  public static final String EXPERIMENTS = "experiments.html";

  private PageNames() {}

  /** Returns the file name of a run's evaluation page. */
  public static String evaluation(String run) {
    return "evaluation-%s.html".formatted(run);
  }
}
