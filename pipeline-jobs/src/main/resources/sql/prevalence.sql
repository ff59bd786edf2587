-- How many images are positive and how many negative, for any haemorrhage and for each subtype?
-- (Figures 4, 5 and 6 of the thesis.)
--   finding: any, or a subtype
--   positives: number of images labelled 1
--   negatives: number of images labelled 0
--   prevalence: share of images labelled 1
SELECT finding, sum(label) AS positives, sum(1 - label) AS negatives, avg(label) AS prevalence
FROM ich.labels
UNPIVOT (label FOR finding IN (
  `any`, epidural, intraparenchymal, intraventricular, subarachnoid, subdural))
GROUP BY finding
ORDER BY finding <> 'any', finding
