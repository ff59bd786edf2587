-- How many series have how many slices?
--   slices: in a series
--   series: that have so many
SELECT slices, count(*) AS series
FROM (SELECT series_id, count(*) AS slices FROM ich.slices GROUP BY series_id)
GROUP BY slices
ORDER BY slices
