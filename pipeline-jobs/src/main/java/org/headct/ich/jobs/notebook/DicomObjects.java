package org.headct.ich.jobs.notebook;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.Rescale;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.SlicesTable.Location;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;

/** Single DICOM objects, read in place like the commands read them. */
public final class DicomObjects {
  private final Configuration hadoop;
  private final DicomReader reader;

  DicomObjects(Configuration hadoop, Settings settings) {
    this.hadoop = hadoop;
    reader = DicomReaders.named(DicomReaders.configured(settings));
  }

  /** Returns the reader that {@code dicom.reader} names. */
  public DicomReader reader() {
    return reader;
  }

  /** Reads all bytes of the object behind a row of {@code ich.slices}. */
  public byte[] bytes(Slice slice) throws IOException, DamagedMemberException {
    Location l = slice.location();
    return read(
        new SourceObject(
            l.uri(), l.member(), l.offset(), l.storedBytes(), l.sizeBytes(), l.deflated()));
  }

  /**
   * Reads all bytes of the object that a finding names. For an archive member, the archive's
   * directory is read first.
   *
   * @param object name as in {@code ich.slice_findings}: a URI, or {@code archive!member}
   * @throws UserException if the object no longer exists
   */
  public byte[] bytes(String object) throws IOException, DamagedMemberException {
    // A name may contain "!". So each "!" is tried, until the text before it is an existing file.
    for (int end = object.length(); end > 0; end = object.lastIndexOf('!', end - 1)) {
      Path file = new Path(object.substring(0, end));
      FileSystem files = file.getFileSystem(hadoop);
      if (files.exists(file)) {
        for (SourceObject candidate : listed(file)) {
          if (candidate.display().equals(object)) {
            return read(candidate);
          }
        }
      }
    }
    throw new UserException("the object of this finding no longer exists");
  }

  private List<SourceObject> listed(Path file) {
    return new SourceListing(hadoop, "object", extension -> true).list(List.of(file.toString()));
  }

  private byte[] read(SourceObject object) throws IOException, DamagedMemberException {
    try (SourceReader source = new SourceReader(hadoop)) {
      return source.read(object);
    }
  }

  /** Returns the slice in HU, with padding set to air and the named repairs applied. */
  public HuImage image(Slice slice)
      throws IOException, DamagedMemberException, DicomDefectException {
    byte[] object = bytes(slice);
    DicomHeader header = reader.header(object);
    return Rescale.apply(reader.pixels(object, header, slice.frame()), header).image();
  }

  /** Returns a picture of an image in a window. */
  public static Picture picture(HuImage image, CtWindow window) {
    byte[] grey = new byte[image.hu().length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) window.grey(image.hu()[i]);
    }
    return Pictures.grey(window.text(), grey, image.rows(), image.columns());
  }
}
