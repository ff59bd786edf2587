-- How many series have how many slices?
--   slices: number of slices in a series
--   series: number of series with this many slices
SELECT slices, count(*) AS series
FROM (SELECT series_id, count(*) AS slices FROM ich.slices GROUP BY series_id)
GROUP BY slices
ORDER BY slices
