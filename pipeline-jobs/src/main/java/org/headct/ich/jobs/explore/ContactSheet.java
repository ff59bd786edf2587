package org.headct.ich.jobs.explore;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.headct.ich.pages.ContactSlice;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.element.Pictures;

/** A contact sheet: some slices of a dataset in the windows of its tensors, with their labels. */
final class ContactSheet {
  private static final TensorsTable TENSORS = new TensorsTable();

  private ContactSheet() {}

  /** Chooses slices by their ids, which are small, and reads only the chosen pixels. */
  static QueryResult<ContactSlice> of(
      JobContext context, ExploreAnswers answers, String dataset, int pictures) {
    QueryResult<String> chosen =
        answers.ofDataset(Question.CONTACT_SHEET, dataset, pictures, row -> row.getAs("image_id"));
    if (chosen.rows().isEmpty()) {
      return new QueryResult<>(chosen.source(), List.of());
    }
    // The driver gets pictures: they are a fraction of the pixels, which might not fit there.
    Map<String, ContactSlice> slices =
        context
            .warehouse()
            .read(TENSORS)
            .where(col("dataset").equalTo(dataset))
            .where(col("image_id").isin(chosen.rows().toArray()))
            .toJavaRDD()
            .map(ContactSheet::slice)
            .collect()
            .stream()
            .collect(Collectors.toMap(ContactSlice::imageId, Function.identity()));
    return new QueryResult<>(
        chosen.source(), chosen.rows().stream().map(slices::get).filter(Objects::nonNull).toList());
  }

  private static ContactSlice slice(Row row) {
    Tensor tensor = TENSORS.fromRow(row);
    TensorsTable.Place place = tensor.place();
    return new ContactSlice(
        place.imageId(),
        truth(tensor.labels()),
        new ContactSlice.Place(place.dataset(), place.split(), place.position(), place.copies()),
        Pictures.windows(
            tensor.grey(),
            tensor.form().height(),
            tensor.form().width(),
            captions(tensor.form().windows())));
  }

  static List<String> truth(ImageLabels labels) {
    List<String> subtypes = Subtype.FIVE.stream().filter(labels::has).map(Subtype::column).toList();
    return subtypes.isEmpty() && labels.has(Subtype.ANY)
        ? List.of("haemorrhage without a subtype")
        : subtypes;
  }

  /** Returns readable names of a tensor's channels. */
  static List<String> captions(String windows) {
    return Arrays.stream(windows.split(","))
        .map(
            window ->
                window
                    .replace(':', ' ')
                    .replace("@-1", ", slice before")
                    .replace("@+1", ", slice after"))
        .toList();
  }
}
