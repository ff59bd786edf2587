package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headct.ich.domain.ct.fast.FrameTensorBuilder;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.jobs.bench.Stopwatch.Run;

/** Core of {@code build-tensors} for one slice, on one thread and without Spark or a table. */
final class TensorCore {
  private final DicomReader reader = new BuiltinDicomReader();
  private final FrameTensorBuilder builder;
  private final byte[] tensor;
  private short[] stored = {};

  /** Sum over the results, so that the compiler can't remove the work. */
  private int seen;

  TensorCore(TensorSpec spec) {
    builder = new FrameTensorBuilder(spec);
    tensor = new byte[spec.lengthBytes()];
  }

  Run time(List<Path> files) throws IOException, DicomDefectException {
    System.gc();
    Stopwatch.Started started = Stopwatch.start();
    for (Path file : files) {
      byte[] tensor = tensor(Files.readAllBytes(file));
      seen += tensor[tensor.length / 2];
    }
    return started.stop();
  }

  int seen() {
    return seen;
  }

  private byte[] tensor(byte[] object) throws DicomDefectException {
    DicomHeader header = reader.header(object);
    StoredPixels pixels = reader.pixels(object, header, 0, stored);
    stored = pixels.values();
    builder.windows(pixels, header, tensor, 0);
    return tensor;
  }
}
