package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.headct.ich.domain.label.LabelPivot.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in any order from any number of tasks give one result, and row counts reconcile. */
class LabelPivotPropertyTest {
  private record Row(Subtype subtype, Annotation annotation, int file, long line) {
    LabelPartial partial() {
      return LabelPartial.of(subtype, annotation, file, line);
    }
  }

  private static List<Row> imageWithDefects(Random random) {
    List<Row> rows = new ArrayList<>();
    int positive = random.nextInt(4) == 0 ? random.nextInt(32) : 0;
    boolean mismatch = random.nextInt(10) == 0;
    for (Subtype subtype : Subtype.ALL) {
      boolean any = positive != 0 ^ mismatch;
      boolean one = subtype == Subtype.ANY ? any : (positive & subtype.bit()) != 0;
      int copies = random.nextInt(20) == 0 ? random.nextInt(70) : random.nextInt(20) == 0 ? 0 : 1;
      for (int i = 0; i < copies; i++) {
        rows.add(row(subtype, one ? Annotation.POSITIVE : Annotation.NEGATIVE, random));
      }
      if (random.nextInt(30) == 0) {
        rows.add(row(subtype, one ? Annotation.NEGATIVE : Annotation.POSITIVE, random));
      }
      if (random.nextInt(30) == 0) {
        rows.add(row(subtype, Annotation.BLANK, random));
      }
    }
    if (rows.isEmpty()) {
      rows.add(row(Subtype.ANY, Annotation.BLANK, random));
    }
    return rows;
  }

  private static Row row(Subtype subtype, Annotation annotation, Random random) {
    return new Row(subtype, annotation, random.nextInt(3), random.nextInt(1000));
  }

