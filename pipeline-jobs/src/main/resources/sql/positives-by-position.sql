-- Where in a series are the positive slices? The bins are twentieths of the series, for each class.
-- A slice's place is the projection of its position on the normal of its plane, row x column
-- (DICOM PS3.3 C.7.6.2). Slices without geometry and series of one slice are left out.
--   finding: any, or a subtype
--   relative_position: middle of a twentieth of the series: 0 is its first slice, 1 its last
--   slices: number of labelled slices in the bin
--   positives: number of slices labelled 1
WITH projected AS (
  SELECT
    image_id, series_id, instance_number,
    image_position_mm[0] * (image_orientation[1] * image_orientation[5]
                          - image_orientation[2] * image_orientation[4])
  + image_position_mm[1] * (image_orientation[2] * image_orientation[3]
                          - image_orientation[0] * image_orientation[5])
  + image_position_mm[2] * (image_orientation[0] * image_orientation[4]
                          - image_orientation[1] * image_orientation[3]) AS along_normal_mm
  FROM ich.slices
  WHERE size(image_position_mm) = 3 AND size(image_orientation) = 6),
placed AS (
  SELECT
    image_id,
    row_number() OVER (PARTITION BY series_id
                       ORDER BY along_normal_mm, instance_number, image_id) - 1 AS place,
    count(*) OVER (PARTITION BY series_id) AS slices
  FROM projected),
binned AS (
  SELECT image_id, least(floor(20 * place / (slices - 1)), 19) AS bin
  FROM placed
  WHERE slices > 1),
labelled AS (
  SELECT * FROM ich.labels
  UNPIVOT (label FOR finding IN (
    `any`, epidural, intraparenchymal, intraventricular, subarachnoid, subdural)))
SELECT
  finding,
  CAST((bin + 0.5) / 20 AS DOUBLE) AS relative_position,
  count(*) AS slices,
  sum(label) AS positives
FROM binned JOIN labelled USING (image_id)
GROUP BY finding, bin
ORDER BY finding <> 'any', finding, bin
