-- Which errors and notable facts were found in the label files?
--   reason: reason from the closed list
--   findings: number of rows of label_findings
SELECT reason, count(*) AS findings
FROM ich.label_findings
GROUP BY reason
ORDER BY findings DESC, reason
