package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.ClassifiersReport.Choice;
import org.headct.ich.pages.ClassifiersReport.Chosen;
import org.headct.ich.pages.ClassifiersReport.Classified;

/** Two classifiers on the features of the sample evaluation; every figure is invented. */
final class SampleClassifiers {
  private SampleClassifiers() {}

  static ClassifiersReport report() {
    EvaluationReport evaluation = SampleReports.evaluation();
    List<Choice> choices = new ArrayList<>();
    for (String name : SampleReports.CLASSES) {
      choices.add(new Choice("linear SVM", name, "regParam 0.01", 5, 0.91, Chosen.NO, "19 <b>"));
      choices.add(new Choice("linear SVM", name, "regParam 0.1", 5, 0.92, Chosen.YES, "19 <b>"));
    }
    return new ClassifiersReport(
        evaluation.run(),
        4096,
        new ClassifiersReport.Images(78_116, 19_529),
        DataOrigin.PHANTOMS,
        List.of(
            new Classified("network's own head", QueryResult.none(), QueryResult.none()),
            new Classified("linear SVM", evaluation.classes(), evaluation.roc()),
            new Classified("random forest", evaluation.classes(), evaluation.roc())),
        new QueryResult<>("classifiers/*/*.json of the run", choices),
        List.of("epidural, one patient <i>shows</i> it"),
        PublishedResult.all());
  }
}
