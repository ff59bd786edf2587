package org.headct.ich.domain.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;

/** The rows of a file that sample_golden.py wrote. */
final class Golden {
  private Golden() {}

  static List<String> rows(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return new BufferedReader(new InputStreamReader(in, UTF_8)).lines().toList();
    }
  }
}
