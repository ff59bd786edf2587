-- Which scanners made the images, and how are their pixels stored?
--   scanner: manufacturer and model, or empty
--   pixel_rows: height
--   pixel_columns: width
--   bits_stored: of a pixel
--   representation: signed or unsigned
--   transfer_syntax: UID
--   rescale_intercept: in HU, or null
--   images: that are like this
SELECT
  scanner, pixel_rows, pixel_columns, bits_stored,
  if(signed, 'signed', 'unsigned') AS representation,
  transfer_syntax, rescale_intercept, count(*) AS images
FROM ich.slices
GROUP BY ALL
ORDER BY images DESC, scanner, pixel_rows, pixel_columns, bits_stored, representation,
  transfer_syntax, rescale_intercept