  /** Merges the rows in a random order by random pairs, so through a random tree of merges. */
  private static LabelPartial mergedAtRandom(List<Row> rows, Random random) {
    List<LabelPartial> parts = new ArrayList<>();
    rows.forEach(row -> parts.add(row.partial()));
    Collections.shuffle(parts, random);
    while (parts.size() > 1) {
      LabelPartial one = parts.remove(random.nextInt(parts.size()));
      int at = random.nextInt(parts.size());
      parts.set(at, parts.get(at).merge(one));
    }
    return parts.get(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyPermutationAndAnyPartitionGiveTheSame(long seed) {
    Random random = new Random(seed);
    for (int image = 0; image < 200; image++) {
      List<Row> rows = imageWithDefects(random);
      LabelPartial inOrder =
          rows.stream().map(Row::partial).reduce(LabelPartial::merge).orElseThrow();
      for (int i = 0; i < 4; i++) {
        LabelPartial shuffled = mergedAtRandom(rows, random);
        assertThat(shuffled).isEqualTo(inOrder).hasSameHashCodeAs(inOrder);
        assertThat(LabelPivot.finish("ID_a", shuffled))
            .isEqualTo(LabelPivot.finish("ID_a", inOrder));
      }
    }
  }

  /** Compares with the rules written as plainly as possible over the rows themselves. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void agreesWithAPlainReading(long seed) {
    Random random = new Random(seed);
    Set<LabelReason> met = EnumSet.noneOf(LabelReason.class);
    for (int image = 0; image < 500; image++) {
      List<Row> rows = imageWithDefects(random);
      Outcome outcome = LabelPivot.finish("ID_a", mergedAtRandom(rows, random));
      Map<Subtype, Set<Annotation>> seen = new EnumMap<>(Subtype.class);
      rows.forEach(
          row ->
              seen.computeIfAbsent(row.subtype(), s -> EnumSet.noneOf(Annotation.class))
                  .add(row.annotation()));
      Set<List<Object>> distinct = new HashSet<>();
      rows.forEach(row -> distinct.add(List.of(row.subtype(), row.annotation())));
      boolean single = seen.values().stream().allMatch(values -> values.size() == 1);
      boolean blank = seen.values().stream().anyMatch(v -> v.contains(Annotation.BLANK));
      boolean or =
          Subtype.FIVE.stream()
              .anyMatch(s -> seen.getOrDefault(s, Set.of()).contains(Annotation.POSITIVE));
      boolean any = seen.getOrDefault(Subtype.ANY, Set.of()).contains(Annotation.POSITIVE);
      boolean keep = seen.size() == 6 && single && !blank && or == any;

      assertThat(outcome.labels().isPresent()).isEqualTo(keep);
      outcome
          .labels()
          .ifPresent(
              labels ->
                  seen.forEach(
                      (subtype, values) ->
                          assertThat(labels.has(subtype))
                              .isEqualTo(values.contains(Annotation.POSITIVE))));
      assertThat(outcome.rows()).as("row counts reconcile").isEqualTo(rows.size());
      long repeated =
          outcome.findings().stream()
              .filter(finding -> finding.reason() == LabelReason.DUPLICATE_ROW)
              .mapToLong(LabelFinding::rows)
              .sum();
      assertThat(repeated).isEqualTo(rows.size() - distinct.size());
      boolean conflict =
          seen.values().stream()
              .anyMatch(v -> v.containsAll(Set.of(Annotation.NEGATIVE, Annotation.POSITIVE)));
      LabelReason reason =
          conflict
              ? LabelReason.CONFLICTING_LABEL
              : blank
                  ? LabelReason.UNANNOTATED
                  : seen.size() < 6 ? LabelReason.INCOMPLETE_IMAGE : LabelReason.ANY_MISMATCH;
      assertThat(outcome.findings())
          .filteredOn(finding -> finding.reason() != LabelReason.DUPLICATE_ROW)
          .extracting(LabelFinding::reason, LabelFinding::rows)
          .isEqualTo(keep ? List.of() : List.of(tuple(reason, (long) distinct.size())));
      outcome.findings().forEach(finding -> met.add(finding.reason()));
    }
    assertThat(met)
        .contains(
            LabelReason.UNANNOTATED,
            LabelReason.DUPLICATE_ROW,
            LabelReason.CONFLICTING_LABEL,
            LabelReason.INCOMPLETE_IMAGE,
            LabelReason.ANY_MISMATCH);
  }

  /** Reads a whole file with defects of every kind, line by line. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void booksOfAWholeFileClose(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int image = 0; image < 300; image++) {
      int positive = random.nextInt(3) == 0 ? random.nextInt(32) : 0;
      for (Subtype subtype : Subtype.ALL) {
        boolean one = subtype == Subtype.ANY ? positive != 0 : (positive & subtype.bit()) != 0;
        lines.add("ID_" + image + "_" + subtype.column() + "," + (one ? 1 : 0));
      }
    }
    for (int defect = 0; defect < 120; defect++) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(6)) {
        case 0 -> lines.add(random.nextInt(lines.size()), line);
        case 1 -> lines.set(at, line.replace(",0", ",1"));
        case 2 -> lines.set(at, line.replaceAll(",.*", ","));
        case 3 -> lines.set(at, line.replace(",", ",0."));
        case 4 -> lines.set(at, line.replace("_any", "_all").replace(",", ",,"));
        default -> lines.remove(at);
      }
    }
    Collections.shuffle(lines, random);
    Map<String, LabelPartial> images = new TreeMap<>();
    long inFindings = 0;
    for (int i = 0; i < lines.size(); i++) {
      LabelLine parsed =
          LabelLine.parse(lines.get(i), LabelHeader.LongForm.ID_FIRST, LabelTexts.plainIds());
      if (parsed instanceof LabelLine.Accepted row) {
        LabelPartial one = LabelPartial.of(row.subtype(), row.annotation(), 0, i + 2L);
        images.merge(row.imageId(), one, LabelPartial::merge);
      } else if (parsed instanceof LabelLine.Rejected rejected) {
        inFindings += rejected.finding(0, i + 2L).rows();
      }
    }
    long kept = 0;
    for (Map.Entry<String, LabelPartial> image : images.entrySet()) {
      Outcome outcome = LabelPivot.finish(image.getKey(), image.getValue());
      kept += outcome.labels().isPresent() ? 1 : 0;
      inFindings += outcome.findings().stream().mapToLong(LabelFinding::rows).sum();
    }
    assertThat(kept).isBetween(150L, 300L);
    assertThat(lines.size()).isEqualTo(6 * kept + inFindings);
  }

  @Test
  void partialsTravel() throws IOException, ClassNotFoundException {
    LabelPartial partial = mergedAtRandom(imageWithDefects(new Random(5)), new Random(6));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(partial);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(partial);
    }
  }
}
