package org.headct.ich.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.run.Sessions;
import org.headct.ich.jobs.sql.SqlJob;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.jobs.testing.SliceRows;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsIT {
  @TempDir private static Path folder = Path.of("");

  private Bench all = new Bench(folder);
  private Bench labels = new Bench(folder);

  @BeforeAll
  void fill() {
    labels = new Bench(folder.resolve("labels"));
    labels.fill(new LabelsTable(), images());
    all = new Bench(folder.resolve("all"));
    Tables.ALL.forEach(table -> empty(all, table));
    all.fill(new LabelsTable(), images());
    all.fill(
        new LabelFindingsTable(),
        List.of(
            new LabelFindingsTable.Entry("1", "DUPLICATE_ROW", "ID_a", "one.csv", 7, 6, ""),
            new LabelFindingsTable.Entry("2", "DUPLICATE_ROW", "ID_b", "two.csv", 9, 6, "")));
    all.fill(
        new SliceFindingsTable(),
        List.of(
            found("file:/dumps/a.zip!x/y/1.dcm", "NOT_CT"),
            found("file:/dumps/a.zip!x/2.dcm", "NOT_CT"),
            found("file:/dumps/b/3.dcm", "NOT_CT"),
            found("ID_a", "ORPHAN_LABEL")));
    all.fill(
        new SlicesTable(),
        List.of(
            slice("ID_a", "P_1", "S_1", 0, "same"),
            slice("ID_b", "P_1", "S_1", 5, "b"),
            slice("ID_c", "P_2", "S_2", 0, "same")));
    all.fill(
        new SelectionsTable(),
        List.of(
            selection("ID_a", "P_1", "S_1", "train"),
            selection("ID_b", "P_1", "S_1", "test"),
            selection("ID_c", "P_2", "S_2", "test")));
  }

  private static <T> void empty(Bench bench, TableDefinition<T> table) {
    bench.fill(table, List.of());
  }

  @Test
  void eachQuestionHasTheColumnsThatItsHeadTells() {
    for (Question question : Question.values()) {
      String sql = question.sql(all.context().places(), all.context().warehouse().there());
      assertThat(all.context().spark().sql(sql).columns())
          .as(question.view())
          .containsExactlyElementsOf(question.header().columns().keySet());
    }
  }

  @Test
  void aViewIsThereWhenAStatementNamesIt() {
    assertThat(sql(labels, "SELECT finding, positives FROM prevalence WHERE positives > 0"))
        .isEqualTo("finding,positives\r\nany,2\r\nepidural,1\r\nsubdural,1\r\n");
    assertThat(sql(labels, "DESCRIBE `Prevalence`"))
        .contains("positives,bigint,number of images labelled 1");
  }

  @Test
  void aViewWithoutItsTableNamesTheCommandAndDisturbsNoOther() {
    assertThatThrownBy(() -> sql(labels, "SELECT * FROM leakage"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("table ich.slices is not there")
        .hasMessageEndingWith("run audit-dicom first");
    assertThat(sql(labels, "SELECT 1 AS leakage")).isEqualTo("leakage\r\n1\r\n");
    assertThat(sql(labels, "SELECT DISTINCT table_name FROM snapshots"))
        .isEqualTo("table_name\r\nlabels\r\n");
  }

  @Test
  void aViewSeesWhatIsPublishedLater() {
    Bench bench = new Bench(folder.resolve("later"));
    bench.fill(new LabelsTable(), images().subList(0, 1));
    Views views = views(bench);
    views.prepare("SELECT * FROM dump, prevalence");
    bench.fill(new LabelsTable(), images());
    assertThat(
            bench.context().spark().sql("SELECT sum(positives) FROM prevalence").head().getLong(0))
        .isEqualTo(4);
    empty(bench, new SlicesTable());
    views.prepare("SELECT * FROM dump");
    assertThat(bench.context().spark().sql("SELECT images FROM dump").head().getLong(0)).isZero();
  }

  @Test
  void printedViewsServeAnotherSpark() {
    String script = printed(all);
    SparkSession other =
        Sessions.withCatalog(TestSpark.session(), all.context().places()).newSession();
    all.context().spark().conf().getAll().foreach(entry -> set(other, entry._1(), entry._2()));
    Statements.of(script).all().forEach(one -> other.sql(one.text()));
    for (Question question : Question.values()) {
      assertThat(other.table(question.view()).columns()).as(question.view()).isNotEmpty();
    }
    assertThat(other.sql("SELECT sum(images) FROM splits").head().getLong(0)).isEqualTo(3);
    assertThat(printed(labels))
        .contains("CREATE OR REPLACE TEMPORARY VIEW co_occurrence (")
        .contains(
            "\n-- leakage lacks ich.slices, ich.selections: run audit-dicom, select-slices.\n");
  }

  private static Object set(SparkSession session, String name, String value) {
    if (name.startsWith("spark.sql.catalog.")) {
      session.conf().set(name, value);
    }
    return name;
  }

  @Test
  void tablesOfANamespaceHaveViews() {
    Bench bench = new Bench(folder.resolve("namespace"), "catalog.namespace=head.ct");
    bench.context().spark().sql("CREATE NAMESPACE ich.head.ct");
    bench.fill(new LabelsTable(), images());
    assertThat(sql(bench, "SELECT sum(positives) AS n FROM prevalence")).isEqualTo("n\r\n4\r\n");
    assertThat(sql(bench, "SELECT table_name, rows FROM snapshots"))
        .isEqualTo("table_name,rows\r\nlabels,3\r\n");
  }

  @Test
  void findingsAreCountedByDump() {
    assertThat(sql(all, "SELECT dump, command, reason, findings FROM findings").lines())
        .containsExactly(
            "dump,command,reason,findings",
            "\"\",audit-dicom,ORPHAN_LABEL,1",
            "file:/dumps/a.zip,audit-dicom,NOT_CT,2",
            "file:/dumps/b,audit-dicom,NOT_CT,1",
            "one.csv,reshape-labels,DUPLICATE_ROW,1",
            "two.csv,reshape-labels,DUPLICATE_ROW,1");
  }

  @Test
  void whatStandsInTwoPartsIsLeakage() {
    assertThat(sql(all, "SELECT what, shared, images FROM leakage").lines())
        .containsExactly(
            "what,shared,images",
            "patient,1,2",
            "study,1,3",
            "series,1,2",
            "image,0,0",
            "pixels,1,2");
  }

  @Test
  void geometryIsMeasuredBySeries() {
    assertThat(sql(all, "SELECT * FROM geometry").lines())
        .containsExactly(
            "measure,value,series",
            "distance (mm),5.0,1",
            "pixel (mm),0.5,2",
            "thickness (mm),5.0,2",
            "tilt (degrees),30.0,2");
  }

  @Test
  void snapshotsTellWhatWasPublished() {
    List<Row> rows =
        new ArrayList<>(
            all.context()
                .spark()
                .sql(
                    Question.SNAPSHOTS.sql(
                        all.context().places(), all.context().warehouse().there()))
                .where("table_name = 'labels'")
                .collectAsList());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).<String>getAs("run")).isEqualTo("test");
    assertThat(rows.get(0).<Long>getAs("rows_added")).isEqualTo(3);
    assertThat(rows.get(0).<Long>getAs("rows")).isEqualTo(3);
  }

  private static Views views(Bench bench) {
    return new Views(
        bench.context().spark(), bench.context().warehouse(), bench.context().places());
  }

  private static String sql(Bench bench, String query) {
    bench.run(new SqlJob(), "--format", "csv", "-e", query);
    return bench.output();
  }

  private static String printed(Bench bench) {
    bench.run(new SqlJob(), "--views");
    return bench.output();
  }

  private static List<ImageLabels> images() {
    // Bits in the order of the columns: epidural is 1, subdural is 16, any is 32.
    return List.of(
        new ImageLabels("ID_a", 33), new ImageLabels("ID_b", 48), new ImageLabels("ID_c", 0));
  }

  private static SliceFindingsTable.Entry found(String object, String reason) {
    return new SliceFindingsTable.Entry("audit-dicom", object, reason, true, "", "");
  }

  private static Selection selection(String image, String patient, String series, String split) {
    return new Selection("binary", image, patient, series, 0, 2, split, 1, 1, null, null);
  }

  private static SlicesTable.Slice slice(
      String image, String patient, String series, double alongMm, String pixels) {
    double c = Math.cos(Math.toRadians(30));
    double s = Math.sin(Math.toRadians(30));
    return new SlicesTable.Slice(
        image,
        0,
        new SlicesTable.Location("file:/dump/" + image + ".dcm", "", 0, 100, 100, false, 1L),
        new SlicesTable.Identity(patient, "T_1", series, 1),
        new SlicesTable.Geometry(
            List.of(0.0, -alongMm * s, alongMm * c),
            List.of(1.0, 0.0, 0.0, 0.0, c, s),
            List.of(0.5, 0.5),
            5.0),
        SliceRows.description(),
        SlicesTable.Description.NONE,
        "",
        "",
        new SlicesTable.Content("h" + image, pixels, 0.0, 1.0, 0.5, List.of()));
  }
}
