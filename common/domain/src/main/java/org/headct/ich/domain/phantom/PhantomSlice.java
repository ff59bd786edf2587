package org.headct.ich.domain.phantom;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * One slice of a patient. {@link #header}, {@link #pixels}, {@link #bytes} and {@link #labels}
 * describe the sound slice. {@link #files} and {@link #labelLines} are its part of a dump, with its
 * {@link #defect} if it has one. Pixels are drawn at each call and not kept.
 */
public final class PhantomSlice {
  /** The smallest area of visible blood for which a subtype is labelled, in mm2. */
  public static final double VISIBLE_MM2 = 120;

  private final PhantomPatient patient;
  private final int position;
  private double @Nullable [] bloodMm2;

  PhantomSlice(PhantomPatient patient, int position) {
    this.patient = patient;
    this.position = position;
  }

  /** Returns {@code ID_} and 9 hexadecimal digits, unique in the dump. */
  public String imageId() {
    return patient.ids().image(patient.index(), position);
  }

  /** Returns the position; 0 is the lowest of the series. */
  public int position() {
    return position;
  }

  public @Nullable Defect defect() {
    return patient.plan().at(patient.index(), position);
  }

  /** Returns the visible subtypes, with {@link Subtype#ANY} if there is one. */
  public Set<Subtype> labels() {
    return Collections.unmodifiableSet(SliceRender.labels(areas(null)));
  }

  /** Returns the area of visible blood by subtype, in mm2. Subtypes without any are left out. */
  public Map<Subtype, Double> bloodMm2() {
    double[] areas = areas(null);
    Map<Subtype, Double> shown = new EnumMap<>(Subtype.class);
    for (Subtype subtype : Subtype.FIVE) {
      if (areas[subtype.ordinal()] > 0) {
        shown.put(subtype, areas[subtype.ordinal()]);
      }
    }
    return shown;
  }

  /** Returns the header, with the attributes of RSNA 2019 only. */
  public DicomHeader header() {
    return patient.header(imageId(), patient.plane(position)).build();
  }

  /** Draws size x size stored values, as the patient's scanner describes them. */
  public StoredPixels pixels() {
    SliceRender render = new SliceRender(patient, patient.plane(position));
    areas(render);
    return render.pixels(RandomDraws.of(patient.settings().seed(), patient.index(), 3, position));
  }

  /** Returns the sound slice as a DICOM file. */
  public byte[] bytes() {
    return DicomWriter.write(header(), pixels());
  }

  /** Returns the files of this slice in a dump: one, or none or two if its defect says so. */
  public List<PhantomFile> files() {
    return DefectInjector.files(this, defect());
  }

  /** Returns the rows of the label file, without line ends: six, or as its defect says. */
  public List<String> labelLines() {
    return DefectInjector.labelLines(this, defect());
  }

  PhantomPatient patient() {
    return patient;
  }

  private double[] areas(@Nullable SliceRender known) {
    double[] areas = bloodMm2;
    if (areas == null) {
      SliceRender render =
          known != null ? known : new SliceRender(patient, patient.plane(position));
      areas = render.bloodMm2();
      bloodMm2 = areas;
    }
    return areas;
  }
}
