-- Which patients, studies, series, images and pixels are in more than one part of a dataset? Without leakage there are none.
--   dataset: name of the dataset
--   what: patient, study, series, image, or pixels (different images with equal pixels)
--   shared: number of them in two or three parts; null if no pixels were read (audit.depth = pixels reads them)
--   images: number of selected images that belong to them
WITH selected AS (
  SELECT
    dataset, split, nullif(selections.patient_id, '') AS patient, nullif(study_id, '') AS study,
    selections.series_id AS series,
    image_id AS image, pixel_hash AS pixels
  FROM ich.selections LEFT JOIN ich.slices USING (image_id)),
grouped AS (
  SELECT dataset, what, id, count(DISTINCT split) AS parts, count(*) AS images
  FROM selected
  UNPIVOT INCLUDE NULLS (id FOR what IN (patient, study, series, image, pixels))
  GROUP BY dataset, what, id)
SELECT
  dataset, what,
  if(count(id) = 0, NULL, count_if(parts > 1 AND id IS NOT NULL)) AS shared,
  sum(if(parts > 1 AND id IS NOT NULL, images, 0)) AS images
FROM grouped
GROUP BY dataset, what
ORDER BY dataset, array_position(array('patient', 'study', 'series', 'image', 'pixels'), what)
