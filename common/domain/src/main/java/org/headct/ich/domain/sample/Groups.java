package org.headct.ich.domain.sample;

import java.util.HashMap;
import java.util.Map;

/**
 * Groups of ids that must stay together, such as patients who share an image. Links are transitive.
 * A group's representative is its smallest id, which does not depend on the order of the links. The
 * split uses it as the unit.
 *
 * <p>A link from new data can join two groups and so move one of them to the other side. Nothing
 * else moves a group. Not thread-safe.
 */
public final class Groups {
  private final Map<String, String> parents = new HashMap<>();

  /** Links two ids, so that they belong to the same group. */
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

  /**
   * Returns the smallest id (by UTF-16 code unit) of an id's group, or the id if it has no link.
   */
  public String representative(String id) {
    return find(id);
  }

  /** Finds the root and halves the path to it, so that long chains of links stay cheap. */
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
