package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
      byte[] bytes =
          reader.read(
              new SourceObject(
                  "memory",
                  member.name(),
                  member.headerOffset(),
                  member.storedBytes(),
                  member.sizeBytes(),
                  member.method() == ZipFormat.DEFLATED));

      assertThat(bytes).hasSize((int) member.sizeBytes());
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0)).isLessThan((int) member.storedBytes() + 256);
    }
  }
}
