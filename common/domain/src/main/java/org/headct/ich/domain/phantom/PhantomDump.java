package org.headct.ich.domain.phantom;

import java.util.Map;

/**
 * A synthetic dump of head CT in a {@link PhantomLayout}. The default layout is RSNA 2019: {@link
 * #FOLDER}{@code /ID_*.dcm} and {@link #LABELS} in long form, six rows per image. Each patient is a
 * function of the settings and an index, so a cluster can make patients in any order and in
 * parallel. No pixel comes from a person.
 */
public final class PhantomDump {
  public static final String FOLDER = "stage_2_train";
  public static final String LABELS = "stage_2_train.csv";
  public static final String LABEL_HEADER = "ID,Label";

  private final PhantomSettings settings;
  private final DefectPlan plan;
  private final RsnaIds ids;

  /**
   * @throws org.headct.ich.domain.error.UserException if the defects do not fit
   */
  public PhantomDump(PhantomSettings settings) {
    this.settings = settings;
    plan = new DefectPlan(settings);
    ids = new RsnaIds(settings.seed());
  }

  public PhantomSettings settings() {
    return settings;
  }

  /** Returns the number of slices with each defect, which an audit of the dump must find. */
  public Map<Defect, Integer> defects() {
    return plan.counts();
  }

  /** Returns the first line of the label file. */
  public String labelHeader() {
    return settings.layout().labelHeader();
  }

  /**
   * Returns the files and label rows of a patient.
   *
   * @throws IndexOutOfBoundsException if the index is not below {@link PhantomSettings#patients()}
   */
  public PhantomPart part(int index) {
    return settings.layout() == PhantomLayout.RSNA
        ? patient(index).part()
        : new Cq500Scan(settings, plan, ids, patient(index).index());
  }

  /**
   * Returns a patient.
   *
   * @throws IndexOutOfBoundsException if the index is not below {@link PhantomSettings#patients()}
   */
  public PhantomPatient patient(int index) {
    if (index < 0 || index >= settings.patients()) {
      throw new IndexOutOfBoundsException(
          "patient " + index + " of " + settings.patients() + " patients");
    }
    return new PhantomPatient(settings, plan, ids, index);
  }
}
