package org.headct.ich.domain.ct;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.PublicTerms;
import org.headct.ich.domain.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one object: gives its slices with notes, or the reason for its rejection. Not
 * thread-safe; use one for each task.
 */
public final class SliceAudit {
  /**
   * The version of the rules. Increase it whenever the same object would give other slices or
   * notes. Objects that were audited under another version are audited again.
   */
  public static final int VERSION = 2;

  private final DicomReader reader;
  private final Pseudonyms pseudonyms;

  public SliceAudit(DicomReader reader, Pseudonyms pseudonyms) {
    this.reader = reader;
    this.pseudonyms = pseudonyms;
  }

  /** A reason with a detail, which holds no patient data. */
  public record Note(SliceReason reason, String detail) {}

  /**
   * One frame of an object.
   *
   * @param imageId unique pseudonym; frames after the first end in {@code -f<frame>}
   * @param frame number of the frame, from 0
   * @param header header of the object; its ids are raw, use those of {@link Audited}
   * @param content content of the pixels, or null if they were not read
   * @param repairs repairs that the bytes read so far call for
   */
  public record AuditedSlice(
      String imageId,
      int frame,
      DicomHeader header,
      @Nullable SliceContent content,
      List<Repair> repairs) {}

  /**
   * The result of an audit.
   *
   * @param rejected reason for the rejection, or null if the object has slices
   * @param patientId pseudonym of the patient, see {@link SliceIds}
   * @param studyId pseudonym of the study, or blank
   * @param seriesId pseudonym of the series, or blank
   * @param slices slices of the object, one for each frame
   * @param notes findings about the object
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
   * Audits a whole object and decodes its pixels.
   *
   * @param object all bytes of the object
   * @param fileStem name of its file without folder and extension
   */
  public Audited audit(byte[] object, String fileStem) {
    try {
      DicomHeader header = reader.header(object);
      if (!header.isCt()) {
        return notCt(header);
      }
      List<Note> notes = new ArrayList<>();
      String imageId = imageId(header, fileStem, object, notes);
      List<AuditedSlice> slices = new ArrayList<>();
      DicomReader.Frames frames = reader.frames(object, header);
      String doubt = null;
      for (int frame = 0; frame < header.frames(); frame++) {
        StoredPixels stored = frames.frame(frame);
        Rescaled rescaled = Rescale.apply(stored, header);
        doubt = doubt == null ? HuCheck.doubt(rescaled) : doubt;
        slices.add(
            slice(
                header,
                imageId,
                frame,
                SliceContent.of(stored, rescaled.image()),
                rescaled.repairs()));
      }
      if (doubt != null) {
        notes.add(HeaderNotes.suspectHu(header, doubt));
      }
      return accepted(header, slices, notes);
    } catch (DicomDefectException e) {
      return rejected(e);
    }
  }

  /**
   * Audits an object by its header, without decoding. It still checks that pixels exist, are long
   * enough, and have a form that the reader decodes. An object without a SOP Instance UID is needed
   * whole, because its bytes are its identity.
   *
   * @param start first bytes of the object, or all of them
   * @param objectBytes length of the object in bytes
   * @param fileStem name of its file without folder and extension
   * @return the audit, or empty if it needs more bytes; never empty if {@code start} is all
   */
  public Optional<Audited> auditStart(byte[] start, long objectBytes, String fileStem) {
    try {
      Optional<DicomStart> found = reader.start(start, objectBytes);
      if (start.length < objectBytes
          && found.filter(s -> isIdentifiedByContent(s, fileStem)).isPresent()) {
        return Optional.empty();
      }
      return found.map(s -> audit(s, fileStem, start));
    } catch (DicomDefectException e) {
      return Optional.of(rejected(e));
    }
  }

  /** Returns whether a usable slice has no other identity than all of its bytes. */
  private static boolean isIdentifiedByContent(DicomStart start, String fileStem) {
    return start.header().isCt()
        && start.unreadable() == null
        && start.header().sopInstanceUid().isEmpty()
        && !Pseudonyms.isImagePseudonym(fileStem);
  }

  private Audited audit(DicomStart start, String fileStem, byte[] object) {
    DicomHeader header = start.header();
    if (!header.isCt()) {
      return notCt(header);
    }
    if (start.unreadable() != null) {
      return rejected(start.unreadable());
    }
    List<Note> notes = new ArrayList<>();
    String imageId = imageId(header, fileStem, object, notes);
    Set<Repair> repairs = Rescale.foreseen(header);
    List<AuditedSlice> slices = new ArrayList<>();
    for (int frame = 0; frame < header.frames(); frame++) {
      slices.add(slice(header, imageId, frame, null, repairs));
    }
    return accepted(header, slices, notes);
  }

  private static Audited notCt(DicomHeader header) {
    return Audited.rejected(
        SliceReason.NOT_CT,
        "modality %s, SOP class %s"
            .formatted(
                PublicTerms.modality(header.modality()), PublicTerms.uid(header.sopClassUid())));
  }

  private static Audited rejected(DicomDefectException e) {
    DicomHeader header = e.header();
    if (header != null && header.isOther()) {
      return notCt(header);
    }
    return Audited.rejected(SliceReason.valueOf(e.defect().name()), String.valueOf(e.getMessage()));
  }

  private Audited accepted(DicomHeader header, List<AuditedSlice> slices, List<Note> notes) {
    HeaderNotes.add(header, slices, notes);
    SliceIds ids = SliceIds.of(header, slices.get(0).imageId(), pseudonyms);
    if (ids.note() != null) {
      notes.add(ids.note());
    }
    return new Audited(null, ids.patientId(), ids.studyId(), ids.seriesId(), slices, notes);
  }

  private static AuditedSlice slice(
      DicomHeader header,
      String imageId,
      int frame,
      @Nullable SliceContent content,
      Set<Repair> repairs) {
    return new AuditedSlice(
        frame == 0 ? imageId : imageId + "-f" + frame,
        frame,
        header,
        content,
        List.copyOf(repairs));
  }

  /**
   * Returns RSNA's id if the object or its file has one, else the pseudonym of its UID. An object
   * without a UID is identified by a hash of its bytes. Its name would not do: names such as IM0001
   * repeat in each folder. A path would not survive a move of the dump. The hash is the same after
   * a move, in an archive and at any depth of the audit, and only exact copies share it.
   *
   * @param object all bytes of the object, if it has no UID
   */
  private String imageId(DicomHeader header, String fileStem, byte[] object, List<Note> notes) {
    String uid = header.sopInstanceUid();
    boolean uidIsPseudonym = Pseudonyms.isImagePseudonym(uid);
    boolean stemIsPseudonym = Pseudonyms.isImagePseudonym(fileStem);
    if (uidIsPseudonym && stemIsPseudonym && !uid.equals(fileStem)) {
      notes.add(new Note(SliceReason.NAME_MISMATCH, "the SOP Instance UID is " + uid));
    }
    if (!uidIsPseudonym && stemIsPseudonym) {
      return fileStem;
    }
    return pseudonyms.of(uid.isEmpty() ? "sha256:" + sha256(object) : uid);
  }

  /** Returns the SHA-256 of some bytes in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
