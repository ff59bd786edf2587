package org.headct.ich.domain.sample;

/**
 * Resampling of the training side to a given ratio of minority to majority. It drops some majority
 * images and repeats minority images; the total stays the same. With N = n_majority + n_minority
 * and ratio r, the majority becomes N / (1 + r) and the minority r N / (1 + r). Validation and test
 * keep their natural ratio.
 *
 * <p>Each image decides by its own hash. Sizes therefore hold on average (a majority of n is off by
 * about √n), copies don't depend on the order of images, and a change of the counts changes few
 * images. The hash is salted, because the split already uses the plain one. If the ratio is already
 * reached, every image has one copy.
 *
 * @param seed random seed; another seed drops and repeats other images
 * @param ratio minority over majority afterwards, in (0, 1]; 1 is balance
 * @param negatives number of training examples with label 0, ≥ 1
 * @param positives number of training examples with label 1, ≥ 1
 */
public record HybridResampling(long seed, double ratio, long negatives, long positives) {
  private static final long SALT = 0x5EED_C0B1E5L;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the ratio or a count is out of range
   */
  public HybridResampling {
    if (!(ratio > 0 && ratio <= 1)) {
      throw new IllegalArgumentException("ratio must be in (0, 1], got " + ratio);
    }
    if (negatives < 1 || positives < 1) {
      throw new IllegalArgumentException(
          "both classes need examples to resample, got %d negative and %d positive"
              .formatted(negatives, positives));
    }
  }

  /** Returns the number of copies of an image with label 0; 0 drops it. */
  public int negativeCopies(String imageId) {
    return copies(negatives, positives, imageId);
  }

  /** Returns the number of copies of an image with label 1; 0 drops it. */
  public int positiveCopies(String imageId) {
    return copies(positives, negatives, imageId);
  }

  private int copies(long own, long others, String imageId) {
    long minority = Math.min(own, others);
    long majority = Math.max(own, others);
    if (minority >= ratio * majority) {
      return 1;
    }
    double majorityAfter = (minority + majority) / (1 + ratio);
    double wanted = own == majority ? majorityAfter / own : ratio * majorityAfter / own;
    double whole = Math.floor(wanted);
    return (int) whole + (StableHash.unit(seed ^ SALT, imageId) < wanted - whole ? 1 : 0);
  }
}
