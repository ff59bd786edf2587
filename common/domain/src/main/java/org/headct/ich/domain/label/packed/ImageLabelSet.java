package org.headct.ich.domain.label.packed;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.sample.StableHash;

/**
 * Labels of many images, sorted by id, each image once. An image takes nine bytes; an object and a
 * text would take a hundred.
 */
public final class ImageLabelSet implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The seed of {@code xxhash64} in Spark's SQL. */
  private static final long SPARK_SEED = 42;

  /** A set without images. */
  public static final ImageLabelSet EMPTY = new Builder().build();

  private final long[] ids;
  private final byte[] bits;
  private final List<String> names;
  private final long repeated;

  private ImageLabelSet(long[] ids, byte[] bits, List<String> names, long repeated) {
    this.ids = ids;
    this.bits = bits;
    this.names = names;
    this.repeated = repeated;
  }

  /** Returns the number of images. */
  public int size() {
    return ids.length;
  }

  /** Returns the id of the image at {@code i} in [0, {@link #size}). */
  public String imageId(int i) {
    return ImageIds.isName(ids[i]) ? names.get(ImageIds.nameIndex(ids[i])) : ImageIds.text(ids[i]);
  }

  private byte[] utf8(int i) {
    return ImageIds.isName(ids[i])
        ? imageId(i).getBytes(StandardCharsets.UTF_8)
        : ImageIds.bytes(ids[i]);
  }

  /** Returns the labels of the image at {@code i} as the bits of {@link ImageLabels}. */
  public int bits(int i) {
    return bits[i];
  }

  /** Returns id and labels of the image at {@code i}. */
  public ImageLabels labels(int i) {
    return new ImageLabels(imageId(i), bits[i]);
  }

  /**
   * Returns the checksum of an image and its labels: Spark's {@code xxhash64(image_id, bits)}. The
   * checksum of a table is the exclusive or over its images.
   */
  long checksum(int i) {
    return StableHash.of(StableHash.of(SPARK_SEED, utf8(i)), bits[i]);
  }

  /** Returns the exclusive or of all images' checksums. */
  long checksum() {
    long checksum = 0;
    for (int i = 0; i < size(); i++) {
      checksum ^= checksum(i);
    }
    return checksum;
  }

  /** Returns the number of images that were dropped because their id came twice. */
  public long repeated() {
    return repeated;
  }

  /** Compares an image of this set and one of another by id: numbers first, then names. */
  int compare(int i, ImageLabelSet other, int j) {
    boolean name = ImageIds.isName(ids[i]);
    if (name && ImageIds.isName(other.ids[j])) {
      return imageId(i).compareTo(other.imageId(j));
    }
    return Long.compare(ids[i], other.ids[j]);
  }

  /** Returns the images of several sets. */
  public static ImageLabelSet union(Iterable<ImageLabelSet> sets) {
    Builder all = new Builder();
    for (ImageLabelSet set : sets) {
      all.repeated += set.repeated;
      for (int i = 0; i < set.size(); i++) {
        all.add(set, i);
      }
    }
    return all.build();
  }

  /** A builder of one set for each partition of {@link LabelBlocks}; images come in any order. */
  public static final class Partitioned {
    private final Builder[] sets;

    public Partitioned(int partitions) {
      sets = new Builder[partitions];
      Arrays.setAll(sets, i -> new Builder());
    }

    /**
     * Adds an image to the set of its partition.
     *
     * @param labelBits the bits of {@link ImageLabels}
     */
    public void add(String imageId, int labelBits) {
      long number = ImageIds.numberOf(imageId);
      int partition =
          number >= 0
              ? ImageIds.partition(number, sets.length)
              : ImageIds.partition(imageId, sets.length);
      sets[partition].add(imageId, labelBits);
    }

    /** Returns the set of each partition. */
    public List<ImageLabelSet> build() {
      return Arrays.stream(sets).map(Builder::build).toList();
    }
  }

  /** A builder of a set; images come in any order. */
  public static final class Builder {
    private long[] ids = new long[256];
    private long[] values = new long[256];
    private int size;
    private final Map<String, Integer> named = new TreeMap<>();
    private long repeated;

    /**
     * Adds an image.
     *
     * @param labelBits the bits of {@link ImageLabels}
     */
    public Builder add(String imageId, int labelBits) {
      long number = ImageIds.numberOf(imageId);
      if (number >= 0) {
        add(number, labelBits);
      } else if (named.putIfAbsent(imageId, labelBits) != null) {
        repeated++;
      }
      return this;
    }

    void add(long number, int labelBits) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      ids[size] = number;
      values[size] = labelBits;
      size++;
    }

    /** Copies an image of another set. */
    void add(ImageLabelSet set, int i) {
      if (ImageIds.isName(set.ids[i])) {
        add(set.imageId(i), set.bits[i]);
      } else {
        add(set.ids[i], set.bits[i]);
      }
    }

    /** Returns the sorted set. An image that came twice keeps the labels that came first. */
    public ImageLabelSet build() {
      long[] keys = Arrays.copyOf(ids, size + named.size());
      long[] labels = Arrays.copyOf(values, keys.length);
      List<String> names = new ArrayList<>(named.keySet());
      for (int i = 0; i < names.size(); i++) {
        keys[size + i] = ImageIds.name(i);
        labels[size + i] = named.getOrDefault(names.get(i), 0);
      }
      PairSort.sort(keys, labels);
      byte[] bits = new byte[keys.length];
      int images = 0;
      for (int i = 0; i < keys.length; i++) {
        if (i == 0 || keys[i] != keys[i - 1]) {
          bits[images] = (byte) labels[i];
          keys[images++] = keys[i];
        }
      }
      return new ImageLabelSet(
          Arrays.copyOf(keys, images),
          Arrays.copyOf(bits, images),
          names,
          repeated + keys.length - images);
    }
  }
}
