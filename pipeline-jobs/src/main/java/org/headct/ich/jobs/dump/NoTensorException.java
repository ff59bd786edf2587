package org.headct.ich.jobs.dump;

import org.headct.ich.domain.ct.SliceReason;
import org.jspecify.annotations.Nullable;

/** Failure to get the pixels of an image or of its neighbour. It becomes a finding. */
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

  /** Returns the name that findings give to the object without pixels. */
  public String object() {
    return slice.object().display();
  }

  /**
   * Returns the defect without any patient data.
   *
   * @param imageId the image whose tensor was wanted
   */
  public String detailFor(String imageId) {
    return slice.imageId().equals(imageId)
        ? String.valueOf(getMessage())
        : "neighbouring slice %s: %s".formatted(slice.imageId(), getMessage());
  }
}
