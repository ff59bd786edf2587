/**
 * The fast path from a frame to a tensor: whole numbers in 16 bits instead of float32 images.
 *
 * <p>The plain rule is {@link org.headct.ich.domain.ct.TensorBuilder}. This package must give the
 * same bytes; {@code FrameTensorBuilderTest} holds it to that on drawn frames, and {@code
 * TensorGoldenTest} holds both to tensors made by numpy and OpenCV.
 */
@NullMarked
package org.headct.ich.domain.ct.fast;

import org.jspecify.annotations.NullMarked;
