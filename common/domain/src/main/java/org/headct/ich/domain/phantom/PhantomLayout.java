package org.headct.ich.domain.phantom;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.headct.ich.domain.label.ScanFinding;

/** The layout of a phantom dump in its folder. */
public enum PhantomLayout {
  /** RSNA 2019: {@code stage_2_train/ID_*.dcm}, image labels in long form. */
  RSNA("stage_2_train", "stage_2_train.csv"),
  /**
   * CQ500: {@code CQ500CT<n>/Unknown Study/<series>/CT*.dcm}, two series per scan, JPEG Lossless
   * pixels, and three readers' votes per scan. Source: headctstudy.qure.ai/dataset, Chilamkurthy S
   * et al., Lancet 2018, 10.1016/S0140-6736(18)31645-3.
   */
  CQ500("CQ500CT*", "reads.csv");

  private final String objects;
  private final String labels;

  PhantomLayout(String objects, String labels) {
    this.objects = objects;
    this.labels = labels;
  }

  /** Returns the location of the objects in the dump: a folder, or a glob of folders. */
  public String objects() {
    return objects;
  }

  /** Returns the name of the label file. */
  public String labels() {
    return labels;
  }

  /** Returns the first line of the label file. */
  String labelHeader() {
    if (this == RSNA) {
      return PhantomDump.LABEL_HEADER;
    }
    return "name,Category,"
        + IntStream.rangeClosed(1, Cq500Scan.READERS)
            .boxed()
            .flatMap(
                reader -> ScanFinding.ALL.stream().map(f -> "R" + reader + ":" + f.published()))
            .collect(Collectors.joining(","));
  }
}
