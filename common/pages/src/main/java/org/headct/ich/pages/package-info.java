/**
 * Self-contained HTML pages, made from plain records. A page is one file that opens from disk
 * without a network.
 *
 * <p>Each page class, such as {@link EvaluationPage}, turns a report into a {@link
 * org.headct.ich.pages.element.Page} of sections and blocks. {@link
 * org.headct.ich.pages.element.PageRenderer} turns that into HTML. The package does not depend on
 * Spark or on the tables.
 */
@NullMarked
package org.headct.ich.pages;

import org.jspecify.annotations.NullMarked;
