package org.headct.ich.pages.element;

/**
 * A chart with its words.
 *
 * @param title what it shows
 * @param caption how to read it
 * @param source the SQL query, or the table and code, that made its data; empty when there is none
 */
public record Figure(String title, String caption, String source, Chart chart) implements Block {}
