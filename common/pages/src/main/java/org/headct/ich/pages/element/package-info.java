/**
 * The parts that pages are made of: sections, tables, charts, pictures, and the renderer that turns
 * them into one HTML file.
 */
@NullMarked
package org.headct.ich.pages.element;

import org.jspecify.annotations.NullMarked;
