package org.headct.ich.domain.phantom;

import java.util.List;
import org.headct.ich.domain.label.Subtype;

/**
 * Factory of a head: it draws age, the ventricles' width, and the push of a mass on the midline.
 */
final class HeadFactory {
  private HeadFactory() {}

  static HeadModel head(
      RandomDraws draws, HeadShape shape, NoiseLattice lattice, List<Haemorrhage> bleeds) {
    double age = draws.uniform();
    double hydrocephalus = 1;
    double push = 0;
    double pushZ = 10;
    for (Haemorrhage bleed : bleeds) {
      if (bleed.subtype() == Subtype.INTRAVENTRICULAR) {
        hydrocephalus = Math.max(hydrocephalus, draws.between(1.2, 1.6));
      }
      if (bleed instanceof Haemorrhage.Subdural crescent) {
        push -= crescent.side() * draws.between(0.1, 0.75) * crescent.thicknessMm();
        pushZ = crescent.z0();
      } else if (bleed instanceof Haemorrhage.Epidural lens) {
        push -= Math.signum(lens.x0()) * draws.between(2, 8);
        pushZ = lens.z0();
      } else if (bleed instanceof Haemorrhage.Intraparenchymal clot) {
        push -= Math.signum(clot.x0()) * draws.between(0.05, 0.3) * clot.a();
        pushZ = clot.z0();
      }
    }
    push = Math.max(-11, Math.min(11, push)) + 0.6 * draws.normal();
    BrainAnatomy brain = new BrainAnatomy(draws, lattice, age, hydrocephalus, push, pushZ);
    return new HeadModel(shape, brain, new FaceAnatomy(draws, lattice, shape), bleeds);
  }
}
