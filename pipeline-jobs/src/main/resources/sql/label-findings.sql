-- What was wrong or noteworthy in the label files?
SELECT reason, count(*) AS findings
FROM ich.label_findings
GROUP BY reason
ORDER BY findings DESC, reason
