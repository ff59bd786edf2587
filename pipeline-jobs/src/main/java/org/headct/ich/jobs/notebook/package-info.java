/** What the notebooks have at hand: the tables, the objects behind them, and ways to show both. */
@NullMarked
package org.headct.ich.jobs.notebook;

import org.jspecify.annotations.NullMarked;
