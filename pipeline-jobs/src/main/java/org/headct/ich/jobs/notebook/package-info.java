/**
 * Support for the notebooks: access to the tables and to the objects behind them, and output of
 * both.
 */
@NullMarked
package org.headct.ich.jobs.notebook;

import org.jspecify.annotations.NullMarked;
