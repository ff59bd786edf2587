package org.headct.ich.domain.ct.fast;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole tensors from the planes of a slice and its neighbours. Reuses its buffers, including
 * the returned arrays, so it is not thread-safe; use one for each thread.
 */
public final class TensorStack {
  private final TensorRecipe recipe;
  private final FrameTensorBuilder builder;
  private final int sliceValues;
  private final byte[] bytes;
  private final float[] floats;

  public TensorStack(TensorRecipe recipe) {
    this.recipe = recipe;
    builder = new FrameTensorBuilder(recipe.slice());
    sliceValues = recipe.slice().lengthBytes();
    bytes = new byte[recipe.lengthBytes()];
    boolean quantised = recipe.values() == TensorRecipe.Values.UINT8;
    floats = new float[quantised ? 0 : recipe.slices() * sliceValues];
  }

  /**
   * Writes the planes of one slice.
   *
   * @param place place among {@link TensorRecipe#slices()}, from 0
   * @param pixels stored values of the slice
   * @param header header of the slice's object
   */
  public void put(int place, StoredPixels pixels, DicomHeader header) {
    if (recipe.values() == TensorRecipe.Values.UINT8) {
      builder.windows(pixels, header, bytes, place * sliceValues);
    } else {
      builder.windows(pixels, header, floats, place * sliceValues);
    }
  }

  /** Copies the planes of one place to another. */
  public void repeat(int from, int to) {
    Object planes = recipe.values() == TensorRecipe.Values.UINT8 ? bytes : floats;
    System.arraycopy(planes, from * sliceValues, planes, to * sliceValues, sliceValues);
  }

  /**
   * Returns the numbers in [0, 1], for recipes that are not quantised. The array is valid until the
   * next put.
   */
  public float[] floats() {
    return floats;
  }

  /**
   * Returns the bytes to store, C×H×W, row-major. The array is valid until the next put.
   *
   * @param moments moments to standardise by, or null to leave the numbers unchanged
   */
  public byte[] stored(@Nullable Standardisation moments) {
    if (recipe.values() != TensorRecipe.Values.UINT8) {
      if (moments != null) {
        moments.apply(floats);
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats);
    }
    return bytes;
  }
}
