package org.headct.ich.jobs.run;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.error.UserException;

/** The readers that {@code dicom.reader} can name. Each executor makes its own. */
public final class DicomReaders {
  private DicomReaders() {}

  /**
   * Returns the name of the configured reader, for {@link #named} on the executors.
   *
   * @throws UserException if this build does not have the reader
   */
  public static String configured(Settings settings) {
    return named(Settings.kebab(DicomConfig.reader(settings))).name();
  }

  /**
   * Makes a reader of that name: the built-in one, or one that a profile's jar provides as a
   * service.
   *
   * @throws UserException if this build does not have the reader
   */
  public static DicomReader named(String name) {
    // Under Spark the thread's class loader may not see the services; this class's loader does.
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
