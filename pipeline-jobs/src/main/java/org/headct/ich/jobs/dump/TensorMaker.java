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
 * Maker of tensors from DICOM objects in a Spark task. It makes one tensor at a time, with reused
 * buffers. Training and scoring both use it.
 */
public final class TensorMaker {
  private final SourceReader source;
  private final DicomReader reader;
  private final TensorStack stack;
  private final LongAccumulator bytesRead;
  private short[] stored = {};

  /**
   * Prepares for the tensors of one recipe.
   *
   * @param readerName the reader's name by {@link DicomReaders#configured}
   * @param bytesRead the counter of bytes read of objects
   */
  public TensorMaker(
      Configuration hadoop, String readerName, TensorRecipe recipe, LongAccumulator bytesRead) {
    source = SourceReader.ofTask(hadoop);
    reader = DicomReaders.named(readerName);
    stack = new TensorStack(recipe);
    this.bytesRead = bytesRead;
  }

  /**
   * Returns the tensor in its stored form, C×H×W row-major. The array is reused for the next
   * tensor.
   *
   * @param slices the slices of the tensor, as many as the recipe needs
   * @param moments the moments to standardise by, or null to skip this
   * @throws NoTensorException if an object gives no pixels
   * @throws UncheckedIOException if the storage fails; a retry may help
   */
  public byte[] stored(List<SliceObject> slices, @Nullable Standardisation moments)
      throws NoTensorException {
    put(slices);
    return stack.stored(moments);
  }

  /**
   * Returns the numbers before standardisation. Only for recipes that are not quantised. Otherwise
   * like {@link #stored}.
   */
  public float[] floats(List<SliceObject> slices) throws NoTensorException {
    put(slices);
    return stack.floats();
  }

  private void put(List<SliceObject> slices) throws NoTensorException {
    for (int place = 0; place < slices.size(); place++) {
      // Two neighbours are equal only at an end of the series.
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
            "frame %d was audited, the object now has %d frames: run audit-dicom again"
                .formatted(slice.frame(), header.frames()));
      }
      StoredPixels pixels = reader.pixels(bytes, header, slice.frame(), stored);
      stored = pixels.values();
      stack.put(place, pixels, header);
    } catch (IOException e) {
      // The storage failed. A retry may help, and the object need not be defective.
      throw new UncheckedIOException("cannot read " + slice.object().display(), e);
    } catch (DicomDefectException e) {
      throw new NoTensorException(
          slice, SliceReason.valueOf(e.defect().name()), String.valueOf(e.getMessage()));
    } catch (DamagedMemberException e) {
      throw new NoTensorException(slice, e.reason(), String.valueOf(e.getMessage()));
    }
  }
}
