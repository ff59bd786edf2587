package org.headct.ich.pages.element;

/** A part of a section. */
public sealed interface Block permits Figure, Table, Facts, ImageGrid, Note {}
