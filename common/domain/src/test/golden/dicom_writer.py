#!/usr/bin/python3
"""Writes the objects that DicomWriterTest compares with, using pydicom.

Usage: dicom_writer.py   (from any folder; writes into the test's resources)
"""
import pathlib
import warnings

import numpy
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset

warnings.filterwarnings("ignore")  # RSNA's ids are not UIDs
OUT = pathlib.Path(__file__).parent.parent / "resources/org/headct/ich/domain/dicom/builtin"


def write(name, syntax, signed):
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    d.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    d.file_meta.TransferSyntaxUID = syntax
    d.SOPInstanceUID = "ID_000012eaf"
    d.Modality = "CT"
    d.PatientID = "ID_f15c0eee1"  # the values cover odd and even lengths
    d.StudyInstanceUID = "ID_30ea2b02d4"
    d.SeriesInstanceUID = "ID_0ab5820b2"
    d.StudyID = ""
    d.ImagePositionPatient = ["-125", "-115.89798", "77.970825"]
    d.ImageOrientationPatient = ["1", "0", "0", "0", "0.927184", "-0.374607"]
    d.SamplesPerPixel = 1
    d.PhotometricInterpretation = "MONOCHROME2"
    d.Rows = 3
    d.Columns = 4
    d.PixelSpacing = ["0.488281", "0.488281"]
    d.BitsAllocated = 16
    d.BitsStored = 16 if signed else 12
    d.HighBit = 15 if signed else 11
    d.PixelRepresentation = 1 if signed else 0
    d.WindowCenter = ["36", "36"]
    d.WindowWidth = ["80", "80"]
    d.RescaleIntercept = "-1024"
    d.RescaleSlope = "1"
    values = numpy.arange(12) * (-257 if signed else 341)
    d.PixelData = values.astype("<i2").tobytes()
    d["PixelData"].VR = "OW"
    d.is_little_endian = True
    d.is_implicit_VR = syntax == "1.2.840.10008.1.2"
    d.save_as(OUT / name, write_like_original=False)


write("writer-implicit.dcm", "1.2.840.10008.1.2", False)
write("writer-explicit.dcm", "1.2.840.10008.1.2.1", True)
