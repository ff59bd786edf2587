#!/usr/bin/python3
"""Writes the golden files of the DICOM reader, with readers that share no code with it.

Needs Debian's python3-pydicom (2.3.1), python3-gdcm, python3-pil, python3-numpy and dcmtk. Usage:

  dicom_golden.py conformance ct-conformance.zip > ct-conformance.tsv
  dicom_golden.py headers     ct-conformance.zip > ct-headers.tsv
  dicom_golden.py rsna        rsna-sample.zip    > rsna-sample.tsv
  dicom_golden.py synthetic   FOLDER             # writes small objects and FOLDER/synthetic.tsv

Stored values of a frame are defined by PS3.5 section 8.1.1. A cell has BitsAllocated bits. A stored
value is the bits from HighBit down to HighBit - BitsStored + 1, in two's complement if
PixelRepresentation is 1. Values are row-major; the samples of a pixel are adjacent. A frame's hash is
the SHA-256 of its stored values as little endian int32.

Columns: member, rows, columns, frames, exact|lossy, hashes joined by commas, samples. For an
unreadable member, the columns from the fourth on are: 0, unreadable, the reason, empty. Only lossy
members have samples: 256 stored values at the indices i * n // 256 of the first frame's n.

headers writes a line for each member that has Rows: the member, then the attributes of HEADER.
Numbers are decimals, and several are joined by backslashes. Absent attributes are blank.

conformance and rsna read with pydicom. pydicom itself decodes native and RLE, OpenJPEG (Pillow)
decodes JPEG 2000, and GDCM decodes other JPEG. synthetic draws the values itself; dcmtk and GDCM
encode them.
"""
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import warnings
import zipfile

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

warnings.simplefilter("ignore")
JPEG_2000 = {"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"}
LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81",
         "1.2.840.10008.1.2.4.91"}


def stored(cells, bits_stored, high_bit, signed):
    value = (cells.astype(np.int64) >> (high_bit + 1 - bits_stored)) & ((1 << bits_stored) - 1)
    if signed:
        value = np.where(value >> (bits_stored - 1), value - (1 << bits_stored), value)
    return value


def digest(frame):
    return hashlib.sha256(frame.astype("<i4").tobytes()).hexdigest()


