package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.label.Subtype;

/**
 * Dump as a hospital sends it, with planted texts that no output may repeat. They are in standard,
 * nested and private attributes, in broken objects, in ids, and in file names.
 */
public final class CanaryDump {
  /** Name of the equipment. It is kept, so a search that works finds it. */
  public static final String MANUFACTURER = "Qzmanufacturer";

  /** Part of the names of files and archive members. */
  public static final String FILE_NAME = "qzfilename";

  public static final String PATIENT_ID = "MRN-4711-qzpatientid";

  /** Prefix of every real UID of the dump. */
  private static final String UID_ROOT = "1.2.826.0.1.3680043.9.7777.";

  public static final String STUDY_UID = UID_ROOT + "1";
  public static final String SERIES_UID = UID_ROOT + "2";

  /** Reasons for which the broken objects are rejected. */
  public static final List<String> REJECTED =
      List.of(
          "BAD_HEADER",
          "NOT_CT",
          "NOT_CT",
          "NOT_DICOM",
          "SHORT_PIXEL_DATA",
          "TRUNCATED",
          "TRUNCATED",
          "UNSUPPORTED_SYNTAX");

  private static final int SIZE = 64;
  private static final int PIXEL_BYTES = 2 * SIZE * SIZE;
  private static final int PIXEL_HEAD_BYTES = 12;
  private static final int SLICES = 7;

  /** Name that is longer than its element's length says. A parser fails on the rest. */
  private static final String SPILT_NAME = "abcdqzlongname";

  private final Set<String> canaries = new LinkedHashSet<>();
  private int instances = 100;

  /** Returns all planted texts that must not appear anywhere, without {@link #FILE_NAME}. */
  public Set<String> canaries() {
    return canaries;
  }

  /** Returns the image id of a slice with labels. */
  public static String imageId(int slice) {
    return "ID_ca00000%02x".formatted(slice);
  }

