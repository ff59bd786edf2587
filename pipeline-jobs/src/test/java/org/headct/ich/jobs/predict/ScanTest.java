package org.headct.ich.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.jobs.predict.ScoreTask.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the order of scans and of the slices that decide it. */
class ScanTest {
  @Test
  void theHighestSliceOrTheMeanOfSeveral() {
    List<ScoredSlice> slices =
        List.of(slice("a", 0, 0.25), slice("b", 1, 0.75), slice("c", 2, 0.5));
    assertThat(Scan.of(slices, 1)).isEqualTo(new Scan("scan", "patient", 1, 3, 0.75, "b"));
    assertThat(Scan.of(slices, 2).suspicion()).isEqualTo(0.625);
  }

  @Test
  void aLocalizerDoesNotCountWhereOthersDo() {
    ScoredSlice localizer = slice("a", Standing.NOT_READ, 0.875);
    assertThat(Scan.of(List.of(localizer, slice("b", 0, 0.25)), 1))
        .isEqualTo(new Scan("scan", "patient", 1, 2, 0.25, "b"));
  }

  @Test
  void localizersAloneDecideNothing() {
    Scan scan = Scan.of(List.of(slice("a", Standing.NOT_READ, 0.875)), 1);
    assertThat(scan.suspicion()).isNaN();
    assertThat(scan.highestId()).isEmpty();
    List<Scan> scans = new ArrayList<>(List.of(scan, scan("b", 0)));
    scans.sort(Scan.Order.BY_SUSPICION);
    assertThat(scans).extracting(Scan::scanId).containsExactly("b", "scan");
  }

  @Test
  void unorderedSlicesCountOnlyWithoutOrderedOnes() {
    List<ScoredSlice> slices =
        List.of(slice("a", Standing.UNORDERED, 0.5), slice("b", Standing.NOT_READ, 0.875));
    assertThat(Scan.of(slices, 1)).isEqualTo(new Scan("scan", "patient", 1, 2, 0.5, "a"));
    List<ScoredSlice> all = new ArrayList<>(slices);
    all.add(slice("c", 0, 0.25));
    assertThat(Scan.of(all, 1)).isEqualTo(new Scan("scan", "patient", 1, 3, 0.25, "c"));
    all.sort(ScoredSlice.BY_STANDING);
    assertThat(all).extracting(ScoredSlice::imageId).containsExactly("c", "a", "b");
  }

  @Test
  void theMostSuspiciousFirstAndEqualOnesById() {
    List<Scan> scans =
        new ArrayList<>(List.of(scan("c", 0.5), scan("b", 0.5), scan("d", 0), scan("a", 0.25)));
    scans.sort(Scan.Order.BY_SUSPICION);
    assertThat(scans).extracting(Scan::scanId).containsExactly("b", "c", "a", "d");
  }

  private static Scan scan(String id, double suspicion) {
    return new Scan(id, "patient", 1, 1, suspicion, "image");
  }

  private static ScoredSlice slice(String id, int position, double suspicion) {
    return slice(id, position, Standing.ORDERED, suspicion);
  }

  private static ScoredSlice slice(String id, Standing standing, double suspicion) {
    return slice(id, null, standing, suspicion);
  }

  private static ScoredSlice slice(
      String id, @Nullable Integer position, Standing standing, double suspicion) {
    return new ScoredSlice(
        id, "patient", "scan", "series", position, standing, List.of((float) suspicion), suspicion);
  }
}
