-- What did each run publish? This asks one table; the view has one such query for each table that is there.
--   table_name: table
--   snapshot_id: for VERSION AS OF and for --changes
--   committed_at: when
--   operation: append, overwrite, delete; replace brings the same rows in other files
--   run: that published it
--   command: of the run
--   version: of the code
--   rows_added: rows of new files
--   rows_removed: rows of files that went, and rows struck out; a file that is written anew counts in both
--   rows: of the snapshot
SELECT
  'labels' AS table_name, snapshot_id, committed_at, operation,
  summary['ich.run-id'] AS run, summary['ich.job'] AS command, summary['ich.code-version'] AS version,
  CAST(coalesce(summary['added-records'], '0') AS BIGINT) AS rows_added,
  CAST(coalesce(summary['deleted-records'], '0') AS BIGINT)
    + CAST(coalesce(summary['added-position-deletes'], '0') AS BIGINT) AS rows_removed,
  CAST(coalesce(summary['total-records'], '0') AS BIGINT)
    - CAST(coalesce(summary['total-position-deletes'], '0') AS BIGINT) AS `rows`
FROM ich.labels.snapshots
