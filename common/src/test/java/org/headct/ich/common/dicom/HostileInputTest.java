package org.headct.ich.common.dicom;

class HostileInputTest {}
