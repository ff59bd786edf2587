package org.headct.ich.common.ct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.headct.ich.common.dicom.DicomDefectException;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.DicomReader;
import org.headct.ich.common.dicom.Pseudonyms;
import org.headct.ich.common.dicom.PublicTerms;
import org.headct.ich.common.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one object: either its slices with what is noteworthy about them, or the reason why
 * it has none. Not thread-safe: one for each task.
 */
public final class SliceAudit {
  private final DicomReader reader;
  private final Pseudonyms pseudonyms;

  public SliceAudit(DicomReader reader, Pseudonyms pseudonyms) {
    this.reader = reader;
    this.pseudonyms = pseudonyms;
  }

  /** A reason with its detail, which holds no patient's data. */
  public record Note(SliceReason reason, String detail) {}

  /**
   * One frame.
   *
   * @param imageId pseudonymous and unique; a further frame has {@code -f<frame>} after it
   * @param frame from 0
   * @param header of the object; its ids are raw, use those of {@link Audited}
   * @param pixelHash SHA-256 of rows, columns and the stored values
   * @param minHu least value after rescale and repairs
   * @param maxHu greatest value
   * @param repairs what reading put right
   */
  public record AuditedSlice(
      String imageId,
      int frame,
      DicomHeader header,
      String pixelHash,
      double minHu,
      double maxHu,
      List<Repair> repairs) {}

  /**
   * What became of an object.
   *
   * @param rejected why it has no slices, or null
   */
  public record Audited(
      @Nullable Note rejected,
      String patientId,
      String studyId,
      String seriesId,
      List<AuditedSlice> slices,
      List<Note> notes) {
    static Audited rejected(SliceReason reason, String detail) {
      return new Audited(new Note(reason, detail), "", "", "", List.of(), List.of());
    }
  }

  /**
   * Reads everything of an object.
   *
   * @param object all its bytes
   * @param fileStem name of its file without folder and extension
   */
  public Audited audit(byte[] object, String fileStem) {
    try {
      DicomHeader header = reader.header(object);
      if (!header.isCt()) {
        return Audited.rejected(
            SliceReason.NOT_CT,
            "modality %s, SOP class %s"
                .formatted(
                    PublicTerms.modality(header.modality()),
                    PublicTerms.uid(header.sopClassUid())));
      }
      List<Note> notes = new ArrayList<>();
      String imageId = imageId(header, fileStem, notes);
      List<AuditedSlice> slices = new ArrayList<>();
      DicomReader.Frames frames = reader.frames(object, header);
      for (int frame = 0; frame < header.frames(); frame++) {
        slices.add(slice(frames.frame(frame), header, imageId, frame));
      }
      noteHeader(header, slices, notes);
      return new Audited(
          null,
          pseudonyms.of(header.patientId()),
          pseudonyms.of(header.studyInstanceUid()),
          pseudonyms.of(header.seriesInstanceUid()),
          slices,
          notes);
    } catch (DicomDefectException e) {
      return Audited.rejected(
          SliceReason.valueOf(e.defect().name()), String.valueOf(e.getMessage()));
    }
  }

  private static AuditedSlice slice(
      StoredPixels stored, DicomHeader header, String imageId, int frame) {
    Rescaled rescaled = Rescale.apply(stored, header);
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float hu : rescaled.image().hu()) {
      // Never NaN, since slope and intercept are finite; Math.min would look for it at each pixel.
      min = hu < min ? hu : min;
      max = hu > max ? hu : max;
    }
    return new AuditedSlice(
        frame == 0 ? imageId : imageId + "-f" + frame,
        frame,
        header,
        pixelHash(stored),
        min,
        max,
        List.copyOf(rescaled.repairs()));
  }

  /** RSNA's id where the object or its file has one, else the pseudonym of its UID. */
  private String imageId(DicomHeader header, String fileStem, List<Note> notes) {
    String uid = header.sopInstanceUid();
    boolean uidIsPseudonym = Pseudonyms.isImagePseudonym(uid);
    boolean stemIsPseudonym = Pseudonyms.isImagePseudonym(fileStem);
    if (uidIsPseudonym && stemIsPseudonym && !uid.equals(fileStem)) {
      notes.add(new Note(SliceReason.NAME_MISMATCH, "the object says it is " + uid));
    }
    if (!uidIsPseudonym && stemIsPseudonym) {
      return fileStem;
    }
    return pseudonyms.of(uid.isEmpty() ? fileStem : uid);
  }

  private static void noteHeader(DicomHeader header, List<AuditedSlice> slices, List<Note> notes) {
    if (header.rescaleSlope() == null || header.rescaleIntercept() == null) {
      notes.add(new Note(SliceReason.NO_RESCALE, "slope 1 and intercept 0 were taken"));
    }
    if (header.imagePositionMm() == null || header.imageOrientation() == null) {
      notes.add(
          new Note(
              SliceReason.NO_GEOMETRY,
              header.imagePositionMm() == null ? "no position" : "no orientation"));
    }
    if (slices.stream().anyMatch(s -> s.repairs().contains(Repair.RSNA_WRAP))) {
      notes.add(
          new Note(
              SliceReason.SUSPECT_RESCALE,
              "12 bits unsigned with intercept %s: unwrapped"
                  .formatted(header.rescaleIntercept())));
    }
  }

  private static String pixelHash(StoredPixels pixels) {
    short[] values = pixels.values();
    ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(pixels.rows()).putInt(pixels.columns());
    bytes.asShortBuffer().put(values);
    return sha256(bytes.array());
  }

  /** SHA-256 of some bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
