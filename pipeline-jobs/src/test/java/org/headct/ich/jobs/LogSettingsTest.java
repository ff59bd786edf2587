package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Properties;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;

/** Tests that both forms of the log have the same settings. */
class LogSettingsTest {
  @Test
  void bothFormsHaveTheSameLevels() throws IOException {
    Properties lines = settings("log4j2.properties");
    Properties json = settings("log4j2-json.properties");
    assertThat(lines).containsEntry("logger.ich.level", "info");
    lines.keySet().removeIf(name -> name.toString().startsWith("appender."));
    json.keySet().removeIf(name -> name.toString().startsWith("appender."));
    assertThat(json).isEqualTo(lines);
  }

  private static Properties settings(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Repository.top().resolve("conf").resolve(file))) {
      properties.load(reader);
    }
    return properties;
  }
}
