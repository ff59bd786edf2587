package org.headct.ich.jobs.classifiers;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.file.AtomicFiles;
import org.headct.ich.jobs.file.Json;

/**
 * The classifiers of a run.
 *
 * <pre>
 * classifiers/svm/any        model as MLlib writes it
 * classifiers/svm/any.json   {@link ClassifierInfo}
 * </pre>
 *
 * <p>MLlib writes a model file by file, so the JSON is the commit. It is deleted before a model is
 * written, and written when the model is complete. A model without JSON is of a run that was
 * killed.
 */
final class ClassifierStore {
  private final Configuration conf;
  private final Path directory;

  /**
   * Opens the store of a run.
   *
   * @param run directory of the run
   */
  ClassifierStore(Configuration conf, Path run) {
    this.conf = conf;
    this.directory = new Path(run, "classifiers");
  }

  String path() {
    return directory.toString();
  }

  /** Finds a saved classifier that is complete and has the same input and settings. */
  Optional<ClassifierInfo> find(Classifier classifier, Subtype label, ClassifierInfo.Asked asked)
      throws IOException {
    Path file = info(classifier, label);
    FileSystem fs = file.getFileSystem(conf);
    if (!fs.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = fs.open(file)) {
      ObjectReader reader = Json.MAPPER.readerFor(ClassifierInfo.class);
      ClassifierInfo info = reader.readValue(in);
      return Optional.of(info).filter(found -> found.asked().equals(asked));
    }
  }

  /** Saves a classifier and replaces an earlier one. */
  void save(Classifier classifier, Subtype label, MLWritable model, ClassifierInfo info)
      throws IOException {
    Path file = info(classifier, label);
    file.getFileSystem(conf).delete(file, false);
    model.write().overwrite().save(model(classifier, label));
    AtomicFiles.write(
        conf,
        file,
        out -> out.write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(info)));
  }

  Model<?> load(Classifier classifier, Subtype label) {
    return classifier.load(model(classifier, label));
  }

  private String model(Classifier classifier, Subtype label) {
    return new Path(new Path(directory, classifier.key()), label.column()).toString();
  }

  private Path info(Classifier classifier, Subtype label) {
    return new Path(new Path(directory, classifier.key()), label.column() + ".json");
  }
}
