package org.headct.ich.domain.config;

import java.util.List;

/**
 * Input and depth of {@code audit-dicom}.
 *
 * @param input dumps: directories, globs, archives, files, URIs; not empty
 * @param reader which {@code DicomReader} decodes
 * @param splitBytes bytes that one task reads
 * @param depth how much of each object is read
 * @param maxRejectRatio part of the objects that may be defective, 0 to 1
 */
public record DicomConfig(
    List<String> input, Reader reader, long splitBytes, Depth depth, double maxRejectRatio) {

  /** The readers there are; a build need not have them all. */
  public enum Reader {
    /** In every build. */
    BUILTIN,
    /** In builds with the Maven profile of that name. */
    DCM4CHE
  }

  /** How much of an object the audit reads. */
  public enum Depth {
    /** The header, by a ranged read: some kilobytes. */
    HEADER,
    /** Everything, and decodes it. */
    PIXELS
  }

  /** The same, by this reader and of headers alone, for who reads the pixels later. */
  public DicomConfig headersBy(Reader other) {
    return new DicomConfig(input, other, splitBytes, Depth.HEADER, maxRejectRatio);
  }

  /** Which reader decodes, for the stages that read objects again. */
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
