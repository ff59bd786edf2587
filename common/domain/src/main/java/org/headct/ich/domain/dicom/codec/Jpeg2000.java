package org.headct.ich.domain.dicom.codec;

/**
 * JPEG 2000 support of this build. The Maven profile {@code jpeg2000} adds the decoder. It is not
 * in the default build, because the JJ2000 licence grants nothing to products that do not conform
 * to that standard.
 */
public final class Jpeg2000 {
  private static final String DECODER = "com.github.jaiimageio.jpeg2000.impl.J2KImageReader";
  private static final boolean PRESENT = isThere();

  private Jpeg2000() {}

  /** Returns whether the decoder is on the classpath. */
  public static boolean isPresent() {
    return PRESENT;
  }

  private static boolean isThere() {
    try {
      Class.forName(DECODER, false, Jpeg2000.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
