package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.testing.Launcher;
import org.headct.ich.jobs.testing.Launcher.Submitted;
import org.headct.ich.jobs.testing.Manifests;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that {@code kubectl apply -f} would accept the manifests, and that they run the same as the
 * launcher.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesManifestsTest {
  @TempDir private static Path folder = Path.of("");

  private Map<String, JsonNode> objects = Map.of();
  private Map<String, JsonNode> applications = Map.of();

  @BeforeAll
  void read() throws IOException {
    objects = Manifests.read();
    applications = new TreeMap<>();
    objects.forEach(
        (place, object) -> {
          if (object.path("kind").asText().endsWith("SparkApplication")) {
            applications.put(place, Manifests.application(object));
          }
        });
  }

  @Test
  void allAreValid() throws IOException {
    for (Map.Entry<String, JsonNode> object : objects.entrySet()) {
      assertThat(Manifests.faults(object.getValue())).as(object.getKey()).isEmpty();
    }
    assertThat(objects.values().stream().map(object -> object.path("kind").asText()))
        .contains("Namespace", "ServiceAccount", "Role", "RoleBinding", "ConfigMap")
        .contains("PersistentVolumeClaim", "SparkApplication", "ScheduledSparkApplication");
  }

  /** Shows that the test above can fail. */
  @Test
  void mistakesAreSeen() throws IOException {
    String train = "train-model.yaml#0";
    assertFault(train, "/spec", spec -> spec.put("mainClas", "x"), "mainClas");
    assertFault(train, "/spec", spec -> spec.remove("sparkVersion"), "sparkVersion");
    assertFault(train, "/spec/driver", driver -> driver.put("cores", "1"), "cores");
    assertFault(train, "/spec/executor", executor -> executor.put("gpus", 1), "gpus");
    assertFault(train, "/spec/sparkConf", conf -> conf.put("spark.x", 1), "spark.x");
    String refresh = "refresh-schedule.yaml#0";
    assertFault(refresh, "/spec", spec -> spec.put("concurrencyPolicy", "Never"), "concurrency");
    assertFault(refresh, "/spec", spec -> spec.put("timezone", "UTC"), "timezone");
    assertFault("access.yaml#2", "", role -> role.put("rule", "x"), "rule");
    assertFault("site.yaml#1", "/spec", spec -> spec.put("accessModes", "x"), "accessModes");
    assertFault("site.yaml#0", "", map -> map.put("kind", "ConfigMaps"), "$.kind");
  }

  private void assertFault(String place, String pointer, Consumer<ObjectNode> change, String said)
      throws IOException {
    JsonNode object = Objects.requireNonNull(objects.get(place), place).deepCopy();
    change.accept((ObjectNode) object.at(pointer));
    assertThat(String.join("\n", Manifests.faults(object))).contains(said);
  }

  /** Only the launcher defines JVM options and settings. Each manifest must repeat them. */
  @Test
  void theyRunWhatTheLauncherRuns() throws Exception {
    Submitted launched =
        new Launcher(folder).with("ICH_MASTER", "k8s://https://host").run("doctor");
    Map<String, String> conf = new TreeMap<>(launched.conf());
    String driver =
        conf.remove("spark.driver.extraJavaOptions")
            .replace(Repository.top().toString(), "/opt/ich");
    String executor = conf.remove("spark.executor.extraJavaOptions");
    conf.put(
        "spark.kubernetes.driverEnv.OMP_NUM_THREADS",
        conf.get("spark.executorEnv.OMP_NUM_THREADS"));
    applications.forEach(
        (place, application) -> {
          assertThat(application.at("/driver/javaOptions").asText()).as(place).isEqualTo(driver);
          assertThat(application.at("/executor/javaOptions").asText())
              .as(place)
              .isEqualTo(executor);
          conf.forEach(
              (key, value) ->
                  assertThat(application.path("sparkConf").path(key).asText())
                      .as("%s: %s", place, key)
                      .isEqualTo(value));
          assertThat(launched.words())
              .containsSequence("--class", application.path("mainClass").asText())
              .contains(application.path("mainApplicationFile").asText());
        });
  }

  @Test
  void theyAreCommandsWithKnownSettings() throws IOException {
    Set<String> commands =
        PipelineMain.jobs().stream().map(Job::name).collect(Collectors.toCollection(TreeSet::new));
    Path site = folder.resolve("site.conf");
    Files.writeString(site, objects.get("site.yaml#0").at("/data/site.conf").asText());
    applications.forEach(
        (place, application) -> {
          List<String> arguments = new ArrayList<>();
          application.path("arguments").forEach(word -> arguments.add(word.asText()));
          assertThat(commands).as(place).contains(arguments.get(0));
          assertThat(place).startsWith(arguments.get(0));
          assertThat(arguments.subList(1, 3))
              .as(place)
              .containsExactly("--config", mountedSite(application) + "/site.conf");
          List<String> set = new ArrayList<>();
          for (int i = 4; i < arguments.size(); i += 2) {
            assertThat(arguments.get(i - 1)).as(place).isEqualTo("--set");
            set.add(arguments.get(i));
          }
          assertThat(SettingsLoader.load(List.of(site), set)).as(place).isNotNull();
        });
    assertThat(ConfigFactory.parseFile(site.toFile()).hasPath("warehouse.path")).isTrue();
  }

  private static String mountedSite(JsonNode application) {
    return application.at("/driver/configMaps/0/path").asText();
  }

  /** Only the training on GPUs requests GPUs. No other job waits for one or holds one. */
  @Test
  void onlyTheTrainingOnGpusAsksForThem() {
    assertThat(applications.entrySet())
        .filteredOn(entry -> entry.getValue().toString().toLowerCase(Locale.ROOT).contains("gpu"))
        .extracting(Map.Entry::getKey)
        .containsExactly("train-model-gpu.yaml#0");
    JsonNode gpu = Objects.requireNonNull(applications.get("train-model-gpu.yaml#0"));
    assertThat(gpu.at("/driver/gpu/quantity").asInt()).isOne();
    assertThat(gpu.at("/executor/gpu/quantity").asInt()).isOne();
    assertThat(gpu.at("/sparkConf/spark.executor.resource.gpu.amount").asText()).isEqualTo("1");
    assertThat(gpu.at("/executor/cores").asInt()).isOne();
  }

  /** ND4J's memory is outside of the heap. Kubernetes kills a pod that exceeds its limit. */
  @Test
  void podsOfNetworksHaveMemoryForNd4j() {
    applications.forEach(
        (place, application) -> {
          if (place.matches("(train-model|evaluate-model|predict).*")) {
            for (String pod : List.of("driver", "executor")) {
              String limit =
                  application
                      .at("/" + pod + "/javaOptions")
                      .asText()
                      .replaceFirst(".*javacpp\\.maxbytes=(\\d+)g.*", "$1");
              String overhead = application.at("/" + pod + "/memoryOverhead").asText();
              assertThat(Integer.parseInt(overhead.replace("g", "")))
                  .as("%s of %s", pod, place)
                  .isGreaterThan(Integer.parseInt(limit));
            }
          }
        });
  }

  @Test
  void schedulesRunOneAtATime() {
    List<JsonNode> schedules =
        objects.values().stream()
            .filter(object -> object.path("kind").asText().equals("ScheduledSparkApplication"))
            .map(object -> object.path("spec"))
            .toList();
    assertThat(schedules)
        .hasSize(2)
        .allSatisfy(
            schedule -> {
              assertThat(schedule.path("concurrencyPolicy").asText()).isEqualTo("Forbid");
              assertThat(ZoneId.of(schedule.path("timeZone").asText())).isNotNull();
              assertThat(schedule.path("suspend").asBoolean(true)).isFalse();
            });
  }

  /** Each name that an object refers to must be another object's name, or nothing starts. */
  @Test
  void whatTheyNameIsThere() {
    applications.forEach(
        (place, application) -> {
          assertThat(names("ServiceAccount"))
              .contains(application.at("/driver/serviceAccount").asText());
          assertThat(names("ConfigMap"))
              .contains(application.at("/driver/configMaps/0/name").asText());
          assertThat(names("PersistentVolumeClaim"))
              .contains(application.at("/volumes/0/persistentVolumeClaim/claimName").asText());
          assertThat(application.toString())
              .as("secrets are referred to, never written")
              .doesNotContain("stringData");
        });
  }

  private List<String> names(String kind) {
    return objects.values().stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .map(object -> object.at("/metadata/name").asText())
        .toList();
  }
}
