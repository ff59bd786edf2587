#!/usr/bin/python3
"""Golden tensors for TensorGoldenTest, made by OpenCV and NumPy alone.

Needs Debian's python3-numpy and python3-opencv. Run from anywhere:
  /usr/bin/python3 common/src/test/golden/tensor_golden.py
Writes common/src/test/resources/org/headct/ich/common/ct/tensor-golden.zip, the same bytes every time:
one member per case, uint8 CxHxW row-major, named <rows>x<columns>-<size>.bin.

The images come from the generator in `image`, which TestImages.seeded repeats in Java.
"""
import pathlib
import zipfile

import cv2
import numpy as np

CASES = [(512, 512, 256), (512, 512, 224), (512, 512, 64), (400, 400, 256), (300, 500, 256), (768, 640, 128)]
WINDOWS = [(600, 2800), (40, 80), (80, 200)]  # bone, brain, subdural: centre, width in HU
CANONICAL = 512
AIR = -1000


class Lcg:
    """Numerical Recipes' 32-bit generator; the upper 16 bits are the value."""

    def __init__(self, seed):
        self.state = seed

    def next(self, bound):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 16) % bound


def image(rows, columns, seed):
    """Blocks of 8x8: one of four anything from -1024 to 3071 HU, the rest near the brain window; then noise."""
    random = Lcg(seed)
    across = (columns + 7) // 8
    levels = []
    for _ in range((rows + 7) // 8 * across):
        wide = random.next(4) == 0
        levels.append(random.next(4096) - 1024 if wide else random.next(160) - 40)
    hu = np.empty((rows, columns), np.float32)
    for y in range(rows):
        for x in range(columns):
            hu[y, x] = levels[y // 8 * across + x // 8] + random.next(32)
    return hu


def square(hu):
    side = max(hu.shape)
    padded = np.full((side, side), AIR, np.float32)
    top, left = (side - hu.shape[0]) // 2, (side - hu.shape[1]) // 2
    padded[top : top + hu.shape[0], left : left + hu.shape[1]] = hu
    return padded


def resize(hu, size):
    if hu.shape[0] == size:
        return hu
    how = cv2.INTER_AREA if hu.shape[0] > size else cv2.INTER_LINEAR
    return cv2.resize(hu, (size, size), interpolation=how)


def grey(hu, centre, width):
    level = (hu.astype(np.float64) - (centre - width / 2)) * 255 / width
    return np.clip(np.floor(level + 0.5), 0, 255).astype(np.uint8)


def main():
    folder = pathlib.Path(__file__).resolve().parent.parent / "resources/org/headct/ich/common/ct"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "tensor-golden.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for rows, columns, size in CASES:
            hu = resize(resize(square(image(rows, columns, rows * 1000 + size)), CANONICAL), size)
            tensor = np.stack([grey(hu, centre, width) for centre, width in WINDOWS])
            archive.writestr(zipfile.ZipInfo(f"{rows}x{columns}-{size}.bin"), tensor.tobytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
