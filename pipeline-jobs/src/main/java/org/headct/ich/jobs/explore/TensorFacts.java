package org.headct.ich.jobs.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.jobs.explore.TensorDatasets.Group;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.pages.TensorsReport.Channel;
import org.headct.ich.pages.element.Facts.Fact;
import org.headct.ich.pages.element.Numbers;

/** The key figures and channels of a dataset's tensors. */
final class TensorFacts {
  private TensorFacts() {}

  /** Returns the key figures at the top of the page. */
  static List<Fact> of(TensorDatasets datasets, String dataset, int shown) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Dataset", dataset, "available: " + String.join(", ", datasets.names())));
    facts.add(
        new Fact(
            "Slices shown",
            Numbers.count(shown),
            "of %s tensors".formatted(Numbers.count(datasets.tensors(dataset)))));
    for (Group group : datasets.of(dataset)) {
      facts.add(form(group.form()));
    }
    return facts;
  }

  private static Fact form(Form form) {
    return new Fact(
        "Tensor",
        "%d×%d×%d %s".formatted(form.channels(), form.height(), form.width(), form.valueType()),
        "recipe: " + form.recipe());
  }

  /** Returns the channels in order. */
  static List<Channel> channels(TensorDatasets datasets, String dataset) {
    return datasets.of(dataset).stream().flatMap(group -> channels(group.form()).stream()).toList();
  }

  private static List<Channel> channels(Form form) {
    List<String> names = ContactSheet.captions(form.windows());
    String moments = form.standardised();
    if (moments == null) {
      return names.stream().map(name -> new Channel(name, Double.NaN, Double.NaN)).toList();
    }
    List<Standardisation.Channel> taken = Standardisation.parse(moments).channels();
    return IntStream.range(0, names.size())
        .mapToObj(c -> new Channel(names.get(c), taken.get(c).mean(), taken.get(c).deviation()))
        .toList();
  }
}
