"""Peers of deploy/bench/start: scripts that people would write without this project. Each runs in its own process.

    python3 start-peer.py pydicom FOLDER TABLE    audits the DICOM files of a folder one by one, writes a CSV file
    python3 start-peer.py duckdb LABELS TABLE     makes a row of six labels for each image, writes a Parquet file

Prints a line of JSON: the number of objects and of those that do not decode, or the number of images.
"""

import json
import sys

SUBTYPES = ["epidural", "intraparenchymal", "intraventricular", "subarachnoid", "subdural", "any"]
HEADER = (
    "SOPInstanceUID PatientID StudyInstanceUID SeriesInstanceUID InstanceNumber ImagePositionPatient ImageOrientationPatient "
    "PixelSpacing SliceThickness PhotometricInterpretation Rows Columns BitsStored PixelRepresentation RescaleSlope "
    "RescaleIntercept PixelPaddingValue WindowCenter WindowWidth Manufacturer"
).split()


def audit(folder, table):
    """Writes the hash of the bytes, header values, the hash of the pixels and their range in HU."""
    import csv
    import hashlib
    import io
    import pathlib

    import pydicom

    # RSNA's ids are not UIDs. Otherwise each object would give a warning.
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    objects = failed = 0
    with open(table, "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["file", "content_hash", *HEADER, "pixel_hash", "min_hu", "max_hu"])
        for path in sorted(pathlib.Path(folder).rglob("*.dcm")):
            objects += 1
            data = path.read_bytes()
            content = hashlib.sha256(data).hexdigest()
            try:
                dataset = pydicom.dcmread(io.BytesIO(data))
                header = [dataset.get(name) for name in HEADER]
                stored = dataset.pixel_array
                hashed = hashlib.sha256(stored.tobytes()).hexdigest()
                slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
                range_hu = [int(stored.min()) * slope + intercept, int(stored.max()) * slope + intercept]
            except Exception as error:  # pydicom raises many types for a damaged object
                failed += 1
                print(f"{path.name}: {error}", file=sys.stderr)
                continue
            rows.writerow([path.name, content, *header, hashed, *range_hu])
    return {"objects": objects, "failed": failed}


def reshape(labels, table):
    """Reshapes on all cores. The output is sorted and compressed like ich.labels."""
    import duckdb

    columns = ", ".join(f"max(Label) FILTER (subtype = '{name}') AS \"{name}\"" for name in SUBTYPES)
    duckdb.sql(
        f"""
        COPY (
          SELECT image_id, {columns}
          FROM (
            SELECT 'ID_' || split_part(ID, '_', 2) AS image_id, split_part(ID, '_', 3) AS subtype, Label
            FROM read_csv('{labels}', header = true, columns = {{'ID': 'VARCHAR', 'Label': 'TINYINT'}})
          )
          GROUP BY image_id ORDER BY image_id
        ) TO '{table}' (FORMAT parquet, COMPRESSION zstd)
        """
    )
    return {"images": duckdb.sql(f"SELECT count(*) FROM '{table}'").fetchone()[0]}


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("pydicom", "duckdb"):
        sys.exit(__doc__)
    print(json.dumps((audit if sys.argv[1] == "pydicom" else reshape)(*sys.argv[2:])))
