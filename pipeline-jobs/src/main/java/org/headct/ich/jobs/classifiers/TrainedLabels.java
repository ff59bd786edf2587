package org.headct.ich.jobs.classifiers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.headct.ich.domain.label.Subtype;

/**
 * The labels that classifiers were trained for, in the order of the head.
 *
 * @param labels what was found out of each kind of classifier
 * @param leftOut the other labels of the head, and why
 */
record TrainedLabels(
    Map<Subtype, Map<Classifier, ClassifierInfo>> labels, Map<String, String> leftOut) {

  /** The classifiers of one kind, by label. */
  Map<Subtype, ClassifierInfo> of(Classifier classifier) {
    Map<Subtype, ClassifierInfo> infos = new LinkedHashMap<>();
    labels.forEach((label, all) -> infos.put(label, Objects.requireNonNull(all.get(classifier))));
    return infos;
  }

  /** The same as they are saved, so that what is evaluated is what others will load. */
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
