package org.headct.ich.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {
  private record Link(String one, String other) {}

  /** Spreads the smallest id over the links until nothing changes: slow but simple. */
  private static Map<String, String> closure(List<Link> links, int ids) {
    Map<String, String> smallest = new TreeMap<>();
    for (int i = 0; i < ids; i++) {
      smallest.put("p" + i, "p" + i);
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Link link : links) {
        String one = smallest.getOrDefault(link.one(), "");
        String other = smallest.getOrDefault(link.other(), "");
        if (!one.equals(other)) {
          String least = one.compareTo(other) < 0 ? one : other;
          smallest.put(link.one(), least);
          smallest.put(link.other(), least);
          changed = true;
        }
      }
    }
    return smallest;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void groupsAreTheClosureInAnyOrderAndAreNeverSplit(long seed) {
    Random random = new Random(seed);
    int ids = 200;
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      links.add(new Link("p" + random.nextInt(ids), "p" + random.nextInt(ids)));
    }
    Map<String, String> expected = closure(links, ids);
    SplitAssigner split = new SplitRule(seed, 0.3, 0.3).stable();
    for (int order = 0; order < 5; order++) {
      Collections.shuffle(links, random);
      Groups groups = new Groups();
      links.forEach(link -> groups.link(link.one(), link.other()));
      expected.forEach((id, least) -> assertThat(groups.representative(id)).isEqualTo(least));
      for (Link link : links) {
        assertThat(split.of(groups.representative(link.one())))
            .isEqualTo(split.of(groups.representative(link.other())));
      }
    }
  }

  @Test
  void aLongChainIsOneGroup() {
    Groups groups = new Groups();
    for (int i = 100_000; i > 0; i--) {
      groups.link("%06d".formatted(i), "%06d".formatted(i - 1));
    }
    assertThat(groups.representative("100000")).isEqualTo("000000");
    assertThat(groups.representative("stranger")).isEqualTo("stranger");
  }
}
