package org.headct.ich.jobs.dump;

import org.headct.ich.domain.ct.SliceReason;
import org.jspecify.annotations.Nullable;

/** The pixels of an image, or of the slice beside it, can not be had: a finding. */
public final class NoTensorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SliceObject slice;
  private final SliceReason reason;

  NoTensorException(SliceObject slice, SliceReason reason, @Nullable String detail) {
    super(String.valueOf(detail));
    this.slice = slice;
    this.reason = reason;
  }

  public SliceReason reason() {
    return reason;
  }

  /** The object that gives no pixels, as findings name it. */
  public String object() {
    return slice.object().display();
  }

  /**
   * What was found, without any patient's data.
   *
   * @param imageId of the image whose tensor was wanted
   */
  public String detailFor(String imageId) {
    return slice.imageId().equals(imageId)
        ? String.valueOf(getMessage())
        : "the slice beside it, %s: %s".formatted(slice.imageId(), getMessage());
  }
}
