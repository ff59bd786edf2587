package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecompressionTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  @Test
  void decompressesTextByItsExtensionOnDiskAndInArchives() throws Exception {
    byte[] text = "ID,Label\nID_1_any,0\n".repeat(5000).getBytes(UTF_8);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("labels.csv", text);
    files.put("labels.csv.gz", compressed(text, GZIPOutputStream::new));
    files.put("labels.csv.bz2", compressed(text, BZip2CompressorOutputStream::new));
    files.put("labels.csv.zst", Zstd.compress(text));
    files.put("labels: a [b].CSV.GZ", files.get("labels.csv.gz"));
    // Parallel compressors write several streams, one after the other.
    for (String name : List.of("labels.csv.gz", "labels.csv.bz2", "labels.csv.zst")) {
      byte[] once = files.get(name);
      byte[] twice = Arrays.copyOf(once, 2 * once.length);
      System.arraycopy(once, 0, twice, once.length, once.length);
      files.put("twice " + name, twice);
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Zips.write(folder.resolve("in").resolve(file.getKey()), file.getValue());
    }
    Zips.write(folder.resolve("in/all.zip"), Zips.archive(files));

    List<SourceObject> objects = list(folder.resolve("in"));

    assertThat(objects).hasSize(16);
    try (SourceReader reader = new SourceReader(HADOOP)) {
      for (SourceObject object : objects) {
        try (InputStream in = reader.open(object)) {
          byte[] read = in.readAllBytes();
          boolean twice = object.display().contains("twice");
          assertThat(read).as(object.display()).hasSize(twice ? 2 * text.length : text.length);
          assertThat(read).startsWith(text).endsWith(text);
        }
      }
    }
  }

  @Test
  void namesTheRemedyWhereACodecIsMissing() throws Exception {
    Path file = Zips.write(folder.resolve("labels.csv.gz"), new byte[100]);
    Configuration broken = new Configuration();
    broken.set("io.compression.codecs", "org.example.NoSuchCodec");
    SourceObject object = list(file).get(0);

    try (SourceReader reader = new SourceReader(broken)) {
      assertThatThrownBy(() -> reader.open(object))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("labels.csv.gz")
          .hasMessageContaining("store it as .gz or .zst");
    }
  }

  private interface Wrap {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] compressed(byte[] bytes, Wrap wrap) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream in = wrap.around(out)) {
      in.write(bytes);
    }
    return out.toByteArray();
  }

  private static List<SourceObject> list(Path input) {
    return new SourceListing(HADOOP, "labels.input", any -> true).list(List.of(input.toString()));
  }
}
