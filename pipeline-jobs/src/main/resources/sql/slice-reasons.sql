-- What was wrong or noteworthy in the DICOM objects and series?
--   reason: closed list
--   findings: rows of slice_findings
SELECT reason, count(*) AS findings
FROM ich.slice_findings
GROUP BY reason
ORDER BY findings DESC, reason
