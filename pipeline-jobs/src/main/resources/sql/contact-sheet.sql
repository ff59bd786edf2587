-- Which slices to look at? In each dataset the classes in turn, and of a class its slices in hashed
-- order: the same for the same tensors. A slice of several classes stands where it comes first, so
-- the first seven rows have every class. A page takes the first rows of one dataset, and reads the
-- pixels of those alone. Readers of a scan may agree on a haemorrhage and not on a subtype: unnamed.
--   dataset: name
--   image_id: slice
--   turn: in which round of the classes it comes, from 1
--   class: for which it was taken: a subtype, unnamed, or without a haemorrhage
WITH classified AS (
  SELECT
    dataset, image_id, epidural, intraparenchymal, intraventricular, subarachnoid, subdural,
    `any` - greatest(epidural, intraparenchymal, intraventricular, subarachnoid, subdural) AS unnamed,
    1 - `any` AS without
  FROM ich.tensors),
in_turn AS (
  SELECT
    dataset, image_id, class,
    row_number() OVER (PARTITION BY dataset, class
                       ORDER BY xxhash64(2019, image_id), image_id) AS turn
  FROM classified
  UNPIVOT (label FOR class IN (
    epidural, intraparenchymal, intraventricular, subarachnoid, subdural, unnamed, without))
  WHERE label = 1)
SELECT dataset, image_id, place.turn, place.class
FROM (
  SELECT dataset, image_id, min(struct(turn, class)) AS place
  FROM in_turn
  GROUP BY dataset, image_id)
ORDER BY dataset, turn, class
