package org.headct.ich.domain.error;

/**
 * The explanation of a finding, for {@code ich help} and the guide.
 *
 * @param meaning what the finding says, and what becomes of the input
 * @param cause usual causes
 * @param remedy action that helps, or that none is needed
 */
public record Explanation(String meaning, String cause, String remedy) {}
