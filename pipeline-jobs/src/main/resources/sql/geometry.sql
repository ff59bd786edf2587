-- How are the slices of a series placed, and how large are their pixels? Each series counts once, with its median.
-- Distance is measured between neighbours along the normal of their plane, row x column (DICOM PS3.3 C.7.6.2).
-- Tilt is the angle between the normal and the long axis of the body; it shows a tilted gantry.
--   measure: distance (mm), thickness (mm), tilt (degrees) or pixel (mm)
--   value: rounded to 0.5 mm, 0.5 mm, 1 degree and 0.02 mm
--   series: number of series with this value; a series without it in its headers is left out
WITH oriented AS (
  SELECT
    series_id, image_id, image_position_mm AS at, slice_thickness_mm,
    if(size(pixel_spacing_mm) = 2, pixel_spacing_mm[0], NULL) AS pixel_mm,
    image_orientation[1] * image_orientation[5] - image_orientation[2] * image_orientation[4] AS nx,
    image_orientation[2] * image_orientation[3] - image_orientation[0] * image_orientation[5] AS ny,
    image_orientation[0] * image_orientation[4] - image_orientation[1] * image_orientation[3] AS nz
  FROM ich.slices),
placed AS (
  SELECT
    *,
    if(size(at) = 3, at[0] * nx + at[1] * ny + at[2] * nz, NULL) AS along_normal_mm,
    degrees(acos(least(1, abs(nz)))) AS tilt_degrees
  FROM oriented),
spaced AS (
  SELECT
    *,
    along_normal_mm - lag(along_normal_mm) OVER (PARTITION BY series_id ORDER BY along_normal_mm, image_id) AS distance_mm
  FROM placed),
measured AS (
  SELECT
    series_id,
    round(2 * median(if(distance_mm > 0.001, distance_mm, NULL))) / 2 AS `distance (mm)`,
    round(2 * median(slice_thickness_mm)) / 2 AS `thickness (mm)`,
    round(median(tilt_degrees)) AS `tilt (degrees)`,
    round(round(50 * median(pixel_mm)) / 50, 2) AS `pixel (mm)`
  FROM spaced
  GROUP BY series_id)
SELECT measure, value, count(*) AS series
FROM measured
UNPIVOT (value FOR measure IN (`distance (mm)`, `thickness (mm)`, `tilt (degrees)`, `pixel (mm)`))
GROUP BY measure, value
ORDER BY measure, value
