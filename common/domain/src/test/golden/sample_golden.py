#!/usr/bin/env python3
"""Writes stable_hash.tsv (seed, id, XXH64 of the id's UTF-8 bytes in hexadecimal) and
split_sides.tsv (id, side with seed 42, test fraction 0.15, validation fraction 0.2 of the rest).

The values come from the xxhash package (pip install xxhash==4.0.1), which wraps the reference
implementation. They must never change: every stored split depends on them.

    python3 common/domain/src/test/golden/sample_golden.py common/domain/src/test/resources/golden
"""
import pathlib
import sys

import xxhash

# Lengths from 0 to 100 cover every branch: stripes of 32 bytes, then 8, 4 and single bytes.
IDS = ["", "a", "abc", "ID_0002cd41", "ID_000012eaf", "ID_a96ae5c2", "CQ500CT0", "Kopf-Übersicht é漢"]
IDS += [("0123456789abcdef" * 7)[:n] for n in (3, 4, 7, 8, 12, 15, 31, 32, 33, 36, 40, 63, 64, 65, 100)]
SEEDS = [0, 1, 42, 2026, -1, -(2**63)]

rows = [
    f"{seed}\t{text}\t{xxhash.xxh64_intdigest(text.encode('utf-8'), seed % 2**64):016x}\n"
    for seed in SEEDS
    for text in IDS
]
target = pathlib.Path(sys.argv[1])
(target / "stable_hash.tsv").write_text("".join(rows), encoding="utf-8")


def side(text):
    place = (xxhash.xxh64_intdigest(text.encode("utf-8"), 42) >> 11) / 2**53
    return "test" if place < 0.15 else "validation" if place < 0.15 + 0.85 * 0.2 else "train"


ids = [f"ID_{number * 7919:08x}" for number in range(40)] + [f"CQ500CT{n}" for n in range(10)]
(target / "split_sides.tsv").write_text("".join(f"{i}\t{side(i)}\n" for i in ids), encoding="utf-8")
