package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.series.SeriesOrder.Reason;
import org.headct.ich.domain.series.SeriesOrder.Slice;
import org.headct.ich.domain.series.Spacing.Placed;
import org.jspecify.annotations.Nullable;

/**
 * The order of a series without geometry, by the first attribute that more than half of its slices
 * have and that tells most of them apart: the height z of a position without orientation, then
 * SliceLocation, then InstanceNumber, then the frame. An attribute that is equal in all slices
 * orders nothing. If none is left, the series is left out, because its middle is not known.
 */
final class AttributeOrder {
  private final List<Slice> slices;
  private final String lack;

  /** An attribute that can order slices. */
  private enum Attribute {
    HEIGHT("height of ImagePositionPatient"),
    SLICE_LOCATION("SliceLocation"),
    INSTANCE_NUMBER("InstanceNumber"),
    FRAME("frame number");

    private final String text;

    Attribute(String text) {
      this.text = text;
    }

    @Nullable Double of(Slice slice) {
      return switch (this) {
        case HEIGHT -> height(slice);
        case SLICE_LOCATION -> slice.sliceLocationMm();
        case INSTANCE_NUMBER ->
            slice.instanceNumber() == null ? null : slice.instanceNumber().doubleValue();
        case FRAME -> (double) slice.frame();
      };
    }

    private static @Nullable Double height(Slice slice) {
      double[] position = slice.imagePositionMm();
      return position == null || position.length != 3 || !Double.isFinite(position[2])
          ? null
          : Double.valueOf(position[2]);
    }

    boolean isLength() {
      return this == HEIGHT || this == SLICE_LOCATION;
    }

    /** Returns whether most slices have the attribute, and most of those a value of their own. */
    boolean orders(List<Slice> slices) {
      List<Double> values = new ArrayList<>();
      for (Slice slice : slices) {
        Double value = of(slice);
        if (value != null) {
          values.add(isLength() ? Math.rint(value / Spacing.TIE_MM) : value);
        }
      }
      return 2 * values.size() > slices.size()
          && 2 * values.stream().distinct().count() > values.size();
    }
  }

  /**
   * @param lack text on why geometry does not order the slices
   */
  AttributeOrder(List<Slice> slices, String lack) {
    this.slices = slices;
    this.lack = lack;
  }

  /** Returns the slices in order and notes the attribute, and what it leaves out. */
  List<Slice> place(OrderLedger ledger) {
    for (Attribute attribute : Attribute.values()) {
      if (attribute.orders(slices)) {
        ledger.note(Reason.NO_GEOMETRY, "", lack + "; ordered by " + attribute.text);
        return by(attribute, ledger);
      }
    }
    ledger.leaveOutAll(
        slices,
        Reason.NO_ORDER,
        lack + "; neither SliceLocation nor InstanceNumber orders them; none is selected");
    return List.of();
  }

  private List<Slice> by(Attribute attribute, OrderLedger ledger) {
    List<Placed> places = new ArrayList<>();
    for (Slice slice : slices) {
      Double value = attribute.of(slice);
      if (value == null) {
        ledger.leaveOut(slice, Reason.NO_GEOMETRY, "no geometry and no " + attribute.text);
      } else {
        places.add(new Placed(slice, value));
      }
    }
    places.sort(
        Comparator.comparingDouble(Placed::alongMm)
            .thenComparing(Placed::slice, SeriesOrder.BY_NUMBER_THEN_ID));
    if (attribute.isLength()) {
      noteConflict(attribute, places, ledger);
      return Spacing.order(places, ledger);
    }
    noteEqual(attribute, places, ledger);
    return places.stream().map(Placed::slice).toList();
  }

  /** Notes that the numbers of slices neither rise nor fall along their places. */
  private void noteConflict(Attribute attribute, List<Placed> places, OrderLedger ledger) {
    if (!Attribute.INSTANCE_NUMBER.orders(slices)) {
      return;
    }
    boolean rises = false;
    boolean falls = false;
    Placed before = null;
    for (Placed place : places) {
      Integer number = place.slice().instanceNumber();
      if (number == null) {
        continue;
      }
      Integer last = before == null ? null : before.slice().instanceNumber();
      if (before != null && last != null && place.alongMm() - before.alongMm() > Spacing.TIE_MM) {
        rises |= number > last;
        falls |= number < last;
      }
      before = place;
    }
    if (rises && falls) {
      ledger.note(
          Reason.ORDER_CONFLICT,
          "",
          "%1$s and InstanceNumber disagree; ordered by %1$s".formatted(attribute.text));
    }
  }

  private static void noteEqual(Attribute attribute, List<Placed> places, OrderLedger ledger) {
    for (int i = 1; i < places.size(); i++) {
      Placed place = places.get(i);
      Placed before = places.get(i - 1);
      if (place.alongMm() == before.alongMm()) {
        ledger.note(
            Reason.TIE,
            place.slice().imageId(),
            "%s %.0f, as %s".formatted(attribute.text, place.alongMm(), before.slice().imageId()));
      }
    }
  }
}
