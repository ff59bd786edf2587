package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.error.UserException;

/**
 * The settings of the planes that one slice gives.
 *
 * @param size height and width in pixels, 16 to 1024
 * @param windows windows in channel order, one for each channel; at least one, with distinct names
 * @param headMask whether everything outside the head becomes air first, see {@link HeadMask}
 */
public record TensorSpec(int size, List<CtWindow> windows, boolean headMask)
    implements Serializable {
  private static final int MIN_SIZE = 16;
  private static final int MAX_SIZE = 1024;

  /**
   * Checks the values.
   *
   * @throws UserException if the size is out of range, or windows are missing or have equal names
   */
  public TensorSpec {
    if (size < MIN_SIZE || size > MAX_SIZE) {
      throw new UserException(
          "tensors.size must be in [" + MIN_SIZE + ", " + MAX_SIZE + "], got " + size);
    }
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new UserException("tensors.windows must name at least one window, such as brain:40/80");
    }
    Set<String> names = new HashSet<>();
    for (CtWindow window : windows) {
      if (!names.add(window.name())) {
        throw new UserException("tensors.windows names the window '" + window.name() + "' twice");
      }
    }
  }

  public int channels() {
    return windows.size();
  }

  /** Returns the length of the planes in bytes: channels × size × size. */
  public int lengthBytes() {
    return Math.multiplyExact(channels(), size * size);
  }
}
