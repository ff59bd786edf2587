package org.headct.ich.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.explore.TensorDatasets.Group;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.pages.TensorsReport.Channel;
import org.headct.ich.pages.element.Facts.Fact;
import org.junit.jupiter.api.Test;

class TensorDatasetsTest {
  private static final Form FORM =
      new Form(
          2, 64, 64, "brain:40/80,bone:600/2800", "float32", "0.25/0.5,0.125/0.0625", "64x64 v1");

  @Test
  void theFirstListedThatIsThereIsPreferred() {
    TensorDatasets there = datasets("multilabel", "by-slice");
    assertThat(there.preferred(List.of("binary", "multilabel"))).contains("multilabel");
    assertThat(there.preferred(List.of("by-slice", "multilabel"))).contains("by-slice");
    assertThat(there.preferred(List.of("binary"))).contains("by-slice");
    assertThat(datasets().preferred(List.of("binary"))).isEmpty();
  }

  @Test
  void aDatasetThatIsNotThereIsAMistakeThatNamesThoseThatAre() {
    TensorDatasets there = datasets("multilabel", "by-slice");
    assertThat(there.chosen("by-slice", List.of("multilabel"))).isEqualTo("by-slice");
    assertThat(there.chosen(null, List.of("multilabel"))).isEqualTo("multilabel");
    assertThatThrownBy(() -> there.chosen("binary", List.of("multilabel")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--dataset binary")
        .hasMessageContaining("name one of by-slice, multilabel");
    assertThatThrownBy(() -> datasets().chosen(null, List.of("binary")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("run build-tensors first");
  }

  @Test
  void theFactsSayWhatTheTensorsAre() {
    TensorDatasets there = datasets("binary", "multilabel");
    assertThat(TensorFacts.of(there, "binary", 12))
        .containsExactly(
            new Fact("Dataset", "binary", "available: binary, multilabel"),
            new Fact("Slices shown", "12", "of 1,000 tensors"),
            new Fact("Tensor", "2×64×64 float32", "recipe: 64x64 v1"));
    assertThat(TensorFacts.channels(there, "binary"))
        .containsExactly(
            new Channel("brain 40/80", 0.25, 0.5), new Channel("bone 600/2800", 0.125, 0.0625));
  }

  @Test
  void channelsOfNeighboursAreNamedInWords() {
    assertThat(ContactSheet.captions("brain:40/80@-1,brain:40/80,brain:40/80@+1"))
        .containsExactly("brain 40/80, slice before", "brain 40/80", "brain 40/80, slice after");
  }

  @Test
  void aHaemorrhageOfNoSubtypeIsStillOne() {
    assertThat(ContactSheet.truth(new ImageLabels("ID_1", Subtype.ANY.bit())))
        .containsExactly("haemorrhage without a subtype");
    int both = Subtype.ANY.bit() | Subtype.SUBDURAL.bit() | Subtype.EPIDURAL.bit();
    assertThat(ContactSheet.truth(new ImageLabels("ID_2", both)))
        .containsExactly("epidural", "subdural");
    assertThat(ContactSheet.truth(new ImageLabels("ID_3", 0))).isEmpty();
  }

  private static TensorDatasets datasets(String... names) {
    return new TensorDatasets(Stream.of(names).map(name -> new Group(name, FORM, 1000)).toList());
  }
}
