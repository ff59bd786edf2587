package org.headct.ich.domain.series;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.dicom.DicomHeader;

/**
 * The sharpness of a reconstruction. Brain is read in soft kernels; in sharp ones, for bone, noise
 * hides blood.
 */
public enum Kernel {
  /** A kernel for soft tissue. */
  SOFT,
  /** A kernel for bone or lung. */
  SHARP,
  /** A kernel that the list does not name, or none. */
  UNKNOWN;

  private static final Set<String> SHARP_WORDS =
      Set.of("BONE", "BONEPLUS", "BONES", "EDGE", "LUNG", "SHARP", "OSSA", "KNOCHEN");

  private static final Set<String> SOFT_WORDS =
      Set.of("SOFT", "STANDARD", "STND", "STD", "SMOOTH", "PARENCHYMA", "WEICHTEIL");

  /** Names of kernels that mean something else in a description: "brain bone". */
  private static final Set<String> SOFT_KERNELS = Set.of("BRAIN", "UA", "UB", "UC");

  /** Siemens: letters, then the sharpness from 10 to 99, then letters: H31s, J70h, Hr40, B60f. */
  private static final Pattern SIEMENS = Pattern.compile("[A-Z]{1,2}([1-9][0-9])[A-Z]{0,2}");

  /** Canon and Toshiba: FC and a number. */
  private static final Pattern CANON = Pattern.compile("FC([0-9]{2})");

  private static final int SIEMENS_SOFT_BELOW = 50;
  private static final int SIEMENS_SHARP_FROM = 60;

  /** Returns the kernel that a header names, or else the term that its series' name has. */
  public static Kernel of(DicomHeader header, String folder) {
    Kernel declared = ofKernel(header.acquisition().convolutionKernel());
    if (declared != UNKNOWN) {
      return declared;
    }
    Kernel described = ofDescription(header.acquisition().seriesDescription());
    return described == UNKNOWN ? ofDescription(folder) : described;
  }

  /** Returns the kernel by the first value of ConvolutionKernel. */
  static Kernel ofKernel(String convolutionKernel) {
    String first = convolutionKernel.toUpperCase(Locale.ROOT).split("\\\\", 2)[0].strip();
    Matcher canon = CANON.matcher(first);
    if (canon.matches()) {
      return ofCanon(Integer.parseInt(canon.group(1)));
    }
    Matcher siemens = SIEMENS.matcher(first);
    if (siemens.matches()) {
      int sharpness = Integer.parseInt(siemens.group(1));
      return sharpness >= SIEMENS_SHARP_FROM
          ? SHARP
          : sharpness < SIEMENS_SOFT_BELOW ? SOFT : UNKNOWN;
    }
    return SOFT_KERNELS.contains(first) ? SOFT : ofDescription(first);
  }

  private static Kernel ofCanon(int number) {
    int decade = number / 10;
    return switch (decade) {
      case 3, 5, 8 -> SHARP;
      case 0, 1, 2, 4, 6 -> SOFT;
      default -> UNKNOWN;
    };
  }

  /** Returns the kernel that a description names; unknown if it names both. */
  static Kernel ofDescription(String description) {
    boolean sharp = false;
    boolean soft = false;
    for (String word : description.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+")) {
      sharp |= SHARP_WORDS.contains(word);
      soft |= SOFT_WORDS.contains(word);
    }
    return sharp == soft ? UNKNOWN : sharp ? SHARP : SOFT;
  }
}
