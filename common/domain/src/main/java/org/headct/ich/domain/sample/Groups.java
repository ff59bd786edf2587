package org.headct.ich.domain.sample;

import java.util.HashMap;
import java.util.Map;

/**
 * Ids that must stay together, transitively: patients that share an image, say. A group is known by
 * its smallest id, whatever the order of the links, and that id is the unit of the split.
 *
 * <p>A link that arrives with new data can join two groups and so move one of them; nothing else
 * can. Not safe for use from several threads.
 */
public final class Groups {
  private final Map<String, String> parents = new HashMap<>();

  /** Says that two ids belong together. */
  public void link(String one, String other) {
    String first = find(one);
    String second = find(other);
    int order = first.compareTo(second);
    if (order < 0) {
      parents.put(second, first);
    } else if (order > 0) {
      parents.put(first, second);
    }
  }

  /** The smallest id (by UTF-16 code unit) of the id's group; the id itself if it has no link. */
  public String representative(String id) {
    return find(id);
  }

  /** Walks to the root and halves the path, so that long chains of links stay cheap. */
  private String find(String id) {
    String at = id;
    String parent = parents.getOrDefault(at, at);
    while (!parent.equals(at)) {
      String grandparent = parents.getOrDefault(parent, parent);
      parents.put(at, grandparent);
      at = grandparent;
      parent = parents.getOrDefault(at, at);
    }
    return at;
  }
}
