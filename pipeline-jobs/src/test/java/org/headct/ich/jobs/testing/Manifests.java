package org.headct.ich.jobs.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Manifests of {@code deploy/kubernetes}, and the checks that Kubernetes would make. */
public final class Manifests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Kubernetes' own kinds, and the classes of Spark's client for them. */
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);

  /**
   * Mapper that rejects unknown fields. The classes themselves would keep them, so a misspelt field
   * would pass.
   */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Manifests() {}

  /** Reads all objects, by file and position in it. */
  public static Map<String, JsonNode> read() throws IOException {
    Map<String, JsonNode> objects = new TreeMap<>();
    try (Stream<Path> files = Files.list(Repository.top().resolve("deploy/kubernetes"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        List<JsonNode> inFile =
            YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
        for (int i = 0; i < inFile.size(); i++) {
          objects.put(file.getFileName() + "#" + i, inFile.get(i));
        }
      }
    }
    return objects;
  }

  /** Returns what is wrong with an object. The list is empty if nothing is. */
  public static List<String> faults(JsonNode object) throws IOException {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      List<String> faults = new ArrayList<>();
      schema().validate(object).forEach(message -> faults.add(message.getMessage()));
      return faults;
    }
    try {
      STRICT.treeToValue(object, type);
      return List.of();
    } catch (JsonProcessingException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        Manifests.class.getResourceAsStream("/org/headct/ich/jobs/spark-operator.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(Objects.requireNonNull(in));
    }
  }

  /** Returns the application that an object of the operator describes, scheduled or not. */
  public static JsonNode application(JsonNode object) {
    JsonNode template = object.at("/spec/template");
    return template.isMissingNode() ? object.path("spec") : template;
  }
}
