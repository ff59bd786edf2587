package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Archives for the tests, made and read by java.util.zip, and changed by hand. */
final class Zips {
  private Zips() {}

  /** Makes an archive. Members are alternately stored, and deflated as a stream with descriptor. */
  static byte[] archive(Map<String, byte[]> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      int index = 0;
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        if (index++ % 2 == 0) {
          CRC32 crc = new CRC32();
          crc.update(member.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(member.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Makes an archive of three members of a few hundred bytes: stored, deflated, stored. */
  static byte[] small() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a/one.dcm", "one".repeat(50).getBytes(UTF_8));
    members.put("a/two.dcm", "two".repeat(90).getBytes(UTF_8));
    members.put("three.dcm", new byte[40]);
    return archive(members);
  }

  static Map<String, byte[]> random(long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> members = new LinkedHashMap<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(40_000)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      }
      members.put("%s/%d é漢 [%d].dcm".formatted(random.nextInt(3), i, random.nextInt(9)), bytes);
    }
    return members;
  }

  static Map<String, byte[]> readByJdk(Path archive) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          members.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return members;
  }

  /**
   * Returns ranged reads of bytes in memory. Reads beyond the end fail as those of a storage do.
   */
  static RangedReads reads(byte[] archive) {
    return (position, bytes, length) -> {
      if (position < 0 || position + length > archive.length) {
        throw new EOFException("read outside of the file: %d+%d".formatted(position, length));
      }
      System.arraycopy(archive, (int) position, bytes, 0, length);
    };
  }

  static List<ZipMember> members(byte[] archive) throws IOException, UnreadableZipException {
    List<ZipMember> members = new ArrayList<>();
    ZipDirectory.read(reads(archive), archive.length, members::add);
    return members;
  }

  /** Wraps the archive's bytes as little-endian fields that can be overwritten. */
  static ByteBuffer fields(byte[] archive) {
    return ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the position of the n-th occurrence (0-based) of a record's signature. */
  static int find(byte[] archive, int signature, int n) {
    ByteBuffer fields = fields(archive);
    int seen = 0;
    for (int at = 0; at <= archive.length - 4; at++) {
      if (fields.getInt(at) == signature && seen++ == n) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such record");
  }

  static byte[] golden(String name) throws IOException {
    try (InputStream in = Zips.class.getResourceAsStream("/golden/zip/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.write(file, bytes);
  }
}
