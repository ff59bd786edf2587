package org.headct.ich.common.label;

import java.io.Serializable;
import java.util.List;

/**
 * What became of some label rows: {@code rows = 6 × (images kept + superseded) + rows in findings}.
 *
 * @param kept the images that have six labels
 * @param superseded how often an image's labels gave way to those of a later load
 * @param findings what did not become labels, with file and line
 * @param rows how many rows were read
 */
public record LabelOutcome(
    ImageLabelSet kept, long superseded, List<LabelFinding> findings, long rows)
    implements Serializable {}
