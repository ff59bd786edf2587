package org.headct.ich.domain.dicom;

import org.jspecify.annotations.Nullable;

/**
 * The attributes that tell how an image came about and where it belongs in its study. Texts are
 * raw, {@code ""} if absent. They may hold personal data, so only closed terms derived from them
 * may be stored.
 *
 * @param imageType (0008,0008), values separated by backslashes
 * @param seriesDescription (0008,103E)
 * @param contrastAgent (0018,0010)
 * @param convolutionKernel (0018,1210), values separated by backslashes
 * @param seriesNumber (0020,0011)
 * @param acquisitionNumber (0020,0012)
 * @param sliceLocationMm (0020,1041), relative to a point that the scanner chose
 */
public record Acquisition(
    String imageType,
    String seriesDescription,
    String contrastAgent,
    String convolutionKernel,
    @Nullable Integer seriesNumber,
    @Nullable Integer acquisitionNumber,
    @Nullable Double sliceLocationMm) {

  /** An image that lacks all of these attributes, as RSNA's do. */
  public static final Acquisition NONE = new Acquisition("", "", "", "", null, null, null);

  /** Returns a copy with another ImageType. */
  public Acquisition withImageType(String text) {
    return new Acquisition(
        text,
        seriesDescription,
        contrastAgent,
        convolutionKernel,
        seriesNumber,
        acquisitionNumber,
        sliceLocationMm);
  }

  /** Returns a copy with another SeriesDescription. */
  public Acquisition withSeriesDescription(String text) {
    return new Acquisition(
        imageType,
        text,
        contrastAgent,
        convolutionKernel,
        seriesNumber,
        acquisitionNumber,
        sliceLocationMm);
  }

  /** Returns a copy with another ContrastBolusAgent. */
  public Acquisition withContrastAgent(String text) {
    return new Acquisition(
        imageType,
        seriesDescription,
        text,
        convolutionKernel,
        seriesNumber,
        acquisitionNumber,
        sliceLocationMm);
  }

  /** Returns a copy with another ConvolutionKernel. */
  public Acquisition withConvolutionKernel(String text) {
    return new Acquisition(
        imageType,
        seriesDescription,
        contrastAgent,
        text,
        seriesNumber,
        acquisitionNumber,
        sliceLocationMm);
  }

  /** Returns a copy with other numbers of the series and of the acquisition. */
  public Acquisition withNumbers(@Nullable Integer series, @Nullable Integer acquisition) {
    return new Acquisition(
        imageType,
        seriesDescription,
        contrastAgent,
        convolutionKernel,
        series,
        acquisition,
        sliceLocationMm);
  }

  /** Returns a copy with another SliceLocation. */
  public Acquisition withSliceLocationMm(@Nullable Double mm) {
    return new Acquisition(
        imageType,
        seriesDescription,
        contrastAgent,
        convolutionKernel,
        seriesNumber,
        acquisitionNumber,
        mm);
  }
}
