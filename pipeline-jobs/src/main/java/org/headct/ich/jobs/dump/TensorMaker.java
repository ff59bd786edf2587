package org.headct.ich.jobs.dump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.ct.fast.TensorStack;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.jspecify.annotations.Nullable;

/**
 * From objects to tensors in a Spark task, one after the other, with buffers that are used again.
 * The one way there is, for what is trained on and for what is scored.
 */
public final class TensorMaker {
  private final SourceReader source;
  private final DicomReader reader;
  private final TensorStack stack;
  private final LongAccumulator bytesRead;
  private short[] stored = {};

  /**
   * @param readerName as {@link DicomReaders#configured} says
   * @param bytesRead is told how many bytes of objects were read
   */
  public TensorMaker(
      Configuration hadoop, String readerName, TensorRecipe recipe, LongAccumulator bytesRead) {
    source = SourceReader.ofTask(hadoop);
    reader = DicomReaders.named(readerName);
    stack = new TensorStack(recipe);
    this.bytesRead = bytesRead;
  }

  /**
   * The tensor as it is stored, C×H×W row-major; valid until the next.
   *
   * @param slices as many as the recipe shows
   * @param moments to standardise by, or null to leave the numbers as they are
   * @throws NoTensorException if an object gives no pixels
   * @throws UncheckedIOException a fault of the storage, which a retry may cure
   */
  public byte[] stored(List<SliceObject> slices, @Nullable Standardisation moments)
      throws NoTensorException {
    put(slices);
    return stack.stored(moments);
  }

  /** The numbers before they are standardised, of recipes that are not quantised; as above. */
  public float[] floats(List<SliceObject> slices) throws NoTensorException {
    put(slices);
    return stack.floats();
  }

  private void put(List<SliceObject> slices) throws NoTensorException {
    for (int place = 0; place < slices.size(); place++) {
      // Two neighbours are the same only at an end of the series.
      if (place > 0 && slices.get(place).imageId().equals(slices.get(place - 1).imageId())) {
        stack.repeat(place - 1, place);
      } else {
        put(slices.get(place), place);
      }
    }
  }

  private void put(SliceObject slice, int place) throws NoTensorException {
    try {
      byte[] bytes = source.read(slice.object());
      bytesRead.add(bytes.length);
      DicomHeader header = reader.header(bytes);
      if (slice.frame() >= header.frames()) {
        throw new NoTensorException(
            slice,
            SliceReason.BAD_HEADER,
            "frame %d was audited, there are %d now: run audit-dicom again"
                .formatted(slice.frame(), header.frames()));
      }
      StoredPixels pixels = reader.pixels(bytes, header, slice.frame(), stored);
      stored = pixels.values();
      stack.put(place, pixels, header);
    } catch (IOException e) {
      // A fault of the storage, which a retry may cure: it says nothing about the object.
      throw new UncheckedIOException("cannot read " + slice.object().display(), e);
    } catch (DicomDefectException e) {
      throw new NoTensorException(
          slice, SliceReason.valueOf(e.defect().name()), String.valueOf(e.getMessage()));
    } catch (DamagedMemberException e) {
      throw new NoTensorException(
          slice, SliceReason.DAMAGED_MEMBER, String.valueOf(e.getMessage()));
    }
  }
}
