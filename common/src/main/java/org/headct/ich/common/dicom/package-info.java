@NullMarked
package org.headct.ich.common.dicom;

import org.jspecify.annotations.NullMarked;
