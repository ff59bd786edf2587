-- Which scanners made the images, and how are their pixels stored?
SELECT
  scanner, pixel_rows, pixel_columns, bits_stored,
  if(signed, 'signed', 'unsigned') AS representation,
  transfer_syntax, rescale_intercept, count(*) AS images
FROM ich.slices
GROUP BY ALL
ORDER BY images DESC, scanner, pixel_rows, pixel_columns, bits_stored, representation,
  transfer_syntax, rescale_intercept
