-- Which scanners made the images, and how are their pixels stored?
--   scanner: manufacturer and model, or empty
--   pixel_rows: height in pixels
--   pixel_columns: width in pixels
--   bits_stored: stored bits per pixel
--   representation: signed or unsigned
--   transfer_syntax: UID of the transfer syntax
--   rescale_intercept: rescale intercept in HU, or null
--   images: number of images like this
SELECT
  scanner, pixel_rows, pixel_columns, bits_stored,
  if(signed, 'signed', 'unsigned') AS representation,
  transfer_syntax, rescale_intercept, count(*) AS images
FROM ich.slices
GROUP BY ALL
ORDER BY images DESC, scanner, pixel_rows, pixel_columns, bits_stored, representation,
  transfer_syntax, rescale_intercept
