package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads of scans give the same labels and findings as a second reading, written as plainly as
 * possible. Defects, files and the order of the rows are random.
 */
class ScanRulesPropertyTest {
  private static final int FINDINGS = 14;
  private static final int HAEMORRHAGES = 6;
  private static final int ROUNDS = 300;

  /** Spellings of the votes 0, 1 and blank, and values that are none. */
  private static final Map<String, Character> VALUES =
      Map.of("0", '0', "0.0", '0', " 0 ", '0', "1", '1', "1.0", '1', "\"1\"", '1', "", '_');

  private static final String[] BAD_VALUES = {"2", "x", "0.5", "-1"};

  /** A finding without its text, or the labels of a scan. */
  private record Told(LabelReason reason, String scan, int file, long line, long rows) {}

  /**
   * One row in fields: name, category, then the votes.
   *
   * @param quote true for a quote that is never closed
   */
  private record Row(List<String> fields, boolean quote) {
    String text() {
      return (quote ? "\"" : "") + String.join(",", fields);
    }
  }

  private static Row row(Random random, int readers, long round) {
    String name = random.nextInt(40) == 0 ? "" : "CQ500-CT-" + random.nextInt(12);
    Random ofScan =
        new Random(random.nextInt(25) == 0 ? random.nextLong() : name.hashCode() + round);
    List<String> fields = new ArrayList<>(List.of(name, "B1"));
    int haemorrhage = ofScan.nextInt(3);
    for (int i = 0; i < FINDINGS * readers; i++) {
      int vote = ofScan.nextInt(4) < haemorrhage ? 1 : 0;
      boolean blank = ofScan.nextInt(40) == 0;
      fields.add(blank ? "" : spelled(random, (char) ('0' + vote)));
    }
    switch (random.nextInt(25)) {
      case 0 -> fields.remove(random.nextInt(fields.size()));
      case 1 -> fields.add("0");
      case 2 ->
          fields.set(
              2 + random.nextInt(fields.size() - 2), BAD_VALUES[random.nextInt(BAD_VALUES.length)]);
      default -> {}
    }
    return new Row(fields, random.nextInt(60) == 0);
  }

