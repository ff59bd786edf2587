package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.Assumptions;

/**
 * A line of the files that dicom_golden.py writes. The head of that script defines stored values
 * and their hash.
 */
record Golden(
    String member,
    int rows,
    int columns,
    int frames,
    String kind,
    List<String> hashes,
    String samples) {

  static List<Golden> resource(String name) {
    return new String(bytes(name), UTF_8).lines().map(Golden::parse).toList();
  }

  static byte[] bytes(String resource) {
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Golden parse(String line) {
    String[] cells = line.split("\t", -1);
    return new Golden(
        cells[0],
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        Integer.parseInt(cells[3]),
        cells[4],
        Arrays.asList(cells[5].split(",")),
        cells[6]);
  }

  /** Reads all frames of an object with the reader under test. */
  static List<StoredPixels> frames(DicomReader reader, byte[] object) throws DicomDefectException {
    DicomHeader header = reader.header(object);
    DicomReader.Frames opened = reader.frames(object, header);
    List<StoredPixels> frames = new ArrayList<>();
    for (int i = 0; i < header.frames(); i++) {
      frames.add(opened.frame(i));
    }
    return frames;
  }

  static String hash(StoredPixels pixels) {
    ByteBuffer values =
        ByteBuffer.allocate(4 * pixels.values().length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < pixels.values().length; i++) {
      values.putInt(pixels.at(i));
    }
    return HexFormat.of().formatHex(sha256().digest(values.array()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the members of a shared archive that end in .dcm, by name. Skips the test if the
   * archive is absent.
   */
  static TreeMap<String, byte[]> sharedArchive(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    Assumptions.assumeTrue(folder != null, "no folder above the working directory contains .mvn");
    Path archive =
        Objects.requireNonNull(folder).resolveSibling("shared").resolve("data").resolve(name);
    Assumptions.assumeTrue(Files.exists(archive), "skipped: no " + archive);
    TreeMap<String, byte[]> members = new TreeMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (var entry : zip.stream().filter(e -> e.getName().endsWith(".dcm")).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          members.put(entry.getName(), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }
}
