package org.headct.ich.pages.element;

import java.util.Map;

/**
 * The colours of the pages: Okabe and Ito's eight, which people with any colour vision can tell
 * apart (M. Okabe, K. Ito, "Color Universal Design", 2008). A colour is an index here; the style
 * sheet holds its value in the light and in the dark ({@code --hue-0} to {@code --hue-7}). The same
 * name has the same colour in every figure of every page.
 */
final class Palette {
  /** Hue 0 is the ink itself. */
  private static final Map<String, Integer> OF_CLASS =
      Map.ofEntries(
          Map.entry("any", 0),
          Map.entry("epidural", 1),
          Map.entry("intraparenchymal", 2),
          Map.entry("intraventricular", 3),
          Map.entry("subarachnoid", 4),
          Map.entry("subdural", 5),
          Map.entry("positive", 5),
          Map.entry("negative", 3),
          Map.entry("training", 2),
          Map.entry("validation", 1),
          Map.entry("test", 4));

  /** What other names get, in order of their appearance. */
  private static final int[] OTHERS = {2, 1, 4, 5, 6, 3, 7, 0};

  private Palette() {}

  static boolean isKnown(String name) {
    return OF_CLASS.containsKey(name);
  }

  /**
   * @param position of the name among its neighbours, for names that have no colour of their own
   */
  static int hue(String name, int position) {
    Integer known = OF_CLASS.get(name);
    return known != null ? known : OTHERS[position % OTHERS.length];
  }
}
