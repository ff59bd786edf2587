package org.headct.ich.jobs.run;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.error.UserException;

/** The readers that {@code dicom.reader} names; made on the executor that uses them. */
public final class DicomReaders {
  private DicomReaders() {}

  /**
   * The name of the reader that is set, for {@link #named} on the executors.
   *
   * @throws UserException if this build is without it
   */
  public static String configured(Settings settings) {
    return named(Settings.kebab(DicomConfig.reader(settings))).name();
  }

  /**
   * A new reader of that name: the built-in one, or one that a profile's jar brings as a service.
   *
   * @throws UserException if this build is without it
   */
  public static DicomReader named(String name) {
    // Services come from where this class does: under Spark the thread's loader may know less.
    ServiceLoader<DicomReader> services =
        ServiceLoader.load(DicomReader.class, DicomReaders.class.getClassLoader());
    return Stream.concat(
            Stream.of(new BuiltinDicomReader()), services.stream().map(ServiceLoader.Provider::get))
        .filter(reader -> reader.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "dicom.reader = "
                        + name
                        + " is not in this build: build it with ./mvnw -P"
                        + name
                        + ",quick clean package, or set dicom.reader = builtin"));
  }
}
