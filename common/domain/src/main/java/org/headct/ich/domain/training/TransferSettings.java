package org.headct.ich.domain.training;

/**
 * The transfer of batches and parameters. A run's figures are the same under each of these
 * settings.
 *
 * @param prefetch batches that a worker reads ahead of the one that it fits; 0 for none
 * @param aggregationDepth 1: the driver adds the parameters of all workers; 2: executors add, each
 *     a part of the vector, and the driver takes the sum. It has no effect where everything runs in
 *     one process.
 */
public record TransferSettings(int prefetch, int aggregationDepth) {}
