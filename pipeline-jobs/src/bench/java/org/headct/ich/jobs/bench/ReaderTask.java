package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * Tasks of one thread on one file. Each task after {@link #READ_ALL_BYTES} does more than the one
 * before.
 */
enum ReaderTask {
  /** Audit of the header, without reading more of the file. */
  START("the header alone") {
    @Override
    int on(byte[] start) {
      throw new IllegalStateException("needs the file");
    }

    @Override
    int on(Path file) throws IOException {
      byte[] start;
      try (InputStream in = Files.newInputStream(file)) {
        start = in.readNBytes(16 << 10);
      }
      return AUDITOR.auditStart(start, Files.size(file), "").orElseThrow().slices().size();
    }
  },
  /** Read of all bytes, the lower bound. */
  READ_ALL_BYTES("Files.readAllBytes") {
    @Override
    int on(byte[] object) {
      return object[object.length - 1];
    }
  },
  HEADER("and the header") {
    @Override
    int on(byte[] object) throws DicomDefectException {
      return READER.header(object).rows();
    }
  },
  DECODE("and stored values") {
    @Override
    int on(byte[] object) throws DicomDefectException {
      DicomHeader header = READER.header(object);
      StoredPixels pixels = READER.pixels(object, header, 0);
      return pixels.values()[pixels.values().length - 1];
    }
  },
  /** Full audit, with rescale, range and hash of the pixels. */
  AUDIT("and the audit of all") {
    @Override
    int on(byte[] object) {
      return AUDITOR.audit(object, "").slices().size();
    }
  };

  private static final DicomReader READER = new BuiltinDicomReader();
  private static final SliceAudit AUDITOR = new SliceAudit(READER, new Pseudonyms("bench"));

  private final String title;

  ReaderTask(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Does the task. Returns a part of the result, so that the compiler can't remove the work. */
  abstract int on(byte[] object) throws DicomDefectException;

  int on(Path file) throws IOException, DicomDefectException {
    return on(Files.readAllBytes(file));
  }
}
