package org.headct.ich.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionTest {
  @ParameterizedTest
  @EnumSource(Question.class)
  void beginsWithWhatItAnswersAndReadsOurTables(Question question) {
    assertThat(question.sql(places(""), Tables.ALL))
        .startsWith("-- ")
        .contains("?")
        .doesNotContain(";\n");
    assertThat(question.tables()).isNotEmpty();
  }

  @Test
  void everyFileIsAsked() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(Question.class.getResource("/sql/prevalence.sql")).toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
      assertThat(files).hasSize(Question.values().length);
    }
  }

  @Test
  void knowsItsTablesInTheConfiguredNamespace() {
    assertThat(Question.SPLITS.tables())
        .extracting(TableDefinition::name)
        .isEqualTo(List.of("labels", "selections"));
    assertThat(Question.SPLITS.sql(places("head.ct"), Tables.ALL))
        .contains("FROM ich.head.ct.selections JOIN ich.head.ct.labels");
  }

  @Test
  void phantomsAreKnownByTheirWriter() {
    assertThat(Question.DUMP.sql(places(""), Tables.ALL))
        .contains("implementation = '" + DicomWriter.IMPLEMENTATION_NAME + "'");
  }

  private static WarehouseConfig places(String namespace) {
    return new WarehouseConfig("warehouse", "models", "reports", namespace, Map.of());
  }
}
