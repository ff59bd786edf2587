"""Peer of deploy/bench/tensors: pydicom, numpy and OpenCV in several processes.

    python3 tensors-peer.py LIST FOLDER PROCESSES SIZE WINDOWS hu-first|windows-first

LIST has the path of one DICOM file in each line. WINDOWS are centre/width in HU, separated by commas. Each process writes the
tensors of its part of the list, in order, to FOLDER/part-N.npy: uint8, slices x windows x SIZE x SIZE. There is one array for
each process, because a file for each slice would be slower, and the pipeline also writes few files. Prints the times of the
loops as a line of JSON. They exclude the start of interpreter and processes, imports and a few warm-up slices.
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
    """Reads one slice in HU, float32, with padding as air."""
    dataset = pydicom.dcmread(path)
    stored = dataset.pixel_array
    slope = np.float32(dataset.get("RescaleSlope", 1))
    intercept = np.float32(dataset.get("RescaleIntercept", 0))
    hu = stored.astype(np.float32)
    # CT's usual slope is 1, so this pass is rarely needed.
    if slope != 1:
        hu *= slope
    hu += intercept
    hu[stored == dataset.get("PixelPaddingValue", UNDECLARED_PADDING)] = AIR_HU
    return hu


def hu_first(path, size, windows, tensor):
    """Resizes by the mean over the area in HU, then applies the windows, like the tensors of the project."""
    hu = cv2.resize(read_hu(path), (size, size), interpolation=cv2.INTER_AREA)
    for channel, (centre, width) in enumerate(windows):
        grey = (hu - np.float32(centre - width / 2)) * np.float32(255 / width)
        grey += np.float32(0.5)
        tensor[channel] = np.clip(grey, 0, 255)


def windows_first(path, size, windows, tensor):
    """Windows all pixels in float64, then resizes, like most notebooks. Clipping before the mean gives other grey levels."""
    dataset = pydicom.dcmread(path)
    hu = dataset.pixel_array * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    for channel, (centre, width) in enumerate(windows):
        low, high = centre - width / 2, centre + width / 2
        grey = (np.clip(hu, low, high) - low) / (high - low) * 255
        tensor[channel] = cv2.resize(grey, (size, size), interpolation=cv2.INTER_AREA)


def work(way, paths, target, size, windows, start, done):
    # There is one process for each core, so OpenCV's own threads would only compete with it.
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
