-- Which errors and notable facts were found, by dump and reason?
--   dump: label file, or archive or folder of the objects; empty for a finding of a series or of a label
--   command: command that found it
--   reason: reason from the closed list
--   rejected: true if the objects were left out; null for label files, because their reason says it
--   findings: number of findings
SELECT file AS dump, 'reshape-labels' AS command, reason, CAST(NULL AS BOOLEAN) AS rejected, count(*) AS findings
FROM ich.label_findings
GROUP BY file, reason
UNION ALL
SELECT
  coalesce(
    nullif(regexp_extract(object, '(?i)^(.*[.]zip)!', 1), ''),
    regexp_extract(object, '^(.*)/[^/]*$', 1)) AS dump,
  job AS command, reason, rejected, count(*) AS findings
FROM ich.slice_findings
GROUP BY ALL
ORDER BY dump, command, findings DESC, reason
