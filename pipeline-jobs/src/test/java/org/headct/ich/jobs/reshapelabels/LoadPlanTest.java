package org.headct.ich.jobs.reshapelabels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headct.ich.domain.config.LabelsConfig.RemovedFiles;
import org.headct.ich.domain.label.packed.LabelChanges.Others;
import org.junit.jupiter.api.Test;

/** The label files that a run reads, and the files that the table then remembers. */
class LoadPlanTest {
  private static final LoadedFiles BEFORE =
      new LoadedFiles(
          "run", "settings", List.of(new LoadedFile("b", "v1", 2), new LoadedFile("a", "v1", 1)));

  private static LoadPlan plan(Map<String, String> versions, RemovedFiles removed) {
    return LoadPlan.of(versions, "settings", Optional.of(BEFORE), removed);
  }

  private static List<String> shown(List<LoadedFile> files) {
    List<String> shown = new ArrayList<>();
    files.forEach(f -> shown.add(f.file() + " " + f.version() + " in " + f.load()));
    return shown;
  }

  @Test
  void theFirstRunReadsEverything() {
    LoadPlan plan =
        LoadPlan.of(Map.of("a", "v1", "b", "v1"), "settings", Optional.empty(), RemovedFiles.KEEP);

    assertThat(shown(plan.read())).containsExactly("a v1 in 1", "b v1 in 1");
    assertThat(plan.after()).isEqualTo(plan.read());
    assertThat(plan.others()).isEqualTo(Others.KEEP);
    assertThat(plan.upToDate()).isFalse();
  }

  @Test
  void theSameFilesAreNotRead() {
    for (Map<String, String> input :
        List.of(Map.of("a", "v1", "b", "v1"), Map.of("b", "v1"), Map.<String, String>of())) {
      LoadPlan plan = plan(input, RemovedFiles.KEEP);

      assertThat(plan.upToDate()).isTrue();
      assertThat(plan.read()).isEmpty();
      assertThat(plan.after()).containsExactlyInAnyOrderElementsOf(BEFORE.files());
    }
  }

  @Test
  void aNewFileIsReadAlone() {
    LoadPlan plan = plan(Map.of("c", "v1", "a", "v1"), RemovedFiles.KEEP);

    assertThat(plan.fresh()).containsExactly("c");
    assertThat(shown(plan.read())).containsExactly("c v1 in 3");
    assertThat(plan.others()).isEqualTo(Others.KEEP);
    assertThat(shown(plan.after())).containsExactly("a v1 in 1", "b v1 in 2", "c v1 in 3");
  }

  /** A changed file is the newest load. The others are read again for images that it dropped. */
  @Test
  void aChangedFileBringsTheOthersBack() {
    LoadPlan plan = plan(Map.of("a", "v2"), RemovedFiles.KEEP);

    assertThat(plan.changed()).containsExactly("a");
    assertThat(shown(plan.read())).containsExactly("b v1 in 2", "a v2 in 3");
    assertThat(plan.others()).isEqualTo(Others.REMOVE);
  }

  @Test
  void aRetractedFileIsForgotten() {
    LoadPlan plan = plan(Map.of("b", "v1"), RemovedFiles.RETRACT);

    assertThat(plan.retracted()).containsExactly("a");
    assertThat(shown(plan.read())).containsExactly("b v1 in 2");
    assertThat(plan.others()).isEqualTo(Others.REMOVE);
    assertThat(shown(plan.after())).containsExactly("b v1 in 2");
  }

  /** Without its last file the table is empty, so nothing is read. */
  @Test
  void allFilesMayBeRetracted() {
    LoadPlan plan = plan(Map.of(), RemovedFiles.RETRACT);

    assertThat(plan.retracted()).containsExactlyInAnyOrder("a", "b");
    assertThat(plan.read()).isEmpty();
    assertThat(plan.upToDate()).isFalse();
  }

  @Test
  void otherSettingsReadAllAgainInTheirLoads() {
    LoadPlan plan =
        LoadPlan.of(Map.of("a", "v1", "b", "v1"), "others", Optional.of(BEFORE), RemovedFiles.KEEP);

    assertThat(shown(plan.read())).containsExactly("a v1 in 1", "b v1 in 2");
    assertThat(plan.others()).isEqualTo(Others.REMOVE);
  }
}
