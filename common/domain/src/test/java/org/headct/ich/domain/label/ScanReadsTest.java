package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanReadsTest {
  private static final String NOTHING = "00000000000000";

  /** The result for one or more files, whose row counts must reconcile. */
  private static final class Outcome {
    private final List<LabelFinding> findings = new ArrayList<>();
    private final List<ScanLabels> kept;
    private long rows;

    Outcome(String header, String... files) throws IOException {
      ScanReads reads = new ScanReads(LabelTexts.hashedIds(), findings::add);
      LabelHeader.Reads columns =
          (LabelHeader.Reads) LabelHeader.parse(header, "reads.csv", Optional.empty());
      for (int i = 0; i < files.length; i++) {
        rows += reads.read(LabelTexts.open(header + "\n" + files[i]), columns, i);
      }
      kept = reads.finish();
      long inFindings = findings.stream().mapToLong(LabelFinding::rows).sum();
      assertThat(6L * kept.size() + inFindings).as("row counts reconcile").isEqualTo(6 * rows);
    }

    List<String> told() {
      return findings.stream()
          .map(
              f ->
                  "%s %s %d:%d %d %s"
                      .formatted(f.reason(), f.imageId(), f.file(), f.line(), f.rows(), f.value()))
          .toList();
    }
  }

  /**
   * Returns a row as the published file writes it: fourteen characters for each reader, {@code _}
   * is blank.
   */
  private static String row(String name, String... readers) {
    String votes =
        Arrays.stream(readers)
            .flatMap(r -> r.chars().mapToObj(c -> c == '_' ? "" : Character.toString(c)))
            .collect(Collectors.joining(","));
    return name + ",B1," + votes;
  }

  private static Outcome read(String... rows) throws IOException {
    return new Outcome(LabelHeaderTest.reads(3), String.join("\n", rows) + "\n");
  }

  private static String text(ScanVotes votes) {
    return votes.votes().stream()
        .map(a -> a == Annotation.BLANK ? "_" : a.shown())
        .collect(Collectors.joining());
  }

  /**
   * The votes: ICH, IPH, IVH, SDH, EDH, SAH, left, right, chronic, three fractures, mass, shift.
   */
  @Test
  void aScanByHand() throws IOException {
    Outcome outcome = read(row("CQ500-CT-0", "11000110000001", "10100110010001", "00000010000010"));

    assertThat(outcome.findings).isEmpty();
    ScanLabels scan = outcome.kept.get(0);
    assertThat(scan.scanId()).isEqualTo("CQ500-CT-0");
    assertThat(scan.readers())
        .extracting(ScanReadsTest::text)
        .containsExactly("11000110000001", "10100110010001", "00000010000010");
    assertThat(text(scan.majority())).isEqualTo("10000110000001");
    assertThat(scan.labels("ID_9"))
        .isEqualTo(new ImageLabels("ID_9", Subtype.ANY.bit() | Subtype.SUBARACHNOID.bit()));
  }

  @Test
  void theSixLabelsAreTheSubtypesOfTheirNames() throws IOException {
    String[] rows = new String[6];
    for (int f = 0; f < 6; f++) {
      StringBuilder votes = new StringBuilder(NOTHING);
      votes.setCharAt(0, '1');
      votes.setCharAt(f, '1');
      String v = votes.toString();
      rows[f] = row("CQ500-CT-" + f, v, v, v);
    }
    List<ScanLabels> kept = read(rows).kept;
    List<Subtype> expected =
        List.of(
            Subtype.ANY,
            Subtype.INTRAPARENCHYMAL,
            Subtype.INTRAVENTRICULAR,
            Subtype.SUBDURAL,
            Subtype.EPIDURAL,
            Subtype.SUBARACHNOID);
    for (int f = 0; f < 6; f++) {
      assertThat(kept.get(f).labels("ID_x").bits())
          .isEqualTo(Subtype.ANY.bit() | expected.get(f).bit());
    }
  }

  /** Three readers see three subtypes: a majority for any haemorrhage, but for no subtype. */
  @Test
  void anyWithoutASubtypeIsSound() throws IOException {
    Outcome outcome = read(row("CQ500-CT-7", "11000000000000", "10100000000000", "10010000000000"));
    assertThat(outcome.kept.get(0).labels("ID_x").bits()).isEqualTo(Subtype.ANY.bit());
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1", "1,1,0,1", "1,0,0,0", "0,0,0,0", "1,1,_,1", "0,_,0,0", "1,_,_,1", "0,_,_,0",
    "1,0,_,_", "_,_,_,_"
  })
  void theMajorityOfTheVotesGiven(String one, String two, String three, String majority)
      throws IOException {
    String rest = NOTHING.substring(1);
    Outcome outcome = read(row("CQ500-CT-1", one + rest, two + rest, three + rest));
    if (majority.equals("_")) {
      assertThat(outcome.told()).containsExactly("UNANNOTATED CQ500-CT-1 0:2 6 no majority: any");
    } else {
      assertThat(text(outcome.kept.get(0).majority())).isEqualTo(majority + rest);
    }
  }

  @Test
  void onlyTheSixNeedAMajority() throws IOException {
    Outcome outcome =
        read(
            row("CQ500-CT-1", "000000________", "000000________", "000000________"),
            row("CQ500-CT-2", "0_00__00000000", "0_00__00000000", "0_001_00000000"));
    assertThat(outcome.kept).extracting(s -> text(s.majority())).containsExactly("000000________");
    assertThat(outcome.told())
        .containsExactly(
            "UNANNOTATED CQ500-CT-2 0:3 6 no majority: intraparenchymal, subarachnoid");
    ScanLabels undecided =
        new ScanLabels(
            "CQ500-CT-3", List.of(new ScanVotes(Collections.nCopies(14, Annotation.BLANK))));
    assertThatThrownBy(() -> undecided.labels("ID_x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsWrongIsToldAndTheOthersStay() throws IOException {
    String negative = row("CQ500-CT-1", NOTHING, NOTHING, NOTHING);
    String shift = "00000000000001";
    Outcome outcome =
        read(
            negative,
            row("CQ500-CT-2", NOTHING, NOTHING, "0000000000000x"),
            row("CQ500-CT-3", "01000000000000", "01000000000000", NOTHING),
            "",
            negative,
            negative,
            row("CQ500-CT-4", NOTHING, NOTHING, NOTHING),
            row("CQ500-CT-4", NOTHING, NOTHING, shift),
            row("CQ500-CT-4", NOTHING, NOTHING, shift),
            row("CQ500-CT-5", NOTHING, NOTHING),
            row("", NOTHING, NOTHING, NOTHING),
            "\"" + row("CQ500-CT-6", NOTHING, NOTHING, NOTHING),
            row("CQ500-CT-7", NOTHING, shift, NOTHING));

    assertThat(outcome.rows).isEqualTo(12);
    assertThat(outcome.kept)
        .extracting(ScanLabels::scanId)
        .containsExactly("CQ500-CT-1", "CQ500-CT-7");
    assertThat(outcome.told())
        .containsExactly(
            "BAD_VALUE CQ500-CT-2 0:3 6 R3:MidlineShift: x",
            "DUPLICATE_ROW CQ500-CT-1 0:6 6 as in line 2",
            "DUPLICATE_ROW CQ500-CT-1 0:7 6 as in line 2",
            "DUPLICATE_ROW CQ500-CT-4 0:10 6 as in line 9",
            "MALFORMED_ROW  0:11 6 30 fields instead of 44",
            "MALFORMED_ROW  0:12 6 no name",
            "MALFORMED_ROW  0:13 6 quotes or length of the row",
            "ANY_MISMATCH CQ500-CT-3 0:4 6 any 0, but 1: intraparenchymal",
            "CONFLICTING_LABEL CQ500-CT-4 0:9 12 differs from line 8 in R3:MidlineShift");
  }

  @Test
  void scansMayRepeatOverFiles() throws IOException {
    String negative = row("CQ500-CT-1", NOTHING, NOTHING, NOTHING);
    String other = row("CQ500-CT-2", NOTHING, NOTHING, NOTHING);
    String all = "1".repeat(14);
    Outcome outcome =
        new Outcome(
            LabelHeaderTest.reads(3),
            negative + "\r\n" + other + "\r\n",
            negative + "\r\n\r\n" + row("CQ500-CT-2", all, all, all));
    assertThat(outcome.kept).extracting(ScanLabels::scanId).containsExactly("CQ500-CT-1");
    assertThat(outcome.told())
        .containsExactly(
            "DUPLICATE_ROW CQ500-CT-1 1:2 6 as in line 2 of an earlier file",
            "CONFLICTING_LABEL CQ500-CT-2 1:4 12 differs from line 3 of an earlier file in R1:ICH,"
                + " R1:IPH, R1:IVH, R1:SDH, R1:EDH, R1:SAH, R1:BleedLocation-Left,"
                + " R1:BleedLocation-Right and 34 more");
  }

  @Test
  void namesAreHiddenBeforeAnythingSeesThem() throws IOException {
    String two = row("\"MEIER, ANNA\"", "11000000000000", "_________" + "_____", "0_000_00000000");
    Outcome outcome = read(row("MEIER^BERTA", NOTHING, NOTHING, NOTHING), two);
    assertThat(outcome.kept)
        .extracting(ScanLabels::scanId)
        .allMatch(id -> id.matches("ID_[0-9a-f]{24}"));
    assertThat(outcome.told()).hasSize(1).allMatch(t -> t.startsWith("UNANNOTATED ID_"));
    assertThat(outcome.told() + "" + outcome.kept).doesNotContain("MEIER", "ANNA");
  }

  @Test
  void columnsInAnyOrder() throws IOException {
    List<String> names = new ArrayList<>(List.of(LabelHeaderTest.reads(3).split(",")));
    List<String> fields =
        List.of(row("CQ500-CT-0", "11000110000001", "10100110010001", "00000010000010").split(","));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      order.add(i);
    }
    ScanLabels expected = read(String.join(",", fields)).kept.get(0);
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(order, random);
      String header = order.stream().map(names::get).collect(Collectors.joining(","));
      String row = order.stream().map(fields::get).collect(Collectors.joining(","));
      assertThat(new Outcome(header, row).kept).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 9})
  void anyNumberOfReaders(int readers) throws IOException {
    String[] votes = new String[readers];
    Arrays.fill(votes, NOTHING);
    Outcome outcome = new Outcome(LabelHeaderTest.reads(readers), row("CQ500-CT-0", votes));
    assertThat(outcome.kept.get(0).readers()).hasSize(readers);
  }

  /** Row counts of random rows reconcile (checked in Outcome), and kept scans keep the rules. */
  @Test
  void noiseClosesTheBooks() throws IOException {
    Random random = new Random(23);
    int kept = 0;
    for (int i = 0; i < 400; i++) {
      String[] rows = new String[6];
      for (int r = 0; r < rows.length; r++) {
        StringBuilder row =
            new StringBuilder(
                row("CQ500-CT-" + random.nextInt(4), votes(random), votes(random), votes(random)));
        if (random.nextInt(3) == 0) {
          row.insert(random.nextInt(row.length()), "\",\nx\u0000".charAt(random.nextInt(5)));
        }
        rows[r] = row.toString();
      }
      for (ScanLabels scan : read(rows).kept) {
        ImageLabels labels = scan.labels("ID_x");
        assertThat(labels.has(Subtype.ANY) || labels.bits() == 0).as("%s", scan).isTrue();
        kept++;
      }
    }
    assertThat(kept).isPositive();
  }

  private static String votes(Random random) {
    StringBuilder votes = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      votes.append("0000011_".charAt(random.nextInt(i == 0 ? 7 : 8)));
    }
    return random.nextInt(3) == 0 ? votes.toString() : NOTHING;
  }
}
