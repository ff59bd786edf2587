package org.headct.ich.pages.element;

/**
 * A chart with its title, caption and source.
 *
 * @param title name of the chart
 * @param caption sentence on how to read the chart
 * @param source SQL query, or table and code, that made the data; may be empty
 */
public record Figure(String title, String caption, String source, Chart chart) implements Block {}
