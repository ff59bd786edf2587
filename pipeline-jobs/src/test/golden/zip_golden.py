#!/usr/bin/env python3
"""Writes small zip archives of every shape that matters, by Python's zipfile and Info-ZIP's zip,
and members.tsv: archive, member, size, stored size, method, CRC-32 and local header offset as
Python's own reader sees them, SHA-256 of the bytes.

    /usr/bin/python3 pipeline-jobs/src/test/golden/zip_golden.py pipeline-jobs/src/test/resources/golden/zip

Written with Python 3.11 and zip 3.0; the output is the same on every run.
"""
import contextlib
import hashlib
import io
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

TARGET = pathlib.Path(sys.argv[1])
DATE = (2019, 9, 1, 0, 0, 0)
noise = random.Random(2019)
MEMBERS = {
    "stage_2_train/ID_000012eaf.dcm": bytes(128) + b"DICM" + noise.randbytes(3000),
    "stage_2_train/ID_0002cd41.dcm": b"CT " * 4000,
    "stage_2_train/empty.dcm": b"",
    "stage_2_train.csv": b"ID,Label\n" + b"".join(b"ID_%06x_any,0\n" % n for n in range(300)),
}


class Unseekable(io.RawIOBase):
    """Makes zipfile write data descriptors."""

    def __init__(self):
        self.bytes = io.BytesIO()

    def writable(self):
        return True

    def write(self, data):
        return self.bytes.write(data)


def fill(archive, members=MEMBERS, force_zip64=False):
    for n, (name, data) in enumerate(members.items()):
        info = zipfile.ZipInfo(name, DATE)
        info.compress_type = zipfile.ZIP_DEFLATED if n % 2 else zipfile.ZIP_STORED
        if force_zip64:
            with archive.open(info, "w", force_zip64=True) as out:
                out.write(data)
        else:
            archive.writestr(info, data)


@contextlib.contextmanager
def everything_is_large():
    """Every size, offset and count goes to its zip64 field, and the short ones are all ones."""
    saved = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = -1, -1
    try:
        yield
    finally:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = saved


def saturate_end(data):
    """Python writes min(count, 0xFFFF); large archives really have all ones."""
    at = data.rindex(b"PK\5\6")
    return data[: at + 8] + b"\xff" * 12 + data[at + 20 :]


def python_zip(build):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        build(archive)
    return buffer.getvalue()


def commented(archive):
    fill(archive)
    archive.comment = b"an end record that is none: PK\5\6" + bytes(16) + b"\xff\xff and more"


def streamed():
    out = Unseekable()
    with zipfile.ZipFile(out, "w") as archive:
        fill(archive)
    return out.bytes.getvalue()


def info_zip(*options):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in MEMBERS.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (1567296000, 1567296000))
        out = pathlib.Path(folder, "out.zip")
        subprocess.run(
            ["zip", "-q", "-X", "-D", *options, str(out), *MEMBERS],
            cwd=folder, check=True, env={"TZ": "UTC", "PATH": os.environ["PATH"]})
        return out.read_bytes()


archives = {"plain": python_zip(fill)}
archives["forced-local-zip64"] = python_zip(lambda archive: fill(archive, force_zip64=True))
with everything_is_large():
    archives["zip64"] = python_zip(fill)
archives["zip64-saturated"] = saturate_end(archives["zip64"])
archives["comment"] = python_zip(commented)
archives["streamed"] = streamed()
archives["prefixed"] = b"#!/bin/sh\nexit 1\n" + archives["plain"]
archives["prefixed-zip64"] = b"#!/bin/sh\nexit 1\n" + archives["zip64"]
archives["names"] = python_zip(
    lambda archive: fill(archive, {"Schädel/漢 [1]%20:x.dcm": b"one", "a b/c#d?.dcm": b"two" * 99}))
archives["empty"] = python_zip(lambda archive: None)
archives["info-zip"] = info_zip()
archives["info-zip-descriptors"] = info_zip("-fd")
archives["info-zip-zip64"] = info_zip("-fz")

rows = []
TARGET.mkdir(parents=True, exist_ok=True)
for name, data in archives.items():
    (TARGET / f"{name}.zip").write_bytes(data)
    # Python itself is taken in by the record in the comment, and sees no members.
    readable = archives["plain"] if name == "comment" else data
    with zipfile.ZipFile(io.BytesIO(readable)) as archive:
        for info in archive.infolist():
            content = archive.read(info)
            fields = (name, info.filename, info.file_size, info.compress_size, info.compress_type,
                      info.CRC, info.header_offset, hashlib.sha256(content).hexdigest())
            rows.append("\t".join(map(str, fields)) + "\n")
(TARGET / "members.tsv").write_text("".join(rows), encoding="utf-8")
