#!/usr/bin/python3
"""Writes the golden tensors and head masks of TensorGoldenTest, using only OpenCV and NumPy.

Needs Debian's python3-numpy and python3-opencv. Run from any folder:
  /usr/bin/python3 common/domain/src/test/golden/tensor_golden.py
Writes common/domain/src/test/resources/org/headct/ich/domain/ct/fast/tensor-golden.zip, with the same
bytes every time. It has one member per case, CxHxW, row-major, named <rows>x<columns>-<size>: .bin has uint8, .f32 has
little-endian float32 from 0 to 1. Head masks are mask-<name>.bits, row-major, eight pixels per byte, the first in the
highest bit.

The images come from `image` (TestImages.seeded in Java) and from `phantom` (HeadPhantom in Java).
"""
import pathlib
import zipfile

import cv2
import numpy as np

CASES = [(512, 512, 256), (512, 512, 224), (512, 512, 64), (400, 400, 256), (300, 500, 256), (768, 640, 128)]
UNIT_CASE = (512, 512, 64)
WINDOWS = [(600, 2800), (40, 80), (80, 200)]  # bone, brain, subdural: centre, width in HU
CANONICAL = 512
AIR = -1000


class Lcg:
    """Draws by the 32-bit generator of Numerical Recipes; the upper 16 bits are the value."""

    def __init__(self, seed):
        self.state = seed

    def next(self, bound):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 16) % bound


def image(rows, columns, seed):
    """Draws blocks of 8x8 with noise: a quarter from -1024 to 3071 HU, the others near the brain window."""
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


def unit(hu, centre, width):
    return np.clip((hu.astype(np.float64) - (centre - width / 2)) / width, 0, 1).astype("<f4")


def ellipse(x, y, width, height):
    return np.hypot((x - 256) / width, (y - 250) / height)


def phantom():
    """Draws 512x512 pixels: a head with a sinus and an open nose, a head rest that touches it, and a table."""
    y, x = np.mgrid[0:512, 0:512].astype(np.float64)
    rest = np.hypot(x - 256, y - 200)
    hu = np.full((512, 512), -990.0)
    hu[(y >= 490) & (y < 504)] = 200
    hu[(rest >= 244) & (rest <= 248) & (y > 250)] = 50
    head = ellipse(x, y, 160, 195) <= 1
    scalp, skull = ellipse(x, y, 150, 185) > 1, ellipse(x, y, 136, 171) > 1
    inner = np.where(scalp, -60, np.where(skull, 1200, 35))
    inner[np.hypot(x - 200, y - 110) < 14] = -980
    nose = (y < 120) & (abs(x - 256) < 20)
    nostril = (abs(x - 256) < 6) | (y > 70)
    inner = np.where(nose, np.where(abs(x - 256) < 1.5, 300, np.where(nostril, -950, 40)), inner)
    return np.where(head, inner, hu)


def box(radius):
    return np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)


def largest(mask):
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count == 1:
        return None
    return (labels == 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])).astype(np.uint8)


def head_mask(hu):
    """Applies the rule in HeadMask's Javadoc at 512x512."""
    body = (hu > -300).astype(np.uint8)
    core = largest(cv2.erode(body, box(3), borderType=cv2.BORDER_CONSTANT, borderValue=1))
    if core is None:
        head = largest(body)
    else:
        head = core
        for _ in range(3 + 2):
            head = cv2.dilate(head, box(1), borderType=cv2.BORDER_CONSTANT, borderValue=0) & body
    head = cv2.dilate(head, box(8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    reached = np.pad(head, 1)
    cv2.floodFill(reached, None, (0, 0), 2, flags=4)
    filled = (reached[1:-1, 1:-1] != 2).astype(np.uint8)
    return cv2.erode(filled, box(7), borderType=cv2.BORDER_CONSTANT, borderValue=1)


def write(archive, name, array):
    archive.writestr(zipfile.ZipInfo(name), array.tobytes(), zipfile.ZIP_DEFLATED)


def main():
    folder = pathlib.Path(__file__).resolve().parent.parent / "resources/org/headct/ich/domain/ct/fast"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "tensor-golden.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for rows, columns, size in CASES:
            hu = resize(resize(square(image(rows, columns, rows * 1000 + size)), CANONICAL), size)
            tensor = np.stack([grey(hu, centre, width) for centre, width in WINDOWS])
            write(archive, f"{rows}x{columns}-{size}.bin", tensor)
        rows, columns, size = UNIT_CASE
        hu = resize(image(rows, columns, rows * 1000 + size), size)
        units = np.stack([unit(hu, centre, width) for centre, width in WINDOWS])
        write(archive, f"{rows}x{columns}-{size}.f32", units)
        write(archive, "mask-phantom.bits", np.packbits(head_mask(phantom())))
        # Lowered by 320 HU, 71 % are body and half is head, with islands, bridges, inlets and holes.
        write(archive, "mask-blocks.bits", np.packbits(head_mask(image(512, 512, 7) - 320)))


if __name__ == "__main__":
    main()
