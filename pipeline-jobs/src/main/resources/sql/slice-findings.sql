-- What was wrong or noteworthy in the DICOM objects and series?
SELECT reason, count(*) AS findings
FROM ich.slice_findings
GROUP BY reason
ORDER BY findings DESC, reason
