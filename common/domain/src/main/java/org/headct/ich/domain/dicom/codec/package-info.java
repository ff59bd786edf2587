/**
 * Decoders of compressed pixel data: RLE (PS3.5 annex G), JPEG Lossless (ITU-T T.81 annex H) and
 * JPEG 2000, and an encoder of JPEG Lossless for phantoms.
 *
 * <p>There is no plain counterpart: {@code SyntheticGoldenTest} compares the pixels with pydicom's,
 * and {@code CodecFuzzTest} holds every decoder to memory and time on damaged input.
 */
@NullMarked
package org.headct.ich.domain.dicom.codec;

import org.jspecify.annotations.NullMarked;
