/**
 * Decoders of compressed pixel data: RLE (PS3.5 Annex G), JPEG Lossless (ITU-T T.81 Annex H) and
 * JPEG 2000. Phantoms also use the encoder of JPEG Lossless.
 *
 * <p>The decoders have no slower reference version. {@code SyntheticGoldenTest} compares their
 * pixels with pydicom's, and {@code CodecFuzzTest} bounds memory and time of every decoder on
 * damaged input.
 */
@NullMarked
package org.headct.ich.domain.dicom.codec;

import org.jspecify.annotations.NullMarked;
