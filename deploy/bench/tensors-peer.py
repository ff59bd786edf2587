"""The peer of deploy/bench/tensors: pydicom, numpy and OpenCV on a few processes.

    python3 tensors-peer.py LIST FOLDER PROCESSES SIZE WINDOWS hu-first|windows-first

LIST names a DICOM file a line; WINDOWS are centre/width in HU, with commas between. Each process writes the tensors of its
part of the list, in its order, to FOLDER/part-N.npy: uint8, slices x windows x SIZE x SIZE. One array a process, for a file a
slice costs this side more and the other side writes few files, too. Prints a line of JSON: what the loops took. Start of the
interpreter, imports, start of the processes and a few slices without times lie before them.
"""

import json
import multiprocessing
import os
import sys
import time

import cv2
import numpy as np
import pydicom

WARM_UPS = 20
AIR_HU = -1000
UNDECLARED_PADDING = -2000


def read_hu(path):
    """One slice in HU, float32, padding as air."""
    dataset = pydicom.dcmread(path)
    stored = dataset.pixel_array
    slope = np.float32(dataset.get("RescaleSlope", 1))
    intercept = np.float32(dataset.get("RescaleIntercept", 0))
    hu = stored.astype(np.float32)
    # CT's usual slope; who knows the data saves the pass.
    if slope != 1:
        hu *= slope
    hu += intercept
    hu[stored == dataset.get("PixelPaddingValue", UNDECLARED_PADDING)] = AIR_HU
    return hu


def hu_first(path, size, windows, tensor):
    """The mean over the area in HU, then the windows: what the tensors of the project are."""
    hu = cv2.resize(read_hu(path), (size, size), interpolation=cv2.INTER_AREA)
    for channel, (centre, width) in enumerate(windows):
        grey = (hu - np.float32(centre - width / 2)) * np.float32(255 / width)
        grey += np.float32(0.5)
        tensor[channel] = np.clip(grey, 0, 255)


def windows_first(path, size, windows, tensor):
    """As most notebooks have it: float64, a window of all pixels, each resized. Other grey levels: clipped before the mean."""
    dataset = pydicom.dcmread(path)
    hu = dataset.pixel_array * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    for channel, (centre, width) in enumerate(windows):
        low, high = centre - width / 2, centre + width / 2
        grey = (np.clip(hu, low, high) - low) / (high - low) * 255
        tensor[channel] = cv2.resize(grey, (size, size), interpolation=cv2.INTER_AREA)


def work(way, paths, target, size, windows, start, done):
    # A process a core: OpenCV's own threads would only compete with the other process.
    cv2.setNumThreads(1)
    tensors = np.lib.format.open_memmap(
        target, mode="w+", dtype=np.uint8, shape=(len(paths), len(windows), size, size)
    )
    for path, tensor in zip(paths[:WARM_UPS], tensors):
        way(path, size, windows, tensor)
    start.wait(timeout=60)
    began, cpu = time.monotonic(), time.process_time()
    for path, tensor in zip(paths, tensors):
        way(path, size, windows, tensor)
    done.put((len(paths), began, time.monotonic(), time.process_time() - cpu))


def main(listing, folder, processes, size, windows, way):
    with open(listing, encoding="utf-8") as lines:
        paths = lines.read().splitlines()
    count = int(processes)
    windows = [tuple(float(figure) for figure in text.split("/")) for text in windows.split(",")]
    way = {"hu-first": hu_first, "windows-first": windows_first}[way]
    start, done = multiprocessing.Barrier(count), multiprocessing.SimpleQueue()
    workers = []
    for part in range(count):
        own = paths[len(paths) * part // count : len(paths) * (part + 1) // count]
        target = os.path.join(folder, f"part-{part}.npy")
        arguments = (way, own, target, int(size), windows, start, done)
        workers.append(multiprocessing.Process(target=work, args=arguments))
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode != 0:
            sys.exit("a process ended with " + str(worker.exitcode))
    told = [done.get() for _ in workers]
    print(
        json.dumps(
            {
                "wallSeconds": max(end for _, _, end, _ in told) - min(began for _, began, _, _ in told),
                "cpuSeconds": sum(cpu for _, _, _, cpu in told),
                "loopSeconds": [end - began for _, began, end, _ in told],
                "slices": sum(slices for slices, _, _, _ in told),
            }
        )
    )


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
