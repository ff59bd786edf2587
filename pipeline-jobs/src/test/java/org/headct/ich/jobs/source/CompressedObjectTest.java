package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.FileKind;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single objects that were compressed as a whole, as files and as members of an archive. */
class CompressedObjectTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private interface Compressor {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] compressed(byte[] bytes, Compressor compressor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream in = compressor.over(out)) {
      in.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }

  @Test
  void theBytesTellWhateverTheNameIs() throws Exception {
    byte[] object = noise(50_000);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("1.dcm.gz", compressed(object, GZIPOutputStream::new));
    files.put("2.dcm.bz2", compressed(object, BZip2CompressorOutputStream::new));
    files.put("3.dcm.zst", Zstd.compress(object));
    files.put("4.dcm", files.get("1.dcm.gz"));
    // gzip allows padding behind the data.
    files.put("5.gz", Arrays.copyOf(files.get("1.dcm.gz"), files.get("1.dcm.gz").length + 512));
    files.put("6.dcm", object);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Zips.write(folder.resolve("in").resolve(file.getKey()), file.getValue());
    }
    Zips.write(folder.resolve("in/all.zip"), Zips.archive(files));

    List<SourceObject> objects = list(folder.resolve("in"));

    assertThat(objects).hasSize(12);
    try (SourceReader reader = new SourceReader(HADOOP)) {
      for (SourceObject listed : objects) {
        assertThat(reader.read(listed)).as(listed.display()).isEqualTo(object);
        assertThat(SourceReader.isCompressed(reader.start(listed, 1000)))
            .as(listed.display())
            .isEqualTo(!listed.stem().equals("6"));
      }
    }
  }

  /** A DICOM object's preamble may hold anything, also the start of another format. */
  @Test
  void aDicomObjectWithSuchAPreambleIsNotDecompressed() {
    byte[] object = new byte[200];
    System.arraycopy(new byte[] {0x1F, (byte) 0x8B, 8}, 0, object, 0, 3);
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, object, 128, 4);

    assertThat(CompressedObject.is(object)).isFalse();
  }

  @Test
  void anyCutIsDamage() throws Exception {
    byte[] object = noise(3000);
    for (byte[] whole :
        List.of(
            compressed(object, GZIPOutputStream::new),
            compressed(object, BZip2CompressorOutputStream::new),
            Zstd.compress(object))) {
      for (int length = 12; length < whole.length; length += 97) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> CompressedObject.expand(HADOOP, cut))
            .isInstanceOf(DamagedMemberException.class)
            .hasMessageMatching("the \\.\\w+ data are damaged or cut short");
      }
    }
  }

  @Test
  void aFlippedBitIsDamageOrHarmless() throws Exception {
    byte[] object = noise(2000);
    byte[] whole = compressed(object, GZIPOutputStream::new);
    for (int at = 3; at < whole.length; at += 7) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x04;
      try {
        assertThat(CompressedObject.expand(HADOOP, changed)).isEqualTo(object);
      } catch (DamagedMemberException e) {
        assertThat(e.reason()).isEqualTo(SliceReason.DAMAGED_MEMBER);
      }
    }
  }

  @Test
  void aBombIsLeftAtTheLimit() throws Exception {
    int beyond = DicomLimits.defaults().maxInflatedBytes() + 1;
    byte[] bomb =
        compressed(
            new byte[0],
            out -> {
              GZIPOutputStream gzip = new GZIPOutputStream(out);
              byte[] zeros = new byte[1 << 16];
              for (long written = 0; written < beyond; written += zeros.length) {
                gzip.write(zeros);
              }
              return gzip;
            });

    assertThatThrownBy(() -> CompressedObject.expand(HADOOP, bomb))
        .isInstanceOf(DamagedMemberException.class)
        .hasMessageContaining("after decompression")
        .extracting(e -> ((DamagedMemberException) e).reason())
        .isEqualTo(SliceReason.LIMIT_EXCEEDED);
  }

  /** A tar archive may be longer than memory. */
  @Test
  void whatIsNoObjectIsNamedByItsStart() throws Exception {
    byte[] tar = noise(1 << 20);
    System.arraycopy(new byte[] {'u', 's', 't', 'a', 'r'}, 0, tar, 257, 5);

    byte[] start = CompressedObject.expand(HADOOP, compressed(tar, GZIPOutputStream::new));

    assertThat(start).hasSizeLessThan(1 << 16);
    assertThat(FileKind.of(start)).isEqualTo(FileKind.TAR);
  }

  private static List<SourceObject> list(Path input) {
    return new SourceListing(HADOOP, "dicom.input", any -> true).list(List.of(input.toString()));
  }
}
