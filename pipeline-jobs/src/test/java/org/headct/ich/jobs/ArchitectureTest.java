package org.headct.ich.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tests of the allowed dependencies of CONTRIBUTING between the packages of all modules. */
@AnalyzeClasses(
    packages = "org.headct.ich",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Leaves out the test classes of other modules, which come in jars when a build packages. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String DOMAIN = "org.headct.ich.domain..";
  private static final String JOBS = "org.headct.ich.jobs..";
  private static final String ROOT = "org.headct.ich.jobs";
  private static final String RUN = jobs("run");

  /** Layers below the stages, each with the layers that it may use. */
  private static final Map<String, List<String>> LAYERS =
      Map.ofEntries(
          layer("source"),
          layer("table"),
          layer("file"),
          layer("meter"),
          layer("nd4j"),
          layer("query", "table"),
          layer("report", "file", "table"),
          layer("run", "report", "file", "meter", "table", "source"),
          layer("dump", "run", "table", "source"),
          layer("audit", "run", "report", "meter", "table", "source"),
          layer("batch", "run", "table"),
          layer("modelstore", "batch", "run", "file", "table"),
          layer("scoring", "modelstore", "batch", "nd4j", "table"),
          layer("averaging", "scoring", "modelstore", "batch", "nd4j"),
          layer("evaluation", "scoring", "report", "table"));

  private static final DescribedPredicate<JavaClass> LAYER =
      resideInAnyPackage(
          LAYERS.keySet().stream().map(ArchitectureTest::jobs).toArray(String[]::new));

  /** Package that is neither a lower layer nor the entry point. */
  private static final DescribedPredicate<JavaClass> STAGE =
      resideInAPackage(JOBS).and(not(resideInAPackage(ROOT))).and(not(LAYER)).as("a stage");

  @ArchTest
  static final ArchRule theDomainIsFreeOfSpark =
      free(
          DOMAIN,
          "org.nd4j..",
          "org.deeplearning4j..",
          "org.headct.ich.networks..",
          "org.headct.ich.pages..");

  @ArchTest
  static final ArchRule networksAreFreeOfSpark =
      free("org.headct.ich.networks..", "org.headct.ich.pages..");

  @ArchTest
  static final ArchRule pagesAreFreeOfSpark =
      free(
          "org.headct.ich.pages..",
          "org.nd4j..",
          "org.deeplearning4j..",
          "org.headct.ich.networks..");

  @ArchTest
  static void layersKnowTheLayersBelow(JavaClasses classes) {
    LAYERS.forEach(
        (layer, known) ->
            classes()
                .that()
                .resideInAPackage(jobs(layer))
                .should()
                .onlyDependOnClassesThat(
                    not(resideInAPackage(JOBS))
                        .or(resideInAPackage(jobs(layer)))
                        .or(
                            resideInAnyPackage(
                                known.stream().map(ArchitectureTest::jobs).toArray(String[]::new))))
                .check(classes));
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.headct.ich.(**)").should().beFreeOfCycles();

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
          .resideOutsideOfPackage("org.headct.ich.domain.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  private static Map.Entry<String, List<String>> layer(String name, String... known) {
    return Map.entry(name, List.of(known));
  }

  private static String jobs(String layer) {
    return "org.headct.ich.jobs." + layer + "..";
  }

  private static ArchRule free(String module, String... banned) {
    List<String> all = new ArrayList<>(List.of(banned));
    all.addAll(
        List.of(
            JOBS, "org.apache.spark..", "org.apache.hadoop..", "org.apache.iceberg..", "scala.."));
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(all.toArray(String[]::new));
  }
}
