/**
 * Labels of images: the subtypes, a line of the label file, and the rules that turn six lines into
 * one image. Nothing here knows where the lines come from.
 */
@NullMarked
package org.headct.ich.domain.label;

import org.jspecify.annotations.NullMarked;
