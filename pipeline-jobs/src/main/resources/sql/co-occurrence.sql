-- How many images show both of two subtypes? A subtype with itself counts its own images.
WITH positives AS (
  SELECT image_id, finding
  FROM ich.labels
  UNPIVOT (label FOR finding IN (
    epidural, intraparenchymal, intraventricular, subarachnoid, subdural))
  WHERE label = 1)
SELECT a.finding AS first, b.finding AS second, count(*) AS images
FROM positives a
JOIN positives b ON a.image_id = b.image_id AND a.finding <= b.finding
GROUP BY a.finding, b.finding
ORDER BY first, second
