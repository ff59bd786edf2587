/**
 * The fast path from a frame to a tensor: 16-bit whole numbers instead of float32 images.
 *
 * <p>The plain rule is {@link org.headct.ich.domain.ct.TensorBuilder}, and this package must give
 * the same bytes. {@code FrameTensorBuilderTest} compares both on random frames. {@code
 * TensorGoldenTest} compares both with tensors made by numpy and OpenCV.
 */
@NullMarked
package org.headct.ich.domain.ct.fast;

import org.jspecify.annotations.NullMarked;
