/**
 * A patch for Deeplearning4j 1.0.0-M2.1, which looks up its oneDNN switch under a class name from
 * before M2. Nothing else belongs here.
 */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
