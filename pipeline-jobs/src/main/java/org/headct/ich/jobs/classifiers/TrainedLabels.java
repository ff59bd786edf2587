package org.headct.ich.jobs.classifiers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.headct.ich.domain.label.Subtype;

/**
 * The labels that classifiers were trained for, in the order of the head.
 *
 * @param labels infos of the classifiers, by label and kind
 * @param leftOut other labels of the head, each with the reason
 */
record TrainedLabels(
    Map<Subtype, Map<Classifier, ClassifierInfo>> labels, Map<String, String> leftOut) {

  /** Returns the infos of one kind of classifier, by label. */
  Map<Subtype, ClassifierInfo> of(Classifier classifier) {
    Map<Subtype, ClassifierInfo> infos = new LinkedHashMap<>();
    labels.forEach((label, all) -> infos.put(label, Objects.requireNonNull(all.get(classifier))));
    return infos;
  }

  /** Loads the saved classifiers of one kind, so that the evaluation uses what others will load. */
  Map<Subtype, TrainedClassifier> load(ClassifierStore store, Classifier classifier) {
    Map<Subtype, TrainedClassifier> loaded = new LinkedHashMap<>();
    of(classifier)
        .forEach(
            (label, info) ->
                loaded.put(
                    label, new TrainedClassifier(store.load(classifier, label), info.scale())));
    return loaded;
  }
}
