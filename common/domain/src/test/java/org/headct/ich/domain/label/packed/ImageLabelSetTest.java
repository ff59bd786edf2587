package org.headct.ich.domain.label.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.headct.ich.domain.label.packed.LabelChanges.Others;
import org.headct.ich.domain.sample.StableHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLabelSetTest {
  private static Map<String, Integer> images(Random random, int size) {
    Map<String, Integer> images = new TreeMap<>();
    while (images.size() < size) {
      String id =
          switch (random.nextInt(4)) {
            case 0 -> "ID_1.2.%d".formatted(random.nextInt(60));
            case 1 -> "ID_%x".formatted(random.nextInt(60));
            default -> "ID_%09x".formatted(random.nextInt(60));
          };
      images.put(id, random.nextInt(64));
    }
    return images;
  }

  private static ImageLabelSet set(Map<String, Integer> images) {
    ImageLabelSet.Builder set = new ImageLabelSet.Builder();
    images.forEach(set::add);
    return set.build();
  }

  private static Map<String, Integer> map(ImageLabelSet set) {
    Map<String, Integer> images = new TreeMap<>();
    for (int i = 0; i < set.size(); i++) {
      images.put(set.imageId(i), set.labels(i).bits());
      assertThat(i == 0 || set.compare(i - 1, set, i) < 0).isTrue();
    }
    assertThat(images).hasSize(set.size());
    return images;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void changesLeadFromWhatIsThereToWhatTheFilesSay(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> before = images(random, 1 + random.nextInt(100));
    Map<String, Integer> after = images(random, random.nextInt(100));
    after.keySet().removeIf(id -> random.nextInt(5) == 0);
    before.forEach(
        (id, bits) -> after.computeIfPresent(id, (i, b) -> random.nextInt(2) == 0 ? bits : b));
    assertThat(map(set(before))).isEqualTo(before);

    LabelChanges kept = LabelChanges.between(set(before), set(after), Others.KEEP);
    Map<String, Integer> merged = new TreeMap<>(before);
    merged.putAll(after);
    assertThat(applied(before, kept)).isEqualTo(merged);
    assertThat(kept.removed().size()).isZero();

    assertThat(kept.checksum()).isEqualTo(checksum(merged));

    LabelChanges replaced = LabelChanges.between(set(before), set(after), Others.REMOVE);
    assertThat(applied(before, replaced)).isEqualTo(after);
    assertThat(replaced.checksum()).isEqualTo(checksum(after));
    assertThat(replaced.unchanged() + replaced.changed().size() + replaced.removed().size())
        .isEqualTo(before.size());
  }

  private static long checksum(Map<String, Integer> images) {
    return images.entrySet().stream()
        .mapToLong(e -> StableHash.of(StableHash.of(42, e.getKey()), e.getValue()))
        .reduce(0, (a, b) -> a ^ b);
  }

  private static Map<String, Integer> applied(Map<String, Integer> before, LabelChanges changes) {
    Map<String, Integer> result = new TreeMap<>(before);
    map(changes.removed()).forEach((id, bits) -> assertThat(result.remove(id)).isEqualTo(bits));
    map(changes.changed())
        .forEach((id, bits) -> assertThat(result.put(id, bits)).isNotNull().isNotEqualTo(bits));
    map(changes.added()).forEach((id, bits) -> assertThat(result.put(id, bits)).isNull());
    return result;
  }

  @Test
  void anImageStandsInASetOnce() {
    for (String id : new String[] {"ID_0a", "ID_1.2"}) {
      ImageLabelSet set = new ImageLabelSet.Builder().add(id, 1).add("ID_b", 3).add(id, 2).build();

      assertThat(map(set)).isEqualTo(Map.of(id, 1, "ID_b", 3));
      assertThat(set.repeated()).isEqualTo(1);
      assertThat(ImageLabelSet.union(List.of(set, set)).repeated()).isEqualTo(4);
    }
  }

  @Test
  void idsAreNumbersAndBack() {
    for (String id : new String[] {"ID_0", "ID_00000000a", "ID_ffffffffffffff", "ID_12ab"}) {
      assertThat(ImageIds.text(ImageIds.numberOf(id))).isEqualTo(id);
    }
    for (String id : new String[] {"ID_", "ID_A", "ID_fffffffffffffff", "id_1", "ID_1é", "x", ""}) {
      assertThat(ImageIds.numberOf(id)).isEqualTo(-1);
    }
  }
}
