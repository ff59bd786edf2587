package org.headct.ich.pages.element;

import java.util.Map;

/**
 * The colours of the pages: Okabe and Ito's eight, which people with any colour vision can tell
 * apart (M. Okabe, K. Ito, "Color Universal Design", 2008). Here a colour is an index. The style
 * sheet holds its values for light and dark mode ({@code --hue-0} to {@code --hue-7}). A known name
 * has one colour on all pages.
 */
final class Palette {
  /** The colour indices of known names; 0 is the ink. */
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

  /** The colour indices of other names, in order of appearance. */
  private static final int[] OTHERS = {2, 1, 4, 5, 6, 3, 7, 0};

  private Palette() {}

  static boolean isKnown(String name) {
    return OF_CLASS.containsKey(name);
  }

  /**
   * Returns the colour index of a name.
   *
   * @param position index of the name among its neighbours; decides for names that are not known
   */
  static int hue(String name, int position) {
    Integer known = OF_CLASS.get(name);
    return known != null ? known : OTHERS[position % OTHERS.length];
  }
}
