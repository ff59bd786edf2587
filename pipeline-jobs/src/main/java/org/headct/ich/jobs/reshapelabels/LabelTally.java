package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.jobs.reshapelabels.LabelRows.Gathered;

/** The sums over the results for label rows. */
final class LabelTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private long rows;
  private long kept;
  private long superseded;
  private long added;
  private long changed;
  private long removed;
  private long unchanged;
  private long repeated;
  private long checksum;
  private final TreeMap<String, Long> rejected = new TreeMap<>();

  LabelTally add(Gathered gathered) {
    rows += gathered.rows().rows();
    kept += gathered.rows().kept().size();
    superseded += gathered.rows().superseded();
    added += gathered.changes().added().size();
    changed += gathered.changes().changed().size();
    removed += gathered.changes().removed().size();
    unchanged += gathered.changes().unchanged();
    repeated += gathered.changes().repeated();
    checksum ^= gathered.changes().checksum();
    gathered.rows().findings().forEach(this::add);
    return this;
  }

  private void add(LabelFinding finding) {
    rejected.merge(finding.reason().name(), finding.rows(), Long::sum);
  }

  LabelTally plus(LabelTally other) {
    rows += other.rows;
    kept += other.kept;
    superseded += other.superseded;
    added += other.added;
    changed += other.changed;
    removed += other.removed;
    unchanged += other.unchanged;
    repeated += other.repeated;
    checksum ^= other.checksum;
    other.rejected.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
    return this;
  }

  /** Returns the number of label rows that were read. */
  long rows() {
    return rows;
  }

  /** Returns the number of images kept, plus the labels that a later load replaced. */
  long kept() {
    return kept + superseded;
  }

  long superseded() {
    return superseded;
  }

  /** Returns the number of rows in findings, by reason. */
  Map<String, Long> rejected() {
    return rejected;
  }

  long added() {
    return added;
  }

  long changed() {
    return changed;
  }

  long removed() {
    return removed;
  }

  long unchanged() {
    return unchanged;
  }

  /** Returns the number of images that the table will hold. */
  long images() {
    return added + changed + unchanged;
  }

  /** Returns the number of rows of the table whose image has another row there. */
  long repeated() {
    return repeated;
  }

  /** Returns the checksum of the table as it will be. */
  long checksum() {
    return checksum;
  }

  /** Returns whether the table has to change. */
  boolean changes() {
    return added + changed + removed > 0;
  }

  /** Returns whether rows of the table must be replaced or removed, not only added. */
  boolean replaces() {
    return changed + removed > 0;
  }
}
