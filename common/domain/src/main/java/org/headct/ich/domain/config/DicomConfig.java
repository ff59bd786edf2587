package org.headct.ich.domain.config;

import java.util.List;

/**
 * Settings of {@code audit-dicom}.
 *
 * @param input DICOM dumps: directories, globs, archives, files or URIs; not empty
 * @param reader the {@code DicomReader} that decodes
 * @param splitBytes bytes that one task reads
 * @param depth the part of each object that is read
 * @param maxRejectRatio the largest fraction of the objects that may be damaged, 0 to 1
 */
public record DicomConfig(
    List<String> input, Reader reader, long splitBytes, Depth depth, double maxRejectRatio) {

  /** The DICOM readers. A build may lack {@code DCM4CHE}. */
  public enum Reader {
    /** The project's own reader, part of every build. */
    BUILTIN,
    /** The dcm4che reader, only in builds with the Maven profile {@code dcm4che}. */
    DCM4CHE
  }

  /** The part of an object that the audit reads. */
  public enum Depth {
    /** Only the header: a ranged read of a few kilobytes. */
    HEADER,
    /** The whole object; its pixels are decoded. */
    PIXELS
  }

  /** Returns a copy that reads only headers, with another reader. The caller reads pixels later. */
  public DicomConfig headersBy(Reader other) {
    return new DicomConfig(input, other, splitBytes, Depth.HEADER, maxRejectRatio);
  }

  /** Returns the reader of the settings, for jobs that read objects again. */
  public static Reader reader(Settings settings) {
    return settings.choice("dicom.reader", Reader.class);
  }

  public static DicomConfig from(Settings settings) {
    return new DicomConfig(
        settings.requiredTexts("dicom.input"),
        reader(settings),
        settings.bytes("dicom.split-bytes", 1L << 20, 1L << 32),
        settings.choice("audit.depth", Depth.class),
        settings.number("max-reject-ratio", 0, 1));
  }
}
