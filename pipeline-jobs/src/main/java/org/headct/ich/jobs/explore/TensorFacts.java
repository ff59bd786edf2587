package org.headct.ich.jobs.explore;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.common.ct.Standardisation;
import org.headct.ich.jobs.explore.TensorDatasets.Group;
import org.headct.ich.jobs.page.Facts.Fact;
import org.headct.ich.jobs.page.Numbers;
import org.headct.ich.jobs.table.TensorsTable.Form;

/** What a dataset's tensors are, as tiles at the top of their page. */
final class TensorFacts {
  private TensorFacts() {}

  static List<Fact> of(TensorDatasets datasets, String dataset, int shown) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Dataset", dataset, "there are " + String.join(", ", datasets.names())));
    facts.add(
        new Fact(
            "Slices shown",
            Numbers.count(shown),
            "of %s tensors".formatted(Numbers.count(datasets.tensors(dataset)))));
    for (Group group : datasets.of(dataset)) {
      facts.addAll(form(group.form()));
    }
    return facts;
  }

  private static List<Fact> form(Form form) {
    List<String> channels = ContactSheet.captions(form.windows());
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Channels",
            Integer.toString(form.channels()),
            "in HU: " + String.join("; ", channels)));
    facts.add(
        new Fact(
            "Tensor",
            "%d×%d×%d %s".formatted(form.channels(), form.height(), form.width(), form.valueType()),
            "recipe: " + form.recipe()));
    String moments = form.standardised();
    if (moments != null) {
      facts.add(new Fact("Standardised", "put back for the pictures", moments(channels, moments)));
    }
    return facts;
  }

  private static String moments(List<String> channels, String text) {
    List<Standardisation.Channel> moments = Standardisation.parse(text).channels();
    List<String> parts = new ArrayList<>();
    for (int c = 0; c < moments.size(); c++) {
      parts.add(
          "%s: mean %s, deviation %s"
              .formatted(
                  channels.get(c),
                  Numbers.decimal(moments.get(c).mean(), 4),
                  Numbers.decimal(moments.get(c).deviation(), 4)));
    }
    return String.join("; ", parts);
  }
}
