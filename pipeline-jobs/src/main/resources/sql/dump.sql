-- How large is the dump, and how much of it did make-phantoms write?
--   images: number of rows of slices
--   series: number of distinct series
--   patients: number of distinct pseudonyms
--   bytes: size of the objects
--   phantoms: number of images that make-phantoms wrote
SELECT
  count(*) AS images,
  count(DISTINCT series_id) AS series,
  count(DISTINCT patient_id) AS patients,
  coalesce(sum(size_bytes), 0) AS bytes,
  count_if(implementation = 'HEADCT_ICH') AS phantoms
FROM ich.slices
