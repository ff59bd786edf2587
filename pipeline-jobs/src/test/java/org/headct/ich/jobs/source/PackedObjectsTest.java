package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

class PackedObjectsTest {
  private static final List<SourceObject> FILES =
      IntStream.range(0, 2000).mapToObj(PackedObjectsTest::file).toList();

  private static final List<SourceObject> MEMBERS =
      IntStream.range(0, 2000).mapToObj(PackedObjectsTest::member).toList();

  private static final List<SourceObject> ODD =
      List.of(
          new SourceObject("", "", 0, 0, 0, false),
          new SourceObject("s3a://b/\uD83D\uDE00.zip", "\uD83D\uDE00", 1, 2, 3, true, 4),
          // Same first bytes, different character.
          new SourceObject("s3a://b/\uD83D\uDE01.zip", "\uD83D\uDE01", 1, 2, 3, true, 4),
          new SourceObject("file:/Schädel [1]%20a:b.zip", "a", Long.MAX_VALUE, 9, 1, true, -1),
          new SourceObject("file:/S", "", 0, Long.MAX_VALUE, 0, false, Long.MAX_VALUE),
          new SourceObject("file:/S", "", 0, 0, Long.MAX_VALUE, false, Long.MIN_VALUE));

  @Test
  void areWhatWasPacked() {
    for (List<SourceObject> objects : List.of(FILES, MEMBERS, ODD, List.<SourceObject>of())) {
      assertThat(PackedObjects.of(objects).unpack()).isEqualTo(objects);
    }
  }

  /**
   * Serialises a share of the audit as Spark sends it to a task. Kryo runs without our registrator.
   */
  @Test
  void travelInFewBytes() {
    for (Serializer serializer :
        List.of(new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf()))) {
      assertThat(bytesAnObject(serializer, FILES)).isLessThan(30);
      assertThat(bytesAnObject(serializer, MEMBERS)).isLessThan(30);
    }
  }

  private static long bytesAnObject(Serializer serializer, List<SourceObject> objects) {
    ClassTag<PackedObjects> type = ClassTag.apply(PackedObjects.class);
    var sent = serializer.newInstance().serialize(PackedObjects.of(objects), type);
    long bytes = sent.remaining();
    PackedObjects arrived = serializer.newInstance().deserialize(sent, type);
    assertThat(arrived.unpack()).isEqualTo(objects);
    return bytes / objects.size();
  }

  @Test
  void membersShareTheNameOfTheirArchive() {
    List<SourceObject> members = PackedObjects.of(MEMBERS).unpack();

    assertThat(members.get(1999).uri()).isSameAs(members.get(0).uri());
  }

  @Test
  void aListOfThemGivesAnyObjectInAnyOrder() {
    PackedList list = new PackedList();
    List<SourceObject> expected = new ArrayList<>(FILES);
    expected.addAll(MEMBERS);
    list.addAll(expected);

    assertThat(list).isEqualTo(expected);
    for (int i : new int[] {3999, 0, 1023, 1024, 2047, 2048, 1}) {
      assertThat(list.get(i)).isEqualTo(expected.get(i));
    }
  }

  private static SourceObject file(int i) {
    String uri = "hdfs://namenode:8020/dumps/rsna/stage_2_train/ID_%09x.dcm".formatted(i * 7919L);
    return new SourceObject(uri, "", 0, 526_000 + i, 526_000 + i, false, 1_570_000_000_000L + i);
  }

  private static SourceObject member(int i) {
    return new SourceObject(
        "hdfs://namenode:8020/dumps/rsna-intracranial-hemorrhage-detection.zip",
        "stage_2_train/ID_%09x.dcm".formatted(i * 7919L),
        200_000_000_000L + i * 301_000L,
        300_000 + i,
        526_000 + i,
        true,
        1_570_000_000_000L);
  }
}