def line(member, values, rows, columns, frames, lossy):
    values = values.reshape(frames, -1)
    samples = ""
    if lossy:
        n = values.shape[1]
        samples = ",".join(str(values[0][i * n // 256]) for i in range(256))
    return "\t".join([member, str(rows), str(columns), str(frames), "lossy" if lossy else "exact",
                      ",".join(digest(f) for f in values), samples])


def unreadable(member, reason):
    return "\t".join([member, "0", "0", "0", "unreadable", reason, ""])


def read(member, data):
    try:
        d = pydicom.dcmread(io.BytesIO(data), force=True)
        if "PixelData" not in d:
            return unreadable(member, "no PixelData")
        uid = str(getattr(d.file_meta, "TransferSyntaxUID", ""))
        bits, high, pr = d.BitsStored, d.HighBit, d.PixelRepresentation
        rows, columns, frames = d.Rows, d.Columns, int(d.get("NumberOfFrames") or 1)
        if uid in JPEG_2000:
            d.convert_pixel_data("pillow")
        values = stored(d.pixel_array, bits, high, pr)
        return line(member, values, rows, columns, frames, uid in LOSSY)
    except Exception as e:  # the reason is the class of any exception that these readers raise
        return unreadable(member, type(e).__name__)


def members(path):
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".dcm"):
                yield name, archive.read(name)


def conformance(path):
    for name, data in members(path):
        print(read(name, data))


HEADER = ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "Modality",
          "InstanceNumber", "Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation",
          "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "RescaleSlope",
          "RescaleIntercept", "PixelPaddingValue", "ImagePositionPatient",
          "ImageOrientationPatient", "PixelSpacing", "SliceThickness", "GantryDetectorTilt",
          "WindowCenter", "WindowWidth", "Manufacturer", "ManufacturerModelName"]


def headers(path):
    print("member", "TransferSyntaxUID", *HEADER, sep="\t")
    for name, data in members(path):
        d = pydicom.dcmread(io.BytesIO(data), force=True, stop_before_pixels=True)
        if "Rows" in d:
            cells = [name, str(d.file_meta.TransferSyntaxUID)]
            for keyword in HEADER:
                value = d.get(keyword)
                if value is None or value == "":
                    cells.append("")
                elif isinstance(value, pydicom.multival.MultiValue):
                    cells.append("\\".join(str(float(v)) for v in value))
                else:
                    cells.append(str(value).strip())
            print(*cells, sep="\t")


def rsna(path):
    """Prints the number of members, and the SHA-256 of their lines, each ended by a line feed."""
    total, count = hashlib.sha256(), 0
    for name, data in members(path):
        total.update((read(name, data) + "\n").encode())
        count += 1
    print(count, total.hexdigest(), sep="\t")


# --- synthetic ---------------------------------------------------------------------------------

RNG = np.random.default_rng(20191101)


def draw(frames, rows, columns, bits, signed):
    """Draws smooth shapes with noise over the whole range, including the extremes."""
    y, x = np.mgrid[0:rows, 0:columns]
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    images = []
    for f in range(frames):
        wave = np.sin(x / 3.0 + f) * np.cos(y / 4.0) * 0.45 + 0.5 + RNG.normal(0, 0.02, x.shape)
        image = np.clip(np.rint(low + wave * (high - low)), low, high).astype(np.int64)
        image[0, 0], image[-1, -1] = low, high
        images.append(image)
    return np.stack(images)


def dataset(values, allocated, bits, high, signed, syntax, garbage=False, vr="OW"):
    frames, rows, columns = values.shape
    cells = (values & ((1 << bits) - 1)) << (high + 1 - bits)
    if garbage:
        mask = ((1 << bits) - 1) << (high + 1 - bits)
        cells |= RNG.integers(0, 1 << allocated, cells.shape) & ~mask & ((1 << allocated) - 1)
    big = syntax == ExplicitVRBigEndian
    data = cells.astype((">" if big else "<") + "u" + str(allocated // 8)).tobytes()
    data += b"\0" * (len(data) % 2)
    if big and allocated == 8 and vr == "OW":
        data = np.frombuffer(data, "<u2").byteswap().tobytes()
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.TransferSyntaxUID = syntax
    d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    d.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
    d.SOPClassUID, d.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "2.25.1"
    d.StudyInstanceUID, d.SeriesInstanceUID = "2.25.2", "2.25.3"
    d.Modality, d.PatientID, d.PatientName = "CT", "phantom", ""
    d.StudyDate = d.StudyTime = d.AccessionNumber = d.StudyID = d.PatientBirthDate = ""
    d.PatientSex = d.ReferringPhysicianName = d.SeriesNumber = d.InstanceNumber = ""
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.Rows, d.Columns = rows, columns
    if frames > 1:
        d.NumberOfFrames = frames
    d.BitsAllocated, d.BitsStored, d.HighBit = allocated, bits, high
    d.PixelRepresentation = int(signed)
    d.RescaleIntercept, d.RescaleSlope = "-1024", "1"
    d.add_new(0x7FE00010, vr, data)
    d.is_little_endian, d.is_implicit_VR = not big, syntax == ImplicitVRLittleEndian
    return d


def gdcm_transcode(source, target, syntax):
    import gdcm
    reader = gdcm.ImageReader()
    reader.SetFileName(source)
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    assert change.Change()
    writer = gdcm.ImageWriter()
    writer.SetFileName(target)
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()


def synthetic(folder):
    import gdcm
    os.makedirs(folder, exist_ok=True)
    lines = []
    plain = [  # name, frames, rows, columns, allocated, stored, high bit, signed, syntax,
               # garbage around the stored bits, VR
        ("implicit-12u", 1, 20, 24, 16, 12, 11, False, ImplicitVRLittleEndian, False, "OW"),
        ("explicit-16s", 1, 20, 24, 16, 16, 15, True, ExplicitVRLittleEndian, False, "OW"),
        ("explicit-12s-overlay-bits", 1, 20, 24, 16, 12, 11, True, ExplicitVRLittleEndian, True,
         "OW"),
        ("explicit-10u-high-bit-12", 1, 20, 24, 16, 10, 12, False, ExplicitVRLittleEndian, True,
         "OW"),
        ("explicit-8u-odd-3-frames", 3, 5, 7, 8, 8, 7, False, ExplicitVRLittleEndian, False, "OB"),
        ("explicit-7s", 1, 5, 7, 8, 7, 6, True, ExplicitVRLittleEndian, True, "OB"),
        ("big-endian-12s-2-frames", 2, 20, 24, 16, 12, 11, True, ExplicitVRBigEndian, False, "OW"),
        ("big-endian-8u-words", 3, 5, 7, 8, 8, 7, False, ExplicitVRBigEndian, False, "OW"),
        ("big-endian-8u-bytes", 1, 5, 7, 8, 8, 7, False, ExplicitVRBigEndian, False, "OB"),
    ]
    for name, frames, rows, columns, allocated, bits, high, signed, syntax, garbage, vr in plain:
        values = draw(frames, rows, columns, bits, signed)
        d = dataset(values, allocated, bits, high, signed, syntax, garbage, vr)
        d.save_as(os.path.join(folder, name + ".dcm"), write_like_original=False)
        lines.append(line(name + ".dcm", values, rows, columns, frames, False))
    # The second element is the encoding command, or a transfer syntax for GDCM.
    sources = [("8u", 8, 8, False), ("12u", 16, 12, False), ("12s", 16, 12, True),
               ("16u", 16, 16, False), ("16s", 16, 16, True)]
    first = ["dcmcjpeg", "+e1"]
    encoded = [("deflated", ["dcmconv", "+td"], 1, ["12u"]),
               ("rle", ["dcmcrle"], 1, ["8u", "12s", "16u"]),
               ("rle-3-frames", ["dcmcrle"], 3, ["16s"]),
               ("jpeg-70", first, 1, ["8u", "12u", "12s", "16u", "16s"]),
               ("jpeg-70-fragments", first + ["+fs", "1", "+ot"], 1, ["16u"]),
               ("jpeg-70-3-frames", first, 3, ["12s"]),
               ("jpeg-70-3-frames-no-table", first + ["-ot"], 3, ["12s"]),
               ("jpeg-70-3-frames-fragments", first + ["+fs", "1", "+ot"], 3, ["12u"]),
               ("jpeg-70-3-frames-fragments-no-table", first + ["+fs", "1", "-ot"], 3, ["12u"]),
               ("j2k-90", gdcm.TransferSyntax.JPEG2000Lossless, 1, ["8u", "12u", "12s", "16u", "16s"]),
               ("j2k-90-3-frames", gdcm.TransferSyntax.JPEG2000Lossless, 3, ["12s"])]
    encoded += [("jpeg-57-predictor-%d" % p, ["dcmcjpeg", "+el", "+sv", str(p)], 1, ["12u"])
                for p in range(1, 8)]
    with tempfile.TemporaryDirectory() as work:
        for name, how, frames, kinds in encoded:
            for kind, allocated, bits, signed in [s for s in sources if s[0] in kinds]:
                size = (40, 48) if "fragments" in name else (20, 24)
                values = draw(frames, *size, bits, signed)
                vr = "OB" if allocated == 8 else "OW"
                source, member = os.path.join(work, "in.dcm"), "%s-%s.dcm" % (name, kind)
                dataset(values, allocated, bits, bits - 1, signed, ExplicitVRLittleEndian,
                        vr=vr).save_as(source, write_like_original=False)
                target = os.path.join(folder, member)
                if isinstance(how, list):
                    subprocess.run(how + [source, target], check=True)
                else:
                    gdcm_transcode(source, target, how)
                lines.append(line(member, values, *size, frames, False))
    with open(os.path.join(folder, "synthetic.tsv"), "w") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("conformance", "headers", "rsna", "synthetic"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](sys.argv[2])
