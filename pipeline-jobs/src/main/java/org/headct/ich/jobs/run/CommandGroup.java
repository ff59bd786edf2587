package org.headct.ich.jobs.run;

import java.util.List;

/**
 * Commands that belong together in {@code ich --help}.
 *
 * @param title heading of the group
 * @param jobs commands, in the order in which data pass through them
 */
public record CommandGroup(String title, List<Job> jobs) {}
