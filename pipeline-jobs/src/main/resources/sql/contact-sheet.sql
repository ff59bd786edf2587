-- Which slices to look at? In each dataset, the classes take turns. The slices of a class are in hashed
-- order, which is equal for equal tensors. A slice of several classes comes once, at its first place,
-- so the first seven rows have every class. A page takes the first rows of one dataset and reads only
-- their pixels. A haemorrhage without a subtype, on which the readers did not agree, is unnamed.
--   dataset: name of the dataset
--   image_id: id of the slice
--   turn: turn of the classes in which the slice comes, from 1
--   class: class for which the slice was taken: a subtype, unnamed, or without a haemorrhage
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
