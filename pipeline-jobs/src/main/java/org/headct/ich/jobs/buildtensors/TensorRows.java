package org.headct.ich.jobs.buildtensors;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.common.config.TensorsConfig;
import org.headct.ich.common.ct.Rescale;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.common.ct.TensorBuilder;
import org.headct.ich.common.dicom.DicomDefectException;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.DicomReader;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.sample.StableHash;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SlicesTable.Location;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.jspecify.annotations.Nullable;

/** Builds the tensors of one task, one after the other, with buffers that are used again. */
final class TensorRows {
  private final SourceReader source;
  private final DicomReader reader;
  private final TensorBuilder builder;
  private final String windows;
  private final Rejections rejections;

  TensorRows(Configuration hadoop, String readerName, TensorsConfig config, Rejections rejections) {
    source = SourceReader.ofTask(hadoop);
    reader = DicomReaders.named(readerName);
    builder = new TensorBuilder(config.spec());
    windows = config.windowsText();
    this.rejections = rejections;
  }

  /** All that a tensor is made of; no pixels, so that it may be shuffled. */
  record Task(Selection selection, Slice slice, ImageLabels labels) implements Serializable {
    /**
     * Dataset and split stand together, inside in a seeded random order: a row group is a sample.
     */
    String order(long seed) {
      return "%s/%s/%016x"
          .formatted(
              selection.dataset(), selection.split(), StableHash.of(seed, selection.imageId()));
    }
  }

  /**
   * Parquet settings under which a row group holds the configured number of rows. The writer looks
   * at the bytes every so many rows, after compression: a target of one byte ends the row group at
   * the first look, however well the pixels compress.
   */
  static Map<String, String> parquetProperties(TensorsConfig config) {
    String rows = Integer.toString(config.rowGroupRows());
    return Map.of(
        "write.parquet.row-group-size-bytes", "1",
        "write.parquet.row-group-check-min-record-count", rows,
        "write.parquet.row-group-check-max-record-count", rows);
  }

  /** One at a time; a task whose object gives no tensor is told to the rejections instead. */
  Iterator<Tensor> build(Iterator<Task> tasks) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(tasks, Spliterator.ORDERED), false)
        .flatMap(task -> tensor(task).stream())
        .iterator();
  }

  private Optional<Tensor> tensor(Task task) {
    Location l = task.slice().location();
    int frame = task.slice().frame();
    SourceObject object =
        new SourceObject(
            l.uri(), l.member(), l.offset(), l.storedBytes(), l.sizeBytes(), l.deflated());
    try {
      byte[] bytes = source.read(object);
      DicomHeader header = reader.header(bytes);
      if (frame >= header.frames()) {
        String detail =
            "frame %d was audited, there are %d now: run audit-dicom again"
                .formatted(frame, header.frames());
        return rejected(task, object, SliceReason.BAD_HEADER, detail);
      }
      byte[] pixels =
          builder.build(Rescale.apply(reader.pixels(bytes, header, frame), header).image());
      int size = builder.spec().size();
      return Optional.of(
          new Tensor(
              task.selection(),
              task.labels(),
              builder.spec().channels(),
              size,
              size,
              windows,
              pixels));
    } catch (IOException e) {
      // A fault of the storage, which a retry may cure: it says nothing about the object.
      throw new UncheckedIOException("cannot read " + object.display(), e);
    } catch (DicomDefectException e) {
      return rejected(task, object, SliceReason.valueOf(e.defect().name()), e.getMessage());
    } catch (DamagedMemberException e) {
      return rejected(task, object, SliceReason.DAMAGED_MEMBER, e.getMessage());
    }
  }

  private Optional<Tensor> rejected(
      Task task, SourceObject object, SliceReason reason, @Nullable String detail) {
    rejections.tell(task.selection(), object.display(), reason, String.valueOf(detail));
    return Optional.empty();
  }
}
