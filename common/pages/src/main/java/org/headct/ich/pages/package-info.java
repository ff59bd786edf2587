/**
 * Self-contained HTML pages: plain records in, one file out, that opens from disk without a
 * network.
 *
 * <p>{@link EvaluationPage}, {@link ExplorePage} and {@link TensorsPage} turn a report into a
 * {@link org.headct.ich.pages.element.Page} of sections and blocks; {@link
 * org.headct.ich.pages.element.PageRenderer} turns a page into HTML. Nothing here knows Spark or
 * the tables.
 */
@NullMarked
package org.headct.ich.pages;

import org.jspecify.annotations.NullMarked;
