/** What computes: ND4J's settings, its backend, and how its arrays travel. */
@NullMarked
package org.headct.ich.networks.nd4j;

import org.jspecify.annotations.NullMarked;
