/**
 * Labels of images and scans: the forms of label files, and the rules that turn their rows into
 * labels. Nothing here knows where the files lie or who runs it.
 *
 * <p>Every rule has one home. Look it up here:
 *
 * <pre>
 * rule for one row                                home                           finding
 * ----------------------------------------------  -----------------------------  -----------------
 * a blank line and a # comment are no rows        RowRules.isRow                 none
 * a long line has two fields and a valid id       RowRules.malformed             MALFORMED_ROW
 * a record has sound quotes and all fields        RowRules.fields                MALFORMED_ROW
 * a row has at most 65,536 characters or bytes    RowRules.MAX_LENGTH            MALFORMED_ROW
 * an id names an image                            RowRules.noImage               MALFORMED_ROW
 * folders and .dcm are no part of an image's id   LabelIds.image                 none
 * a real id becomes its pseudonym                 LabelIds.image, LabelIds.scan  none
 * a scan's name is not blank                      RowRules.scanName              MALFORMED_ROW
 * a long id ends in one of the six classes        RowRules.subtype               UNKNOWN_SUBTYPE
 * a value is 0, 1 or missing, in some spelling    RowRules.annotation            BAD_VALUE
 *
 * rule for all rows of an image (long and wide)   home                           finding
 * ----------------------------------------------  -----------------------------  -----------------
 * a repeated row is dropped and counted           LabelPivot.addDuplicates       DUPLICATE_ROW
 * no class is both 0 and 1                        ImageRule.CONFLICTING_LABEL    CONFLICTING_LABEL
 * no class is blank                               ImageRule.UNANNOTATED          UNANNOTATED
 * each class has a row                            ImageRule.INCOMPLETE_IMAGE     INCOMPLETE_IMAGE
 * any is the OR of the five subtypes              ImageRule.ANY_MISMATCH         ANY_MISMATCH
 *
 * rule for all rows of a scan (reads)             home                           finding
 * ----------------------------------------------  -----------------------------  -----------------
 * a repeated row is dropped and counted           ScanReads.add                  DUPLICATE_ROW
 * no two rows differ                              ScanRule.CONFLICTING_LABEL     CONFLICTING_LABEL
 * each of the six findings has a majority         ScanRule.UNANNOTATED           UNANNOTATED
 * if most see a subtype, most see a haemorrhage   ScanRule.ANY_MISMATCH          ANY_MISMATCH
 *
 * rule for an image or a scan                     home                           finding
 * ----------------------------------------------  -----------------------------  -----------------
 * a withdrawn one gets no labels                  LabelFinding.withdrawn         WITHDRAWN
 * </pre>
 *
 * <p>{@code LabelText} opens a file. The readers are {@code LabelLineParser} and {@code LongLabels}
 * (long form), {@code WideLabels} (wide form) and {@code ScanReads} (reads). {@code LabelPivot} and
 * {@code ScanReads.finish} decide on an image and on a scan. Two rules have no class here: {@code
 * packed.LabelGathering} (images) and the job's {@code ScanLabelsUpdate} (scans) let a later load
 * correct an earlier one, and the job's {@code LabelCensus} checks the finished table again by SQL.
 *
 * <p>To change a rule, edit its home. To add one:
 *
 * <ul>
 *   <li>for an image or a scan: add a constant to {@code ImageRule} or {@code ScanRule}. Nothing
 *       else in the main code names the rules one by one;
 *   <li>for a row: add a method to {@code RowRules} and call it in the readers that it concerns. A
 *       rule for ids or values fits into {@code LabelIds} or {@code LabelValues}, which all readers
 *       call. If the rule refuses a line {@code ID_<6 to 14 hex digits>_<class>,<0|1|nothing>},
 *       change {@code packed.LongFormReader.shortLine} too; {@code LabelRulesPropertyTest} fails
 *       until it is done;
 *   <li>if the finding is new: add a constant to {@link org.headct.ich.domain.label.LabelReason};
 *       {@code common/domain/FINDINGS.md} lists it;
 *   <li>add the rule to the table above ({@code LabelRulesTableTest} fails until it is done) and to
 *       the tests: for a row to {@code LabelLineTest}, {@code WideLabelsTest} or {@code
 *       ScanReadsTest}; for an image to {@code LabelRulesPropertyTest} and {@code
 *       LabelPivotPropertyTest}; for a scan to {@code ScanRulesPropertyTest}. These three state the
 *       rules a second time and fail until it is done.
 * </ul>
 */
@NullMarked
package org.headct.ich.domain.label;

import org.jspecify.annotations.NullMarked;
