package org.headct.ich.jobs.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.jobs.page.ExploreReport.ContactSlice;
import org.headct.ich.jobs.page.Pictures;
import org.headct.ich.jobs.page.Queried;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;

/** Some slices in the windows of the tensors, with their labels. */
final class ContactSheet {
  private static final TensorsTable TENSORS = new TensorsTable();

  private ContactSheet() {}

  private record Chosen(String imageId, String dataset) {}

  /** Chooses by the ids, which are small, and reads the pixels of the chosen alone. */
  static Queried<ContactSlice> of(JobContext context, Answers answers, int pictures) {
    Queried<Chosen> chosen =
        answers.first(
            Question.CONTACT_SHEET,
            pictures,
            row -> new Chosen(row.getAs("image_id"), row.getAs("dataset")));
    if (chosen.rows().isEmpty()) {
      return new Queried<>(chosen.source(), List.of());
    }
    Object[] ids = chosen.rows().stream().map(Chosen::imageId).toArray();
    Object[] datasets = chosen.rows().stream().map(Chosen::dataset).distinct().toArray();
    Map<Chosen, Tensor> tensors =
        context
            .warehouse()
            .read(TENSORS)
            .filter(functions.col("dataset").isin(datasets))
            .filter(functions.col("image_id").isin(ids))
            .collectAsList()
            .stream()
            .map(TENSORS::fromRow)
            .collect(
                Collectors.toMap(
                    t -> new Chosen(t.place().imageId(), t.place().dataset()),
                    Function.identity(),
                    (first, second) -> first));
    List<ContactSlice> slices =
        chosen.rows().stream()
            .map(tensors::get)
            .filter(Objects::nonNull)
            .map(ContactSheet::slice)
            .toList();
    return new Queried<>(chosen.source(), slices);
  }

  private static ContactSlice slice(Tensor tensor) {
    List<String> truth =
        Subtype.FIVE.stream()
            .filter(subtype -> tensor.labels().has(subtype))
            .map(Subtype::column)
            .toList();
    List<String> windows =
        Arrays.stream(tensor.form().windows().split(",")).map(w -> w.replace(':', ' ')).toList();
    return new ContactSlice(
        tensor.place().imageId(),
        truth,
        Pictures.windows(tensor.grey(), tensor.form().height(), tensor.form().width(), windows));
  }
}
