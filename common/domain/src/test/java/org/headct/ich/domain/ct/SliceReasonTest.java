package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.series.SeriesOrder;
import org.junit.jupiter.api.Test;

/** The ledger takes reasons by name from the DICOM reader and from the series order. */
class SliceReasonTest {
  @Test
  void everyReasonOfTheReaderAndOfTheOrderIsInTheLedger() {
    List<String> ledger = Arrays.stream(SliceReason.values()).map(Enum::name).toList();
    List<String> raised =
        Stream.<Enum<?>>concat(
                Arrays.stream(DicomDefect.values()), Arrays.stream(SeriesOrder.Reason.values()))
            .map(Enum::name)
            .toList();

    assertThat(ledger).containsAll(raised);
  }
}
