-- How many patients, series, images and positives of each class are in each part of each dataset?
--   dataset: name
--   split: train, validation or test
--   patients: in this part
--   series: in this part
--   images: in this part, each once
--   any: images labelled so
--   epidural: images labelled so
--   intraparenchymal: images labelled so
--   intraventricular: images labelled so
--   subarachnoid: images labelled so
--   subdural: images labelled so
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
