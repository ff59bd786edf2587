package org.headct.ich.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.headct.ich.jobs.report.JobReport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ReportPrinterTest {
  private final RunOptions options = new RunOptions();

  @Test
  void tellsFirstWhatWasMadeAndWhatIsWrongAndLastWhatToDo() {
    List<String> lines = printed(report(), Ansi.OFF);
    assertThat(lines.get(0)).startsWith("audit-dicom: 90 slices (");
    assertThat(lines.subList(1, lines.size()))
        .containsExactly(
            "  ! 10 of 100 objects rejected (10.00 %)",
            "  ! one patient has all studies",
            "  reasons                      ich help TRUNCATED explains one",
            "  objects in                              100",
            "  objects accepted                         90",
            "  rejected TRUNCATED                       10",
            "  noted GAP                                 3",
            "  page                         /reports/a.html",
            "open: /reports/a.html",
            "next: ich select-slices");
  }

  @Test
  void theNextCommandRepeatsTheSettingsButNoCredential() {
    options.configs.add(Path.of("site.conf"));
    options.overrides.addAll(
        List.of("dicom.input=/a b", "warehouse.path=/w", "catalog.properties.token=canary"));
    assertThat(printed(report(), Ansi.OFF))
        .last()
        .isEqualTo(
            "next: ich select-slices --config site.conf --set 'dicom.input=/a b'"
                + " --set warehouse.path=/w");
  }

  @Test
  void theNextCommandsOwnSettingWins() {
    options.overrides.addAll(List.of("evaluate.run=other", "warehouse.path=/w"));
    JobReport report =
        JobReport.of("train-model", "run-1", bytes -> {})
            .next("evaluate-model --set evaluate.run=first")
            .done("30 epochs");
    assertThat(printed(report, Ansi.OFF))
        .last()
        .isEqualTo("next: ich evaluate-model --set evaluate.run=first --set warehouse.path=/w");
  }

  @Test
  void coloursTheOutcomeAndTheWarningsOnly() {
    List<String> lines = printed(report(), Ansi.ON);
    assertThat(lines.get(0)).startsWith("\u001b[1maudit-dicom");
    assertThat(lines).filteredOn(line -> line.contains("\u001b[33m")).hasSize(2);
    assertThat(lines)
        .filteredOn(line -> line.contains("objects in"))
        .noneMatch(ReportPrinterTest::coloured);
  }

  private static boolean coloured(String line) {
    return line.contains("\u001b");
  }

  private static JobReport report() {
    return JobReport.of("audit-dicom", "run-1", bytes -> {})
        .books("objects", 100, 90)
        .rejected("TRUNCATED", 10)
        .noted("GAP", 3)
        .warning("one patient has all studies")
        .file("page", "/reports/a.html")
        .next("select-slices")
        .done("90 slices");
  }

  private List<String> printed(JobReport report, Ansi ansi) {
    StringWriter text = new StringWriter();
    new ReportPrinter(new PrintWriter(text), ansi).print(report, options);
    return text.toString().lines().toList();
  }
}
