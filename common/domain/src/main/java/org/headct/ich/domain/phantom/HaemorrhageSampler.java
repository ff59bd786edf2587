package org.headct.ich.domain.phantom;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.label.Subtype;

/**
 * Sampler of a patient's bleeds. Weights draw the first subtype, and the first subtype sets the
 * probabilities of others. Slice counts then have RSNA's order (subdural, intraparenchymal,
 * subarachnoid, intraventricular, epidural; Flanders et al. 2020), and a third of the positive
 * patients have more than one subtype.
 */
final class HaemorrhageSampler {
  private final RandomDraws draws;
  private final HeadShape shape;
  private final NoiseLattice lattice;
  private final List<Haemorrhage> found = new ArrayList<>();

  private HaemorrhageSampler(RandomDraws draws, HeadShape shape, NoiseLattice lattice) {
    this.draws = draws;
    this.shape = shape;
    this.lattice = lattice;
  }

  /** Draws the bleeds of a bleeding patient; at least one. */
  static List<Haemorrhage> draw(RandomDraws draws, HeadShape shape, NoiseLattice lattice) {
    HaemorrhageSampler bleeds = new HaemorrhageSampler(draws, shape, lattice);
    for (Subtype subtype : subtypes(draws)) {
      bleeds.add(subtype);
    }
    return List.copyOf(bleeds.found);
  }

  private static Set<Subtype> subtypes(RandomDraws draws) {
    Subtype first = Subtype.FIVE.get(draws.weighted(0.06, 0.26, 0.12, 0.2, 0.36));
    Set<Subtype> set = EnumSet.of(first);
    switch (first) {
      case EPIDURAL -> {
        with(set, draws, Subtype.SUBARACHNOID, 0.2);
        with(set, draws, Subtype.SUBDURAL, 0.15);
      }
      case INTRAPARENCHYMAL -> {
        with(set, draws, Subtype.INTRAVENTRICULAR, 0.28);
        with(set, draws, Subtype.SUBARACHNOID, 0.15);
      }
      case INTRAVENTRICULAR -> with(set, draws, Subtype.INTRAPARENCHYMAL, 0.3);
      case SUBARACHNOID -> {
        with(set, draws, Subtype.INTRAVENTRICULAR, 0.2);
        with(set, draws, Subtype.INTRAPARENCHYMAL, 0.12);
        with(set, draws, Subtype.SUBDURAL, 0.12);
      }
      default -> {
        with(set, draws, Subtype.SUBARACHNOID, 0.18);
        with(set, draws, Subtype.INTRAPARENCHYMAL, 0.1);
      }
    }
    return set;
  }

  private static void with(
      Set<Subtype> set, RandomDraws draws, Subtype subtype, double probability) {
    if (draws.chance(probability)) {
      set.add(subtype);
    }
  }

  private void add(Subtype subtype) {
    switch (subtype) {
      case EPIDURAL -> found.add(epidural());
      case INTRAPARENCHYMAL -> {
        found.add(clot());
        if (draws.chance(0.15)) {
          found.add(clot());
        }
      }
      case INTRAVENTRICULAR -> found.add(level());
      case SUBARACHNOID -> found.add(filling());
      default -> {
        int side = draws.side();
        found.add(crescent(side));
        if (draws.chance(0.2)) {
          found.add(crescent(-side));
        }
      }
    }
  }

  private double bloodHu() {
    return draws.between(60, 76);
  }

  private Haemorrhage epidural() {
    double turn = draws.between(-0.9, 0.9);
    double dx = draws.side() * StrictMath.cos(turn);
    double dy = StrictMath.sin(turn);
    double dz = draws.between(-0.15, 0.45);
    double wall = wallAlong(dx, dy, dz);
    double depth = draws.between(13, 25);
    double half = draws.between(25, 36);
    // The skull's curve (radius about 70 mm) makes part of the lens' depth, the ball the rest.
    double bulge = Math.max(6, depth - half * half / 140);
    double radius = (half * half + bulge * bulge) / (2 * bulge);
    double reach = wall + (radius - depth) / Sdf.length(dx, dy, dz);
    return new Haemorrhage.Epidural(dx * reach, dy * reach, dz * reach, radius, bloodHu());
  }

  private double wallAlong(double dx, double dy, double dz) {
    double low = 0;
    double high = 140;
    for (int i = 0; i < 30; i++) {
      double mid = (low + high) / 2;
      if (shape.vaultMm(dx * mid, dy * mid, dz * mid) < 0) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return low;
  }

  private Haemorrhage crescent(int side) {
    return new Haemorrhage.Subdural(
        side,
        draws.between(-22, 22),
        draws.between(-2, 34),
        draws.between(42, 78),
        draws.between(24, 46),
        draws.between(7, 16),
        draws.between(0.5, 2.5),
        lattice,
        bloodHu());
  }

  private Haemorrhage clot() {
    double turn = draws.between(0, 3.14159);
    double size = draws.between(9, 21);
    double side = draws.side();
    double x0;
    double y0;
    double z0;
    if (draws.chance(0.5)) {
      // Deep, as in hypertension: putamen or thalamus.
      x0 = side * draws.between(18, 30);
      y0 = draws.between(-14, 18);
      z0 = draws.between(-4, 16);
    } else {
      double away = draws.between(0, 6.28318);
      double reach = 1 - (size + 9) / 62;
      x0 = side * Math.abs(StrictMath.cos(away)) * (shape.halfWidthMm() - 6) * reach * 0.95;
      y0 = StrictMath.sin(away) * (shape.halfLengthMm() - 6) * reach;
      z0 = draws.between(-12, 36);
    }
    return new Haemorrhage.Intraparenchymal(
        x0,
        y0,
        z0,
        size,
        size * draws.between(0.6, 1.1),
        size * draws.between(0.75, 1.2),
        StrictMath.cos(turn),
        StrictMath.sin(turn),
        size * draws.between(0.18, 0.42),
        lattice,
        draws.between(2.5, 8),
        bloodHu());
  }

  private Haemorrhage level() {
    double clot = draws.chance(0.65) ? draws.between(14, 30) : 0.1;
    return new Haemorrhage.Intraventricular(
        draws.between(22, 42),
        draws.side() * draws.between(8, 18),
        draws.between(-20, 32),
        draws.between(6, 18),
        clot,
        bloodHu());
  }

  private Haemorrhage filling() {
    double blood = draws.between(58, 74);
    if (draws.chance(0.4)) {
      // A ruptured aneurysm fills the cisterns and fissures around the base.
      return new Haemorrhage.Subarachnoid(
          draws.between(-8, 8),
          draws.between(-8, 8),
          draws.between(-18, -4),
          draws.between(40, 58),
          draws.between(0.4, 0.9),
          blood);
    }
    double away = draws.between(0, 6.28318);
    return new Haemorrhage.Subarachnoid(
        StrictMath.cos(away) * 50,
        StrictMath.sin(away) * 58,
        draws.between(-4, 32),
        draws.between(24, 42),
        draws.between(0.5, 1.0),
        blood);
  }
}
