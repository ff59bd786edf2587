-- Which errors and notable facts were found in the DICOM objects and series?
--   reason: reason from the closed list
--   findings: number of rows of slice_findings
SELECT reason, count(*) AS findings
FROM ich.slice_findings
GROUP BY reason
ORDER BY findings DESC, reason
