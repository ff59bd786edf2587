package org.headct.ich.pages.element;

import java.io.Serializable;

/**
 * A grey picture that a page carries inside itself; {@link Pictures} makes them.
 *
 * @param name what is under it, such as the window's name
 * @param dataUri a PNG as a {@code data:} URI
 */
public record Picture(String name, int widthPixels, int heightPixels, String dataUri)
    implements Serializable {
  public Picture {
    if (!dataUri.startsWith("data:image/png;base64,")) {
      throw new IllegalArgumentException("a picture must be a data:image/png URI");
    }
  }
}
