-- How many patients, series, images and positives of each class are in each part of each dataset?
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
