package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassifiersPageTest {
  private static String html = "";

  @BeforeAll
  static void render() {
    html = EvaluationPageTest.withoutLibrary(ClassifiersPage.render(SampleClassifiers.report()));
  }

  @Test
  void systemsStandSideBySideClassByClass() {
    String classes = html.substring(html.indexOf("Scores by class"));
    assertThat(classes.replaceAll("<[^>]+>", " "))
        .containsSubsequence("any", "linear SVM", "any", "random forest", "epidural", "linear SVM");
    assertThat(html).contains("ROC curves, linear SVM", "ROC curves, random forest");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(html)
        .contains("No figures for the network&#39;s own head: run evaluate-model")
        .contains("Left out: epidural, one patient &lt;i&gt;shows&lt;/i&gt; it.")
        .doesNotContain("<i>shows", "19 <b>");
  }

  @Test
  void theParametersThatWereTakenStandOut() {
    String parameters = html.substring(html.indexOf("Parameters that were tried"));
    assertThat(parameters).contains("regParam 0.1", "0.9200");
    assertThat(html).contains("Sage &amp; Badura");
  }
}
