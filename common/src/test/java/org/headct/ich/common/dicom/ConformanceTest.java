package org.headct.ich.common.dicom;

/** Every object of ct-conformance.zip: either the golden's values or the defect named here. */
class ConformanceTest {}
