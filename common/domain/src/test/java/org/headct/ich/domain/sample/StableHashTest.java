package org.headct.ich.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StableHashTest {
  /** Compares with the reference implementation; a failure means that every stored split moves. */
  @Test
  void isXxh64() throws IOException {
    List<String> rows = Golden.rows("stable_hash.tsv");
    assertThat(rows).hasSize(138);
    for (String row : rows) {
      String[] fields = row.split("\t", -1);
      assertThat(StableHash.of(Long.parseLong(fields[0]), fields[1]))
          .as(row)
          .isEqualTo(Long.parseUnsignedLong(fields[2], 16));
    }
  }

  @Test
  void unitsAreEvenEvenForNeighbouringIdsAndSeeds() {
    int[] tenths = new int[10];
    for (int seed = 0; seed < 10; seed++) {
      for (int id = 0; id < 10_000; id++) {
        double unit = StableHash.unit(seed, "ID_" + id);
        assertThat(unit).isBetween(0.0, Math.nextDown(1.0));
        tenths[(int) (unit * 10)]++;
      }
    }
    // The standard deviation of a tenth's count is 95.
    for (int count : tenths) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }
}
