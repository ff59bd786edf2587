-- How many patients, series, images and positives of each class are in each part of each dataset?
--   dataset: name of the dataset
--   split: train, validation or test
--   patients: number of patients in this part
--   series: number of series in this part
--   images: number of images in this part, each counted once
--   any: number of images with this label
--   epidural: number of images with this label
--   intraparenchymal: number of images with this label
--   intraventricular: number of images with this label
--   subarachnoid: number of images with this label
--   subdural: number of images with this label
SELECT
  dataset, split,
  count(DISTINCT patient_id) AS patients,
  count(DISTINCT series_id) AS series,
  count(*) AS images,
  sum(`any`) AS `any`,
  sum(epidural) AS epidural,
  sum(intraparenchymal) AS intraparenchymal,
  sum(intraventricular) AS intraventricular,
  sum(subarachnoid) AS subarachnoid,
  sum(subdural) AS subdural
FROM ich.selections JOIN ich.labels USING (image_id)
GROUP BY dataset, split
ORDER BY dataset, array_position(array('train', 'validation', 'test'), split)
