package org.headct.ich.pages.element;

import java.io.Serializable;

/**
 * A picture that is stored inside the page. {@link Pictures} makes it.
 *
 * @param name text under the picture, such as the window's name
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
