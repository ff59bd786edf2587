package org.headct.ich.jobs.audit;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.domain.ct.Repair;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.domain.ct.SliceAudit.Audited;
import org.headct.ich.domain.ct.SliceAudit.AuditedSlice;
import org.headct.ich.domain.ct.SliceAudit.Note;
import org.headct.ich.domain.ct.SliceContent;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.ForeignFiles;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.PublicTerms;
import org.headct.ich.domain.series.Contrast;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.Kernel;
import org.headct.ich.domain.series.SeriesFolder;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Content;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/** Audit of a task's share of the objects. */
final class ObjectAuditor {
  private static final String JOB = "audit-dicom";

  /**
   * Number of bytes read first for the header. RSNA's headers end after two kilobytes, those of
   * most scanners after ten. For a longer header the read is repeated with eight times the length,
   * up to the limit. After that the whole object is read.
   */
  static final int START_BYTES = 16 << 10;

  private static final int MAX_START_BYTES = 1 << 20;

  private final SourceReader source;
  private final SliceAudit audit;
  private final Depth depth;

  private ObjectAuditor(SourceReader source, SliceAudit audit, Depth depth) {
    this.source = source;
    this.audit = audit;
    this.depth = depth;
  }

  /**
   * Result of the audit of one object.
   *
   * @param bytesRead the number of bytes read
   * @param identified whether the object had real ids, which were hashed
   */
  record Result(
      SourceObject object,
      List<Slice> slices,
      List<SliceFindingsTable.Entry> findings,
      long bytesRead,
      boolean identified)
      implements Serializable {
    boolean rejected() {
      return slices.isEmpty();
    }
  }

  /**
   * Audited object with the cost of reading it.
   *
   * @param rejected the reason for its rejection, or null if it has slices
   * @param contentHash the hash of all bytes of the object, or null if they were not read
   */
  private record Seen(
      Audited audited, @Nullable Note rejected, @Nullable String contentHash, long bytesRead) {

    /**
     * @param bytes the bytes that were read of the object, at least the first ones
     */
    static Seen of(
        SourceObject object,
        Audited audited,
        byte[] bytes,
        @Nullable String contentHash,
        long bytesRead) {
      Note note = audited.rejected();
      if (note != null
          && note.reason() == SliceReason.NOT_DICOM
          && ForeignFiles.isForeign(object.fileName(), bytes)) {
        note = new Note(SliceReason.OTHER_FILE, note.detail());
      }
      return new Seen(audited, note, contentHash, bytesRead);
    }
  }

  /** Audits objects one by one, when the iterator asks for them. Called in a Spark task. */
  static Iterator<Result> audit(
      Configuration hadoop,
      String readerName,
      String key,
      Depth depth,
      List<SourceObject> objects) {
    ObjectAuditor auditor =
        new ObjectAuditor(
            SourceReader.ofTask(hadoop),
            new SliceAudit(DicomReaders.named(readerName), new Pseudonyms(key)),
            depth);
    return objects.stream().map(auditor::audit).iterator();
  }

  private Result audit(SourceObject object) {
    try {
      return result(object, depth == Depth.PIXELS ? whole(object) : start(object));
    } catch (DamagedMemberException e) {
      String detail = String.valueOf(e.getMessage());
      return rejected(object, finding(object, "", e.reason(), true, detail), 0);
    } catch (IOException e) {
      // The storage failed, not the object: the task fails and is tried again.
      throw new UncheckedIOException("cannot read " + object.display(), e);
    }
  }

  private Seen whole(SourceObject object) throws IOException, DamagedMemberException {
    byte[] bytes = source.read(object);
    Audited audited = audit.audit(bytes, object.stem());
    String hash = audited.rejected() == null ? SliceAudit.sha256(bytes) : null;
    return Seen.of(object, audited, bytes, hash, object.sizeBytes());
  }

