-- How many images show both of two subtypes? A subtype with itself counts its own images.
--   first: subtype
--   second: the same subtype, or one later in the alphabet
--   images: number of images that show both
SELECT first, second, sum(shows_first * shows_second) AS images
FROM ich.labels
LATERAL VIEW explode(map(
  'epidural', epidural, 'intraparenchymal', intraparenchymal, 'intraventricular', intraventricular,
  'subarachnoid', subarachnoid, 'subdural', subdural)) AS first, shows_first
LATERAL VIEW explode(map(
  'epidural', epidural, 'intraparenchymal', intraparenchymal, 'intraventricular', intraventricular,
  'subarachnoid', subarachnoid, 'subdural', subdural)) AS second, shows_second
WHERE first <= second
GROUP BY first, second
ORDER BY first, second
