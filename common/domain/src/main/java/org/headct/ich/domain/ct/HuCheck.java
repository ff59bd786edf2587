package org.headct.ich.domain.ct;

import org.jspecify.annotations.Nullable;

/**
 * A check whether the HU of a slice can be those of a head. It finds a rescale that was applied
 * twice, left out or ten times too steep, and pixels with swapped bytes.
 *
 * <p>The first rule that applies is the doubt. All shares are of the pixels that are no padding.
 *
 * <ol>
 *   <li>More than a quarter is below -1200 HU. Air is -1000 HU, and scanners clip at -1024. Rescale
 *       applied twice puts air at -2000. A quarter leaves room for undeclared padding in the
 *       corners of a circular field, which are 21.5 %, and for noise.
 *   <li>At least a fifth is denser than -300 HU, and less than a fifth of that is soft tissue (-150
 *       to 150 HU). Or from 5 % to a fifth is denser, and less than 5 % of that is soft tissue.
 *       Wrong slopes and swapped bytes leave hardly any tissue. Real slices through the top of the
 *       skull have 15 %, others at least 33 %.
 *   <li>More than a third is above 900 HU. Dense bone rarely is a tenth. A slope of the wrong sign
 *       puts air at 1000 HU.
 *   <li>Less than 1 % is below -300 HU, and at least 5 % is above 900 HU. Without its intercept,
 *       air is about 0 HU and brain about 1060 HU. A real slice shows air around or in the head.
 * </ol>
 *
 * <p>Limits: one slice is judged at a time, so a slice of air alone shows only the first rule. A
 * slope that is too small makes everything look like air and stays unseen. A shift of less than 100
 * HU stays unseen. A magnified field without any air but with much dense bone is doubted wrongly.
 */
final class HuCheck {
  private static final float BELOW_AIR_HU = -1200;
  private static final double MOST_BELOW_AIR = 0.25;

  private static final float DENSE_ABOVE_HU = -300;
  private static final double LEAST_DENSE = 0.05;
  private static final float TISSUE_HU = 150;
  private static final double MUCH_DENSE = 0.2;
  private static final double LEAST_TISSUE = 0.2;
  private static final double LEAST_TISSUE_OF_LITTLE = 0.05;

  private static final float BONE_ABOVE_HU = 900;
  private static final double LEAST_BONE = 0.05;
  private static final double MOST_BONE = 1.0 / 3;
  private static final double LEAST_AIR = 0.01;

  private HuCheck() {}

  /** Returns the reason for doubt, or null. */
  static @Nullable String doubt(Rescaled rescaled) {
    int below = 0;
    int dense = 0;
    int tissue = 0;
    int bone = 0;
    for (float hu : rescaled.image().hu()) {
      below += hu < BELOW_AIR_HU ? 1 : 0;
      dense += hu > DENSE_ABOVE_HU ? 1 : 0;
      tissue += hu >= -TISSUE_HU && hu <= TISSUE_HU ? 1 : 0;
      bone += hu > BONE_ABOVE_HU ? 1 : 0;
    }
    double all = rescaled.image().hu().length - rescaled.padded();
    double air = all - dense;
    if (below > MOST_BELOW_AIR * all) {
      return "%.0f %% of the pixels are below -1200 HU, less than air".formatted(100 * below / all);
    }
    double least = dense >= MUCH_DENSE * all ? LEAST_TISSUE : LEAST_TISSUE_OF_LITTLE;
    if (dense >= LEAST_DENSE * all && tissue < least * dense) {
      return "%.0f %% of what is denser than -300 HU is soft tissue, too little for a head"
          .formatted(100.0 * tissue / dense);
    }
    if (bone > MOST_BONE * all) {
      return "%.0f %% of the pixels are above 900 HU, more than bone".formatted(100 * bone / all);
    }
    if (air < LEAST_AIR * all && bone >= LEAST_BONE * all) {
      return "%.0f %% of the pixels are above 900 HU, but none are air".formatted(100 * bone / all);
    }
    return null;
  }
}