  private Seen start(SourceObject object) throws IOException, DamagedMemberException {
    long read = 0;
    for (int most = START_BYTES; most <= MAX_START_BYTES && most < object.sizeBytes(); most *= 8) {
      byte[] start = source.start(object, most);
      if (SourceReader.isCompressed(start)) {
        break;
      }
      read += start.length;
      Optional<Audited> audited = audit.auditStart(start, object.sizeBytes(), object.stem());
      if (audited.isPresent()) {
        return Seen.of(object, audited.get(), start, null, read);
      }
    }
    byte[] bytes = source.read(object);
    Audited audited = audit.auditStart(bytes, bytes.length, object.stem()).orElseThrow();
    return Seen.of(object, audited, bytes, null, read + object.sizeBytes());
  }

  private static Result result(SourceObject object, Seen seen) {
    Audited audited = seen.audited();
    Note rejected = seen.rejected();
    if (rejected != null) {
      String imageId = Pseudonyms.isImagePseudonym(object.stem()) ? object.stem() : "";
      return rejected(
          object,
          finding(object, imageId, rejected.reason(), true, rejected.detail()),
          seen.bytesRead());
    }
    List<Slice> slices =
        audited.slices().stream().map(s -> slice(object, audited, s, seen.contentHash())).toList();
    String imageId = slices.get(0).imageId();
    List<SliceFindingsTable.Entry> notes =
        audited.notes().stream()
            .map(n -> finding(object, imageId, n.reason(), false, n.detail()))
            .toList();
    String rawId = audited.slices().get(0).header().patientId();
    boolean identified = !rawId.isEmpty() && !rawId.equals(audited.patientId());
    return new Result(object, slices, notes, seen.bytesRead(), identified);
  }

  private static Result rejected(
      SourceObject object, SliceFindingsTable.Entry finding, long bytesRead) {
    return new Result(object, List.of(), List.of(finding), bytesRead, false);
  }

  private static SliceFindingsTable.Entry finding(
      SourceObject object, String imageId, SliceReason reason, boolean rejected, String detail) {
    return new SliceFindingsTable.Entry(
        JOB, object.display(), reason.name(), rejected, imageId, detail);
  }

  private static Slice slice(
      SourceObject object, Audited audited, AuditedSlice s, @Nullable String contentHash) {
    DicomHeader h = s.header();
    return new Slice(
        s.imageId(),
        s.frame(),
        new SlicesTable.Location(
            object.uri(),
            object.member(),
            object.offset(),
            object.storedBytes(),
            object.sizeBytes(),
            object.deflated(),
            object.version()),
        new SlicesTable.Identity(
            audited.patientId(), audited.studyId(), audited.seriesId(), h.instanceNumber()),
        new SlicesTable.Geometry(
            list(h.imagePositionMm()),
            list(h.imageOrientation()),
            list(h.pixelSpacingMm()),
            h.sliceThicknessMm()),
        new SlicesTable.PixelDescription(
            PublicTerms.uid(h.transferSyntaxUid()),
            PublicTerms.photometricInterpretation(h.photometricInterpretation()),
            h.rows(),
            h.columns(),
            h.bitsStored(),
            h.signed(),
            h.rescaleSlope(),
            h.rescaleIntercept(),
            h.pixelPaddingValue(),
            h.windowCenters(),
            h.windowWidths()),
        description(object, h),
        PublicTerms.scanner(h),
        PublicTerms.implementation(h),
        content(s, contentHash));
  }

  private static SlicesTable.Description description(SourceObject object, DicomHeader header) {
    String folder = SeriesFolder.of(object.display());
    return new SlicesTable.Description(
        ImageKind.of(header),
        Kernel.of(header, folder),
        Contrast.of(header, folder),
        header.acquisition().sliceLocationMm());
  }

  private static Content content(AuditedSlice s, @Nullable String contentHash) {
    List<String> repairs = s.repairs().stream().map(Repair::name).toList();
    SliceContent content = s.content();
    return content == null
        ? Content.unread(repairs)
        : new Content(
            contentHash,
            content.pixelHash(),
            content.minHu(),
            content.maxHu(),
            content.brainShare(),
            repairs);
  }

  private static List<Double> list(double @Nullable [] values) {
    return values == null ? List.of() : Arrays.stream(values).boxed().toList();
  }
}
