package org.headct.ich.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows of CONTRIBUTING: common ← source, table ← run ← dump, model, page ← evaluation ←
 * stages ← PipelineMain.
 */
@AnalyzeClasses(packages = "org.headct.ich", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String COMMON = "org.headct.ich.common..";
  private static final String JOBS = "org.headct.ich.jobs..";
  private static final String ROOT = "org.headct.ich.jobs";
  private static final String SOURCE = "org.headct.ich.jobs.source..";
  private static final String TABLE = "org.headct.ich.jobs.table..";
  private static final String QUERY = "org.headct.ich.jobs.query..";
  private static final String RUN = "org.headct.ich.jobs.run..";
  private static final String DUMP = "org.headct.ich.jobs.dump..";
  private static final String ND4J = "org.headct.ich.jobs.nd4j..";
  private static final String ONEDNN = "org.headct.ich.jobs.onednn..";
  private static final String NETWORK = "org.headct.ich.jobs.network..";
  private static final String WEIGHTS = "org.headct.ich.jobs.weights..";
  private static final String MODEL = "org.headct.ich.jobs.model..";
  private static final String EVALUATION = "org.headct.ich.jobs.evaluation..";
  private static final String PAGE = "org.headct.ich.jobs.page..";

  /** What stages stand on. */
  private static final DescribedPredicate<JavaClass> LAYER =
      resideInAnyPackage(
          SOURCE, TABLE, QUERY, RUN, DUMP, ND4J, ONEDNN, NETWORK, WEIGHTS, MODEL, PAGE, EVALUATION);

  /** Whatever is no lower layer and not the entry point: a package each. */
  private static final DescribedPredicate<JavaClass> STAGE =
      resideInAPackage(JOBS).and(not(resideInAPackage(ROOT))).and(not(LAYER)).as("a stage");

  @ArchTest
  static final ArchRule theDomainIsFreeOfSpark =
      noClasses()
          .that()
          .resideInAPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              JOBS,
              "org.apache.spark..",
              "org.apache.hadoop..",
              "org.apache.iceberg..",
              "org.nd4j..",
              "org.deeplearning4j..",
              "scala..");

  @ArchTest static final ArchRule sourceKnowsTheDomainOnly = inJobs(SOURCE, SOURCE);

  @ArchTest static final ArchRule tableKnowsTheDomainOnly = inJobs(TABLE, TABLE);

  @ArchTest static final ArchRule queryKnowsTables = inJobs(QUERY, QUERY, TABLE);

  @ArchTest static final ArchRule runKnowsTablesAndSources = inJobs(RUN, RUN, TABLE, SOURCE);

  @ArchTest static final ArchRule dumpKnowsNoStage = inJobs(DUMP, DUMP, RUN, TABLE, SOURCE);

  @ArchTest static final ArchRule nd4jKnowsOneDnn = inJobs(ND4J, ND4J, ONEDNN);

  @ArchTest static final ArchRule oneDnnKnowsNothing = inJobs(ONEDNN, ONEDNN);

  @ArchTest static final ArchRule networkKnowsNd4j = inJobs(NETWORK, NETWORK, ND4J);

  @ArchTest static final ArchRule weightsKnowNetworks = inJobs(WEIGHTS, WEIGHTS, NETWORK, ND4J);

  @ArchTest
  static final ArchRule modelKnowsNoStage =
      inJobs(MODEL, MODEL, WEIGHTS, NETWORK, ONEDNN, ND4J, RUN, TABLE, SOURCE);

  @ArchTest static final ArchRule pageKnowsNoStage = inJobs(PAGE, PAGE, RUN, TABLE, SOURCE);

  @ArchTest
  static final ArchRule evaluationKnowsNoStage =
      inJobs(EVALUATION, EVALUATION, MODEL, PAGE, RUN, TABLE);

  @ArchTest
  static final ArchRule stagesMeetInTables =
      slices()
          .matching("org.headct.ich.jobs.(*)..")
          .namingSlices("stage $1")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(DescribedPredicate.alwaysTrue(), LAYER);

  @ArchTest
  static final ArchRule nothingKnowsTheEntryPoint =
      noClasses().that(STAGE).should().dependOnClassesThat().resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule oneExit =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.headct.ich.jobs.PipelineMain")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule logsGoToSlf4j =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..",
              "org.apache.log4j..",
              "org.apache.logging..",
              "org.apache.commons.logging..");

  @ArchTest
  static final ArchRule theConsoleBelongsToRun =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUN)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule settingsAreReadIntoRecordsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.headct.ich.common.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  private static ArchRule inJobs(String layer, String... known) {
    return classes()
        .that()
        .resideInAPackage(layer)
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(JOBS)).or(resideInAnyPackage(known)));
  }
}
