package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "streamed", "zip64", "info-zip", "info-zip-descriptors"})
  void readsAMemberInOneRequestOfLittleMoreThanItsBytes(String name) throws Exception {
    byte[] archive = Zips.golden(name + ".zip");
    RangedReads memory = Zips.reads(archive);
    List<Integer> requests = new ArrayList<>();
    MemberReader reader =
        new MemberReader(
            (position, bytes, length) -> {
              requests.add(length);
              memory.read(position, bytes, length);
            },
            archive.length);

    for (ZipMember member : Zips.members(archive)) {
      requests.clear();
      SourceObject object =
          new SourceObject(
              "memory",
              member.name(),
              member.headerOffset(),
              member.storedBytes(),
              member.sizeBytes(),
              member.method() == ZipFormat.DEFLATED);
      byte[] bytes = reader.read(object);

      assertThat(bytes).hasSize((int) member.sizeBytes());
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0)).isLessThan((int) member.storedBytes() + 256);

      requests.clear();
      int most = Math.max(1, (int) member.storedBytes() / 2);
      byte[] start = reader.start(object, most);
      assertThat(start).isEqualTo(Arrays.copyOf(bytes, start.length));
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0)).isLessThan(most + 256);
    }
  }
}
