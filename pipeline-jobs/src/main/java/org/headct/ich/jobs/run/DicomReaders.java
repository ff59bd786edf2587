package org.headct.ich.jobs.run;

import org.headct.ich.common.config.DicomConfig;
import org.headct.ich.common.config.Settings;
import org.headct.ich.common.dicom.BuiltinDicomReader;
import org.headct.ich.common.dicom.DicomReader;

/** The readers that {@code dicom.reader} names; made on the executor that uses them. */
public final class DicomReaders {
  private DicomReaders() {}

  /** A new reader of that name. */
  public static DicomReader named(String name) {
    for (DicomConfig.Reader reader : DicomConfig.Reader.values()) {
      if (Settings.kebab(reader).equals(name)) {
        return switch (reader) {
          case BUILTIN -> new BuiltinDicomReader();
        };
      }
    }
    throw new IllegalArgumentException("no DICOM reader is named " + name);
  }
}
