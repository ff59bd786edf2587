package org.headct.ich.jobs.auditdicom;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.common.ct.Repair;
import org.headct.ich.common.ct.SliceAudit;
import org.headct.ich.common.ct.SliceAudit.Audited;
import org.headct.ich.common.ct.SliceAudit.AuditedSlice;
import org.headct.ich.common.ct.SliceAudit.Note;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.Pseudonyms;
import org.headct.ich.common.dicom.PublicTerms;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/** The audit of a task's share of the objects, as rows. */
final class ObjectAuditor {
  private static final String JOB = "audit-dicom";

  private ObjectAuditor() {}

  /**
   * What became of one object.
   *
   * @param identified whether its ids were real ones, which had to be hashed
   */
  record Result(
      SourceObject object,
      List<Slice> slices,
      List<SliceFindingsTable.Entry> findings,
      boolean identified)
      implements Serializable {
    static Result rejected(SourceObject object, SliceFindingsTable.Entry finding) {
      return new Result(object, List.of(), List.of(finding), false);
    }

    boolean rejected() {
      return slices.isEmpty();
    }
  }

  static Iterator<Result> audit(
      Configuration hadoop, String readerName, String key, List<SourceObject> objects)
      throws IOException {
    SliceAudit audit = new SliceAudit(DicomReaders.named(readerName), new Pseudonyms(key));
    List<Result> results = new ArrayList<>(objects.size());
    try (SourceReader source = new SourceReader(hadoop)) {
      for (SourceObject object : objects) {
        results.add(audit(audit, source, object));
      }
    }
    return results.iterator();
  }

  private static Result audit(SliceAudit audit, SourceReader source, SourceObject object)
      throws IOException {
    byte[] bytes;
    try {
      bytes = source.read(object);
    } catch (DamagedMemberException e) {
      String detail = String.valueOf(e.getMessage());
      return Result.rejected(object, finding(object, "", SliceReason.DAMAGED_MEMBER, true, detail));
    }
    Audited audited = audit.audit(bytes, object.stem());
    Note rejected = audited.rejected();
    if (rejected != null) {
      String imageId = Pseudonyms.isImagePseudonym(object.stem()) ? object.stem() : "";
      return Result.rejected(
          object, finding(object, imageId, rejected.reason(), true, rejected.detail()));
    }
    String contentHash = SliceAudit.sha256(bytes);
    List<Slice> slices =
        audited.slices().stream().map(s -> slice(object, audited, s, contentHash)).toList();
    String imageId = slices.get(0).imageId();
    List<SliceFindingsTable.Entry> notes =
        audited.notes().stream()
            .map(n -> finding(object, imageId, n.reason(), false, n.detail()))
            .toList();
    String rawId = audited.slices().get(0).header().patientId();
    return new Result(object, slices, notes, !rawId.equals(audited.patientId()));
  }

  static SliceFindingsTable.Entry finding(
      SourceObject object, String imageId, SliceReason reason, boolean rejected, String detail) {
    return finding(object.display(), imageId, reason, rejected, detail);
  }

  static SliceFindingsTable.Entry finding(
      String object, String imageId, SliceReason reason, boolean rejected, String detail) {
    return new SliceFindingsTable.Entry(JOB, object, reason.name(), rejected, imageId, detail);
  }

  private static Slice slice(
      SourceObject object, Audited audited, AuditedSlice s, String contentHash) {
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
            object.deflated()),
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
        PublicTerms.scanner(h),
        PublicTerms.implementation(h),
        new SlicesTable.Content(
            contentHash,
            s.pixelHash(),
            s.minHu(),
            s.maxHu(),
            s.repairs().stream().map(Repair::name).toList()));
  }

  private static List<Double> list(double @Nullable [] values) {
    return values == null ? List.of() : Arrays.stream(values).boxed().toList();
  }
}
