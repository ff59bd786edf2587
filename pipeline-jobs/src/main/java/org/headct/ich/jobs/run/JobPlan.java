package org.headct.ich.jobs.run;

import java.util.List;

/** The inputs and outputs of a run, as {@code --dry-run} shows them. */
public record JobPlan(List<String> reads, List<String> writes) {}
