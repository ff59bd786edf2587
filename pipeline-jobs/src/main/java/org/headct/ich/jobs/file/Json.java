package org.headct.ich.jobs.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The JSON mappers of the jobs; Jackson's mappers are thread-safe once configured. */
public final class Json {
  /** Writes one line. */
  public static final ObjectMapper MAPPER = new ObjectMapper();

  /** Writes indented text for people. */
  public static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}
}
