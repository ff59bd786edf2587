package org.headct.ich.jobs.buildtensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.common.config.TensorsConfig;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.common.ct.Standardisation;
import org.headct.ich.common.ct.TensorRecipe;
import org.headct.ich.common.ct.TensorStack;
import org.headct.ich.common.dicom.DicomDefectException;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.DicomReader;
import org.headct.ich.common.dicom.StoredPixels;
import org.headct.ich.jobs.buildtensors.Task.SliceObject;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tensors of one dataset in a Spark task, one after the other, with buffers that are used
 * again.
 */
final class TensorMaker {
  private final SourceReader source;
  private final DicomReader reader;
  private final TensorsConfig config;
  private final TensorStack stack;
  private final Rejections rejections;
  private final LongAccumulator bytesRead;
  private final LongAccumulator built;
  private short[] stored = {};

  TensorMaker(
      Configuration hadoop,
      String readerName,
      TensorsConfig config,
      Rejections rejections,
      LongAccumulator bytesRead,
      LongAccumulator built) {
    source = SourceReader.ofTask(hadoop);
    reader = DicomReaders.named(readerName);
    this.config = config;
    stack = new TensorStack(config.recipe());
    this.rejections = rejections;
    this.bytesRead = bytesRead;
    this.built = built;
  }

  /** A row whose pixels are valid until the next; none if the objects give no tensor. */
  Optional<Tensor> tensor(Task task) {
    if (!put(task)) {
      return Optional.empty();
    }
    String moments = task.standardised();
    byte[] pixels = stack.stored(moments == null ? null : Standardisation.parse(moments));
    built.add(1);
    return Optional.of(
        new Tensor(task.place(), task.labels(), form(moments), task.origin(), pixels));
  }

  /** The numbers before they are standardised, valid until the next; none as above. */
  Optional<float[]> floats(Task task) {
    return put(task) ? Optional.of(stack.floats()) : Optional.empty();
  }

  private Form form(@Nullable String moments) {
    TensorRecipe recipe = config.recipe();
    int size = recipe.slice().size();
    return new Form(
        recipe.channels(),
        size,
        size,
        String.join(",", recipe.channelNames()),
        recipe.values().type(),
        moments,
        config.recipeText());
  }

  private boolean put(Task task) {
    List<SliceObject> slices = task.slices();
    for (int place = 0; place < slices.size(); place++) {
      // Two neighbours are the same only at an end of the series.
      if (place > 0 && slices.get(place).imageId().equals(slices.get(place - 1).imageId())) {
        stack.repeat(place - 1, place);
      } else if (!put(task, place)) {
        return false;
      }
    }
    return true;
  }

  private boolean put(Task task, int place) {
    SliceObject slice = task.slices().get(place);
    try {
      byte[] bytes = source.read(slice.object());
      bytesRead.add(bytes.length);
      DicomHeader header = reader.header(bytes);
      if (slice.frame() >= header.frames()) {
        return rejected(
            task,
            slice,
            SliceReason.BAD_HEADER,
            "frame %d was audited, there are %d now: run audit-dicom again"
                .formatted(slice.frame(), header.frames()));
      }
      StoredPixels pixels = reader.pixels(bytes, header, slice.frame(), stored);
      stored = pixels.values();
      stack.put(place, pixels, header);
      return true;
    } catch (IOException e) {
      // A fault of the storage, which a retry may cure: it says nothing about the object.
      throw new UncheckedIOException("cannot read " + slice.object().display(), e);
    } catch (DicomDefectException e) {
      return rejected(task, slice, SliceReason.valueOf(e.defect().name()), e.getMessage());
    } catch (DamagedMemberException e) {
      return rejected(task, slice, SliceReason.DAMAGED_MEMBER, e.getMessage());
    }
  }

  private boolean rejected(
      Task task, SliceObject slice, SliceReason reason, @Nullable String detail) {
    String what =
        slice.imageId().equals(task.place().imageId())
            ? String.valueOf(detail)
            : "the slice beside it, %s: %s".formatted(slice.imageId(), detail);
    rejections.tell(task.place(), slice.object().display(), reason, what);
    return false;
  }
}