  private static String spelled(Random random, char vote) {
    if (random.nextInt(10) > 0) {
      return Character.toString(vote);
    }
    List<String> spellings =
        VALUES.entrySet().stream()
            .filter(e -> e.getValue() == vote)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return spellings.get(random.nextInt(spellings.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void readsAgreeWithAPlainReading(int readers) throws IOException {
    Set<LabelReason> met = EnumSet.noneOf(LabelReason.class);
    int keptInAll = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(1000L * readers + round);
      List<List<Row>> files = new ArrayList<>();
      for (int file = 1 + random.nextInt(3); file > 0; file--) {
        List<Row> rows = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
          rows.add(row(random, readers, round));
        }
        if (random.nextInt(3) == 0) {
          rows.add(rows.get(random.nextInt(rows.size())));
        }
        Collections.shuffle(rows, random);
        files.add(rows);
      }
      Map<String, Integer> expectedKept = new TreeMap<>();
      List<Told> expected = plainly(files, readers, expectedKept);

      List<Told> found = new ArrayList<>();
      ScanReads reads =
          new ScanReads(
              LabelTexts.plainIds(),
              f -> found.add(new Told(f.reason(), f.imageId(), f.file(), f.line(), f.rows())));
      LabelHeader.Reads header =
          (LabelHeader.Reads)
              LabelHeader.parse(LabelHeaderTest.reads(readers), "file", Optional.empty());
      long rows = 0;
      for (int file = 0; file < files.size(); file++) {
        String text = String.join("\n", files.get(file).stream().map(Row::text).toList());
        String head = LabelHeaderTest.reads(readers) + "\n";
        rows += reads.read(LabelTexts.open(head + text), header, file);
      }
      Map<String, Integer> kept = new TreeMap<>();
      reads.finish().forEach(scan -> kept.put(scan.scanId(), scan.labels("ID_x").bits()));

      assertThat(kept).as("round %d", round).isEqualTo(expectedKept);
      assertThat(found).as("round %d", round).containsExactlyInAnyOrderElementsOf(expected);
      long inFindings = found.stream().mapToLong(Told::rows).sum();
      assertThat(6 * rows).as("row counts reconcile").isEqualTo(6L * kept.size() + inFindings);
      found.forEach(told -> met.add(told.reason()));
      keptInAll += kept.size();
    }
    assertThat(keptInAll).isPositive();
    assertThat(met)
        .contains(
            LabelReason.MALFORMED_ROW,
            LabelReason.BAD_VALUE,
            LabelReason.DUPLICATE_ROW,
            LabelReason.CONFLICTING_LABEL,
            LabelReason.UNANNOTATED,
            LabelReason.ANY_MISMATCH);
  }

  /** Applies the rules to fields and characters. */
  private static List<Told> plainly(List<List<Row>> files, int readers, Map<String, Integer> kept) {
    List<Told> told = new ArrayList<>();
    Map<String, Map<String, Told>> scans = new LinkedHashMap<>();
    for (int file = 0; file < files.size(); file++) {
      for (int i = 0; i < files.get(file).size(); i++) {
        Row row = files.get(file).get(i);
        String name = row.fields().get(0);
        long line = i + 2L;
        StringBuilder votes = new StringBuilder();
        boolean bad = false;
        for (String value :
            row.fields().subList(Math.min(2, row.fields().size()), row.fields().size())) {
          Character vote = VALUES.get(value);
          bad |= vote == null;
          votes.append(vote);
        }
        if (row.quote() || row.fields().size() != 2 + FINDINGS * readers || name.isEmpty()) {
          told.add(new Told(LabelReason.MALFORMED_ROW, "", file, line, 6));
        } else if (bad) {
          told.add(new Told(LabelReason.BAD_VALUE, name, file, line, 6));
        } else {
          Told place = new Told(LabelReason.CONFLICTING_LABEL, name, file, line, 6);
          boolean repeats =
              scans
                      .computeIfAbsent(name, n -> new LinkedHashMap<>())
                      .putIfAbsent(votes.toString(), place)
                  != null;
          if (repeats) {
            told.add(new Told(LabelReason.DUPLICATE_ROW, name, file, line, 6));
          }
        }
      }
    }
    scans.forEach(
        (scan, contents) -> {
          List<Told> rows = List.copyOf(contents.values());
          if (rows.size() > 1) {
            Told second = rows.get(1);
            told.add(
                new Told(second.reason(), scan, second.file(), second.line(), 6L * rows.size()));
            return;
          }
          Told first = rows.get(0);
          Map<Integer, Integer> balance = balance(contents.keySet().iterator().next());
          boolean tie = balance.containsValue(0);
          boolean subtype = false;
          int bits = 0;
          for (ScanFinding finding : ScanFinding.HAEMORRHAGE) {
            boolean positive = balance.getOrDefault(finding.ordinal(), 0) > 0;
            subtype |= positive && finding != ScanFinding.ICH;
            bits |= positive ? finding.subtype().orElseThrow().bit() : 0;
          }
          if (tie) {
            told.add(new Told(LabelReason.UNANNOTATED, scan, first.file(), first.line(), 6));
          } else if (subtype && (bits & Subtype.ANY.bit()) == 0) {
            told.add(new Told(LabelReason.ANY_MISMATCH, scan, first.file(), first.line(), 6));
          } else {
            kept.put(scan, bits);
          }
        });
    return told;
  }

  /** Returns the votes for minus those against each of the six haemorrhage findings. */
  private static Map<Integer, Integer> balance(String votes) {
    Map<Integer, Integer> balance = new HashMap<>();
    for (int i = 0; i < votes.length(); i++) {
      if (i % FINDINGS < HAEMORRHAGES) {
        char vote = votes.charAt(i);
        balance.merge(i % FINDINGS, vote == '1' ? 1 : vote == '0' ? -1 : 0, Integer::sum);
      }
    }
    return balance;
  }
}
