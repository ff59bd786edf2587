package org.headct.ich.domain.phantom;

import java.util.List;

/** The scanners whose pixel descriptions occur in RSNA 2019, as measured on its files. */
enum Scanner {
  /** 16-bit signed, -2000 outside the circle of reconstruction, explicit VR, curved head rest. */
  SIGNED_16("1.2.840.10008.1.2.1", 16, true, 6, List.of(30.0), List.of(80.0)),
  /** 12-bit unsigned, implicit VR, two windows. */
  UNSIGNED_12("1.2.840.10008.1.2", 12, false, 9, List.of(36.0, 36.0), List.of(80.0, 80.0)),
  /** 12-bit unsigned, explicit VR. */
  UNSIGNED_12_EXPLICIT(
      "1.2.840.10008.1.2.1", 12, false, 9, List.of(40.0, 40.0), List.of(80.0, 80.0));

  static final int INTERCEPT_HU = -1024;
  static final int PADDING = -2000;

  final String transferSyntaxUid;
  final int bitsStored;
  final boolean signed;
  final int decimals;
  final List<Double> windowCenters;
  final List<Double> windowWidths;

  Scanner(
      String transferSyntaxUid,
      int bitsStored,
      boolean signed,
      int decimals,
      List<Double> windowCenters,
      List<Double> windowWidths) {
    this.transferSyntaxUid = transferSyntaxUid;
    this.bitsStored = bitsStored;
    this.signed = signed;
    this.decimals = decimals;
    this.windowCenters = windowCenters;
    this.windowWidths = windowWidths;
  }

  /**
   * Draws a scanner: 50 %, 34 % and 16 %. In the sample of real files, a third are implicit (67 of
   * 201).
   */
  static Scanner draw(RandomDraws draws) {
    return values()[draws.weighted(0.5, 0.34, 0.16)];
  }
}
