package org.headct.ich.jobs.classifiers;

import org.headct.ich.jobs.file.Json;
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

/**
 * The classifiers of a run.
 *
 * <pre>
 * classifiers/svm/any        as MLlib writes it
 * classifiers/svm/any.json   {@link ClassifierInfo}
 * </pre>
 *
 * <p>MLlib writes a model file by file, so the JSON is the commit: it goes before another model
 * comes, and comes when that is whole. A model without one is of a run that was killed.
 */
final class ClassifierStore {
  private final Configuration conf;
  private final Path directory;

  /**
   * @param run directory of the run
   */
  ClassifierStore(Configuration conf, Path run) {
    this.conf = conf;
    this.directory = new Path(run, "classifiers");
  }

  String path() {
    return directory.toString();
  }

  /** What is saved, if it is whole and of what is asked. */
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

  /** Saves in the place of what is there. */
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
