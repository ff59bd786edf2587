package org.headct.ich.jobs.trainmodel;

import org.headct.ich.jobs.averaging.TrainProgress;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.meter.Meters.Level;
import org.headct.ich.jobs.modelstore.EpochMetrics;

/** Meters of a training, which move after every averaging. */
final class MetersProgress implements TrainProgress {
  private final Meters meters;
  private long batches;
  private long images;

  MetersProgress(Meters meters) {
    this.meters = meters;
  }

  @Override
  public void round(Round round) {
    meters.add(Count.BATCHES_TRAINED, round.batches() - batches);
    meters.add(Count.IMAGES_TRAINED, round.images() - images);
    batches = round.batches();
    images = round.images();
    meters.set(Level.EPOCH, round.epoch());
    meters.set(Level.LOSS, round.loss());
  }

  @Override
  public void epoch(EpochMetrics metrics) {
    batches = 0;
    images = 0;
  }
}
