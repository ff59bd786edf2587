package org.headct.ich.jobs.page;

/** A part of a section. */
public sealed interface Block permits Figure, Table, Facts, ImageGrid, Note {}
