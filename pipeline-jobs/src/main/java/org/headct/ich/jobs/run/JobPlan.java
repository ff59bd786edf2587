package org.headct.ich.jobs.run;

import java.util.List;

/** What a run would read and write, as {@code --dry-run} shows it. */
public record JobPlan(List<String> reads, List<String> writes) {}
