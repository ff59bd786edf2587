package org.headct.ich.jobs.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;

/**
 * DICOM objects as many as the published dump has, each of a kilobyte: 8 x 8 pixels, with header,
 * ids and series like RSNA's. So costs that depend on the number of objects are real, and costs
 * that depend on their size are not.
 *
 * @param labels the labels whose images the objects are
 * @param objects the number of objects, for the first images
 * @param corrupt the number of the image with fewer bytes of PixelData than its header says, or -1
 */
public record TinyDump(LabelFiles labels, int objects, int corrupt) {
  private static final int SIZE = 8;
  private static final int SLICES_A_SERIES = 35;

  /** Number of pixel bytes in the corrupt object. RSNA's corrupt file keeps 29 % of its pixels. */
  private static final int KEPT_BYTES = 2 * SIZE * SIZE * 29 / 100 / 2 * 2;

  /** Writes an archive of stored members, in the order of the label file. */
  public void write(Path archive) throws IOException {
    LocalDateTime time = LocalDateTime.of(2019, 10, 1, 0, 0);
    CRC32 crc = new CRC32();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 20);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int image = 0; image < objects; image++) {
        byte[] bytes = bytes(image);
        ZipEntry entry = new ZipEntry("stage_2_train/" + name(image));
        crc.reset();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(time);
        zip.putNextEntry(entry);
        zip.write(bytes);
      }
    }
  }

  /** Writes the same objects as files of one folder, which is created. */
  public void writeFiles(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int image = 0; image < objects; image++) {
      Files.write(folder.resolve(name(image)), bytes(image));
    }
  }

  private String name(int image) {
    return labels.imageId(image) + ".dcm";
  }

  private byte[] bytes(int image) {
    return image == corrupt ? shortened(object(image)) : object(image);
  }

  private byte[] object(int image) {
    DicomHeader header =
        CtHeaders.numbered(SIZE, labels.imageId(image), image, SLICES_A_SERIES).build();
    return DicomWriter.write(header, new StoredPixels(SIZE, SIZE, true, pixels(image)));
  }

  /** Returns pixels that differ for each image. */
  private static short[] pixels(int image) {
    short[] values = new short[SIZE * SIZE];
    Arrays.fill(values, (short) 1060);
    values[0] = (short) (image & 0x7FF);
    values[1] = (short) (image >> 11);
    return values;
  }

  /** Shortens PixelData, which comes last, and the length in the four bytes before it. */
  private static byte[] shortened(byte[] whole) {
    int start = whole.length - 2 * SIZE * SIZE;
    byte[] cut = Arrays.copyOf(whole, start + KEPT_BYTES);
    cut[start - 4] = KEPT_BYTES;
    return cut;
  }
}
