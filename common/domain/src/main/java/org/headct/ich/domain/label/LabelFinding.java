package org.headct.ich.domain.label;

import java.io.Serializable;

/**
 * One entry of the ledger of rows that did not become labels.
 *
 * @param imageId the image, or "" where the row names none
 * @param file the index of the file in the run's list of inputs
 * @param line the line in that file, the header being line 1; of the first row that shows the
 *     defect
 * @param rows how many input rows this entry accounts for, at least 1; over a whole input the rows
 *     of all findings and six for each kept image add up to the rows read
 * @param value what was found there, short and on one line
 */
public record LabelFinding(
    LabelReason reason, String imageId, int file, long line, long rows, String value)
    implements Serializable {}
