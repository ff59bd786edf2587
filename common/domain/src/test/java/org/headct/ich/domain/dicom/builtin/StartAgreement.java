package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of a reader's answer for an object's first bytes with its answer for the whole object.
 * Both must agree, or the reader must ask for more bytes.
 */
final class StartAgreement {
  private static final Set<String> NATIVE =
      Set.of(
          "1.2.840.10008.1.2",
          "1.2.840.10008.1.2.1",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2.2");

  private final DicomReader reader;
  private final byte[] object;
  private @Nullable DicomHeader header;
  private @Nullable DicomDefect ofHeader;
  private @Nullable DicomDefect ofPixels;

  StartAgreement(DicomReader reader, byte[] object) {
    this.reader = reader;
    this.object = object;
    try {
      header = reader.header(object);
    } catch (DicomDefectException e) {
      ofHeader = e.defect();
      return;
    }
    try {
      Golden.frames(reader, object);
    } catch (DicomDefectException e) {
      ofPixels = e.defect();
    }
  }

  /**
   * Checks the first {@code bytes} of the object and returns whether they were enough to judge it.
   *
   * @throws AssertionError if the reader contradicts itself
   */
  boolean holdsFor(int bytes) {
    Optional<DicomStart> start;
    try {
      start = reader.start(Arrays.copyOf(object, bytes), object.length);
    } catch (DicomDefectException e) {
      assertThat(e.defect()).as("%d bytes", bytes).isEqualTo(ofHeader);
      return true;
    }
    if (start.isEmpty()) {
      assertThat(bytes).as("the whole is enough").isLessThan(object.length);
      return false;
    }
    DicomHeader found = start.get().header();
    assertThat(found).as("%d bytes", bytes).usingRecursiveComparison().isEqualTo(header);
    DicomDefectException unreadable = start.get().unreadable();
    if (unreadable != null) {
      assertThat(unreadable.defect()).as("%d bytes", bytes).isEqualTo(ofPixels);
    } else if (NATIVE.contains(found.transferSyntaxUid())) {
      assertThat(ofPixels).as("%d bytes of a native object", bytes).isNull();
    } else {
      assertThat(ofPixels).isNotIn(DicomDefect.NO_PIXELS, DicomDefect.UNSUPPORTED_SYNTAX);
    }
    return true;
  }
}