  /**
   * Writes labels of the whole slices in wide form, with a column of names. Other rows name an
   * object by its UID or its path: a good one, and some with a bad value, id or number of fields.
   */
  public void writeLabels(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "ID,PatientName," + String.join(",", Subtype.ALL.stream().map(Subtype::column).toList()));
    for (int slice = 0; slice < SLICES; slice++) {
      String label = slice % 2 == 0 ? ",1" : ",0";
      lines.add(imageId(slice) + "," + canary("LabelColumn") + ",0,0,0,0" + label + label);
    }
    String object = "/data/" + canary("LabelFolder") + "/" + UID_ROOT + "100.dcm";
    String name = "," + canary("LabelName");
    lines.add(object + name + ",0,0,0,0,0,0");
    lines.add(UID_ROOT + "101" + name + ",0,0,0,0,0," + UID_ROOT + "5");
    lines.add(UID_ROOT + "102" + name + ",0,0," + object + ",0,0,0");
    lines.add(UID_ROOT + "103");
    lines.add(name + ",0,0,0,0,0,0");
    Files.write(file, lines);
  }

  /** Writes the objects into a folder. */
  public void write(Path folder) throws IOException {
    canaries.addAll(List.of(UID_ROOT, PATIENT_ID));
    for (int slice = 0; slice < SLICES; slice++) {
      put(folder, imageId(slice), whole(slice, header -> header));
    }
    put(folder, "Doe_Jane_" + FILE_NAME, whole(SLICES, h -> h));
    Path archive = folder.resolve("archive.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("Doe/" + FILE_NAME + "_member.dcm"));
      zip.write(whole(SLICES + 1, h -> h.manufacturer(oversized())));
    }
    put(
        folder,
        "ID_ca000000f0",
        whole(SLICES + 2, h -> h.photometricInterpretation(canary("Photometric"))));
    writeBroken(folder);
  }

  /** Returns text that is too long for a name of equipment. It must not pass on what follows. */
  private String oversized() {
    return MANUFACTURER + "-".repeat(64) + canary("Oversized");
  }

  private void writeBroken(Path folder) throws IOException {
    byte[] slope = new Elements().text(0x0028_1053, "DS", canary("Slope")).bytes();
    put(folder, "ID_ca000000b1", spliced(object(20, h -> h), slope));
    byte[] frames = new Elements().text(0x0028_0008, "IS", canary("Frames")).bytes();
    put(folder, "ID_ca000000b2", spliced(object(21, h -> h), frames));
    put(folder, "ID_ca000000b3", whole(22, h -> h.modality(canary("Modality"))));
    put(folder, "ID_ca000000b4", whole(23, h -> h.sopClassUid(UID_ROOT + "3")));
    put(folder, "ID_ca000000b5", ("no object: " + canary("Prose")).getBytes(UTF_8));
    byte[] whole = whole(24, h -> h);
    put(folder, "ID_ca000000b6", Arrays.copyOf(whole, whole.length - PIXEL_BYTES));
    byte[] comment = new Elements().text(0x0020_4000, "LT", canary("CutComment")).bytes();
    byte[] commented = spliced(object(25, h -> h), comment);
    int inComment = commented.length - PIXEL_BYTES - PIXEL_HEAD_BYTES - 4;
    put(folder, "ID_ca000000b7", Arrays.copyOf(commented, inComment));
    put(folder, FILE_NAME + "_spilt", spliced(object(26, h -> h), spilt()));
    byte[] syntax = object(27, h -> h);
    put(folder, "ID_ca000000b8", replaced(syntax, "1.2.840.10008.1.2.1", "19470223.4711.0815."));
    canaries.add("19470223.4711");
  }

  /**
   * Returns an object in which letters of the name are read as the tag and length of an element.
   */
  private byte[] spilt() {
    byte[] rest = SPILT_NAME.substring(4).getBytes(UTF_8);
    canaries.add("%02X%02X,%02X%02X".formatted(rest[1], rest[0], rest[3], rest[2]));
    canaries.add(String.valueOf(rest[4] | rest[5] << 8 | rest[6] << 16 | rest[7] << 24));
    canaries.add(SPILT_NAME.substring(4));
    return new Elements().head(0x0010_0010, "PN", 4).raw(SPILT_NAME.getBytes(UTF_8)).bytes();
  }

  private static byte[] replaced(byte[] object, String text, String by) {
    String bytes = new String(object, ISO_8859_1);
    if (text.length() != by.length() || !bytes.contains(text)) {
      throw new IllegalStateException(text + " can not become " + by);
    }
    return bytes.replace(text, by).getBytes(ISO_8859_1);
  }

  private static void put(Path folder, String stem, byte[] object) throws IOException {
    Files.write(folder.resolve(stem + ".dcm"), object);
  }

  /** Returns letters that occur nowhere else. */
  private String canary(String attribute) {
    String text = "qz" + attribute + "qz";
    canaries.add(text);
    return text;
  }

  private byte[] whole(int place, UnaryOperator<DicomHeaderBuilder> change) {
    return spliced(object(place, change), identifying());
  }

  /** Returns a scanner's data about a person, in standard, nested and private elements. */
  private byte[] identifying() {
    canaries.addAll(List.of("19470223", "18770319"));
    Elements person =
        new Elements()
            .text(0x0010_0010, "PN", canary("NestedName"))
            .text(0x0010_0020, "LO", canary("NestedId"))
            .text(0x0008_0060, "CS", canary("NestedModality"));
    Elements nested = new Elements().sequence(0x0040_A730, "SQ", person);
    return new Elements()
        .text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY\\AXIAL\\" + canary("ImageType"))
        .text(0x0008_0020, "DA", "19470223")
        .text(0x0008_0050, "SH", canary("Accession"))
        .text(0x0008_0080, "LO", canary("Institution"))
        .text(0x0008_0090, "PN", canary("Referring"))
        .text(0x0008_1010, "SH", canary("Station"))
        .text(0x0008_1030, "LO", canary("StudyDescription"))
        .text(0x0008_103E, "LO", canary("SeriesDescription"))
        .sequence(0x0008_1110, "SQ", nested)
        .measuredSequence(0x0008_1140, nested)
        .text(0x0009_0010, "LO", canary("PrivateCreator"))
        .text(0x0009_1001, "UN", canary("PrivateValue"))
        .sequence(0x0009_1002, "SQ", nested)
        .text(0x0010_0010, "PN", canary("PatientName") + "^Kanarienvögelchen")
        .text(0x0010_0030, "DA", "18770319")
        .text(0x0010_1000, "LO", canary("OtherIds"))
        .text(0x0010_1040, "LO", canary("Address"))
        .text(0x0010_4000, "LT", canary("Comments"))
        .text(0x0018_0010, "LO", canary("ContrastAgent"))
        .text(0x0018_1000, "LO", canary("DeviceSerial"))
        .text(0x0018_1030, "LO", canary("Protocol"))
        .text(0x0018_1210, "SH", canary("Kernel"))
        .text(0x0020_0010, "SH", canary("StudyId"))
        .text(0x0020_4000, "LT", canary("ImageComments"))
        .bytes();
  }

  private byte[] object(int place, UnaryOperator<DicomHeaderBuilder> change) {
    canaries.add("Kanarienvögelchen");
    short[] values = new short[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (1000 + (i + place) % 97);
    }
    DicomHeaderBuilder header =
        CtHeaders.axial(SIZE, 5.0 * place)
            .transferSyntaxUid("1.2.840.10008.1.2.1")
            .sopInstanceUid(UID_ROOT + instances++)
            .studyInstanceUid(STUDY_UID)
            .seriesInstanceUid(SERIES_UID)
            .patientId(PATIENT_ID)
            .manufacturer(MANUFACTURER);
    return DicomWriter.write(
        change.apply(header).build(), new StoredPixels(SIZE, SIZE, true, values));
  }

  /** Inserts elements before the pixels, which come last. */
  private static byte[] spliced(byte[] object, byte[] elements) {
    int at = object.length - PIXEL_BYTES - PIXEL_HEAD_BYTES;
    return new Elements()
        .raw(Arrays.copyOf(object, at))
        .raw(elements)
        .raw(Arrays.copyOfRange(object, at, object.length))
        .bytes();
  }
}
