/** ND4J's settings, the description of its backend, and bulk access to its arrays. */
@NullMarked
package org.headct.ich.networks.nd4j;

import org.jspecify.annotations.NullMarked;
