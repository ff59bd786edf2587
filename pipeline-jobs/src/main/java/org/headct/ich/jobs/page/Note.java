package org.headct.ich.jobs.page;

/** A paragraph. */
public record Note(String text) implements Block {}
