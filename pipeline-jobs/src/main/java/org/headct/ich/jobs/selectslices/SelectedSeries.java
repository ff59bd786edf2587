package org.headct.ich.jobs.selectslices;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.series.SeriesRule;
import org.headct.ich.domain.series.SeriesRule.Candidate;
import org.headct.ich.domain.series.SeriesRule.Choice;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Series;
import org.headct.ich.jobs.table.SliceFindingsTable;

/** Series that the datasets of a run take, by series rule. */
final class SelectedSeries {
  private final Map<SeriesRule, Set<String>> taken = new EnumMap<>(SeriesRule.class);
  private final Map<String, SliceFindingsTable.Entry> others = new HashMap<>();
  private final Map<String, SliceFindingsTable.Entry> unclear = new HashMap<>();

  /** Applies the rules. Series are collected only if a rule chooses among them. */
  SelectedSeries(List<SelectConfig> configs, JavaRDD<Series> series) {
    Set<SeriesRule> rules =
        configs.stream()
            .map(SelectConfig::series)
            .filter(rule -> rule != SeriesRule.ALL)
            .collect(Collectors.toSet());
    if (rules.isEmpty()) {
      return;
    }
    List<Candidate> candidates =
        series.map(Series::shape).filter(one -> one.slices() > 0).collect();
    Set<String> ofAny = new HashSet<>();
    for (SeriesRule rule : rules) {
      List<Choice> choices = rule.choices(candidates);
      Set<String> ids =
          choices.stream().map(choice -> choice.taken().seriesId()).collect(Collectors.toSet());
      taken.put(rule, ids);
      ofAny.addAll(ids);
      Map<String, Candidate> byScan =
          choices.stream()
              .map(Choice::taken)
              .collect(Collectors.toMap(Candidate::scanId, one -> one));
      for (Choice choice : choices) {
        Candidate one = choice.taken();
        choice
            .doubt()
            .ifPresent(
                doubt -> unclear.put(one.seriesId(), MiddleOfSeries.unclear(rule, one, doubt)));
      }
      for (Candidate one : candidates) {
        Candidate instead = byScan.get(one.scanId());
        if (instead != null) {
          others.put(one.seriesId(), MiddleOfSeries.otherSeries(rule, one, instead));
        }
      }
    }
    if (configs.stream().anyMatch(config -> config.series() == SeriesRule.ALL)) {
      others.clear();
    }
    others.keySet().removeAll(ofAny);
  }

  boolean has(SeriesRule rule, String seriesId) {
    Set<String> ids = taken.get(rule);
    return ids == null || ids.contains(seriesId);
  }

  /** Returns the number of series that no dataset takes, because a rule took another one. */
  int leftOut() {
    return others.size();
  }

  /** Returns one finding for each such series, and one for each choice without a clear reason. */
  List<SliceFindingsTable.Entry> findings() {
    List<SliceFindingsTable.Entry> findings = new ArrayList<>(others.values());
    findings.addAll(unclear.values());
    return findings;
  }
}
