-- What did each run publish? This query reads one table; the view has one such query for each existing table.
--   table_name: name of the table
--   snapshot_id: id for VERSION AS OF and for --changes
--   committed_at: time of the commit
--   operation: append, overwrite or delete; replace rewrites the same rows into other files
--   run: run that published it
--   command: command of the run
--   version: version of the code
--   rows_added: number of rows in new files
--   rows_removed: number of rows in removed files, and of deleted rows; a rewritten file counts in both
--   rows: number of rows in the snapshot
SELECT
  'labels' AS table_name, snapshot_id, committed_at, operation,
  summary['ich.run-id'] AS run, summary['ich.job'] AS command, summary['ich.code-version'] AS version,
  CAST(coalesce(summary['added-records'], '0') AS BIGINT) AS rows_added,
  CAST(coalesce(summary['deleted-records'], '0') AS BIGINT)
    + CAST(coalesce(summary['added-position-deletes'], '0') AS BIGINT) AS rows_removed,
  CAST(coalesce(summary['total-records'], '0') AS BIGINT)
    - CAST(coalesce(summary['total-position-deletes'], '0') AS BIGINT) AS `rows`
FROM ich.labels.snapshots
