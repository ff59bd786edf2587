/**
 * The parts of a page (sections, tables, charts, pictures) and the renderer that turns them into
 * one HTML file.
 */
@NullMarked
package org.headct.ich.pages.element;

import org.jspecify.annotations.NullMarked;
