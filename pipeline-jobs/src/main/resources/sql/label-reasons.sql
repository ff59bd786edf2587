-- What was wrong or noteworthy in the label files?
--   reason: closed list
--   findings: rows of label_findings
SELECT reason, count(*) AS findings
FROM ich.label_findings
GROUP BY reason
ORDER BY findings DESC, reason
