-- Which slices to look at? Positive and negative ones in turn, the same for the same tensors; the
-- sheet takes the first of them (explore.pictures) and reads the pixels of those alone.
WITH images AS (
  SELECT image_id, min(dataset) AS dataset, max(`any`) AS positive
  FROM ich.tensors
  GROUP BY image_id)
SELECT
  image_id, dataset, positive,
  row_number() OVER (PARTITION BY positive ORDER BY xxhash64(2019, image_id), image_id) AS turn
FROM images
ORDER BY turn, positive DESC
