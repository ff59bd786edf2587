package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of rules in the package's description names every rule and every finding. */
class LabelRulesTableTest {
  private static final Path DESCRIPTION =
      Path.of("src/main/java/org/headct/ich/domain/label/package-info.java");

  /** Methods that make the rejection for a rule that another method checks. */
  private static final Set<String> REJECTIONS = Set.of("unknownSubtype", "badValue");

  @Test
  void everyRuleAndFindingStandsInTheTable() throws IOException {
    String text = Files.readString(DESCRIPTION);
    String table = text.substring(text.indexOf("<pre>"), text.indexOf("</pre>"));
    List<String> words = List.of(table.split("[\\s*]+"));

    List<String> rules = new ArrayList<>();
    Arrays.stream(ImageRule.values()).forEach(rule -> rules.add("ImageRule." + rule));
    Arrays.stream(ScanRule.values()).forEach(rule -> rules.add("ScanRule." + rule));
    Arrays.stream(LabelReason.values()).forEach(reason -> rules.add(reason.name()));
    Arrays.stream(RowRules.class.getDeclaredMethods())
        .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .filter(method -> !REJECTIONS.contains(method))
        .forEach(method -> rules.add("RowRules." + method));

    assertThat(words).containsAll(rules);
  }
}
