-- How large is the dump, and how much of it did make-phantoms write?
--   images: rows of slices
--   series: distinct
--   patients: distinct pseudonyms
--   bytes: of the objects
--   phantoms: images that make-phantoms wrote
SELECT
  count(*) AS images,
  count(DISTINCT series_id) AS series,
  count(DISTINCT patient_id) AS patients,
  coalesce(sum(size_bytes), 0) AS bytes,
  count_if(implementation = 'HEADCT_ICH') AS phantoms
FROM ich.slices
