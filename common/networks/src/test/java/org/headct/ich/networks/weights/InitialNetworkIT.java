package org.headct.ich.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.InputScale;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.WeightsSettings;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Networks;
import org.headct.ich.networks.SmallResNet;
import org.headct.ich.networks.weights.KerasResNet.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

class InitialNetworkIT {
  private static final Optional<InputScale> AUTO = Optional.empty();
  private static final Optional<InputScale> SAME = Optional.of(InputScale.SAME);
  private static final int SIDE = 64;
  private static final int[] STAGES = {1, 2};
  @TempDir private Path folder;

  private Path keras(Kind kind, int channels, int side) throws IOException {
    Path file = folder.resolve(kind + "-" + channels + "-" + side + ".h5");
    KerasResNet.write(file, kind, channels, side, 3, STAGES);
    return file;
  }

  private InitialNetwork read(
      Path file, Optional<InputScale> input, Function<BottleneckStride, ComputationGraph> fresh)
      throws IOException {
    return InitialNetwork.of(
        new WeightsFile(file, file.toString(), Files.size(file), sha256(file)),
        new WeightsSettings(file.toString(), input, "none"),
        fresh);
  }

  private static Function<BottleneckStride, ComputationGraph> small(
      boolean bottlenecks, int channels) {
    return stride -> SmallResNet.create(bottlenecks, stride, channels, SIDE, STAGES);
  }

  private static ComputationGraph ours(NetworkName name, Head head) {
    return Networks.create(new Networks.Form(name, head, 3, 32), new Sgd(0.1), 1e-4, 0, 11);
  }

  private Path zip(ComputationGraph network) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
    return file;
  }

  private static double difference(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue() / a.amaxNumber().doubleValue();
  }

  /** Compares the features of Keras's graph, as DL4J imports it, with ours for the same picture. */
  @Test
  void featuresAreThoseOfTheImportedModel() throws Exception {
    for (Kind kind : new Kind[] {Kind.BASIC, Kind.BOTTLENECK}) {
      Path file = keras(kind, 3, SIDE);
      ComputationGraph theirs = KerasModelImport.importKerasModelAndWeights(file.toString(), false);
      InitialNetwork initial = read(file, SAME, small(kind == Kind.BOTTLENECK, 3));
      INDArray x = Nd4j.randn(2, 3, SIDE, SIDE);
      INDArray wanted = theirs.feedForward(x.permute(0, 2, 3, 1).dup('c'), false).get("avg_pool");
      INDArray found = initial.network().feedForward(x, false).get("features");
      assertThat(wanted.std().getDouble(0)).isGreaterThan(0.05);
      assertThat(difference(wanted, found)).as(kind.toString()).isLessThan(1e-4);
      assertThat(initial.from().frozen()).isEmpty();
      assertThat(initial.from().input()).isEqualTo("same");
      assertThat(initial.from().length()).isEqualTo(Files.size(file));
      assertThat(initial.from().sha256()).isEqualTo(sha256(file));
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Compares away from the border, because the two networks pad with different values. */
  @Test
  void theFirstConvolutionTakesWhatTensorsHold() throws Exception {
    Path file = keras(Kind.BASIC, 3, SIDE);
    ComputationGraph theirs = KerasModelImport.importKerasModelAndWeights(file.toString(), false);
    InitialNetwork initial = read(file, AUTO, small(false, 3));
    assertThat(initial.from().input()).isEqualTo("caffe");
    INDArray x = Nd4j.rand(2, 3, SIDE, SIDE);
    INDArray caffe = x.mul(255);
    double[] mean = {103.939, 116.779, 123.68};
    for (int c = 0; c < 3; c++) {
      caffe.get(NDArrayIndex.all(), NDArrayIndex.point(c)).subi(mean[c]);
    }
    INDArray wanted =
        theirs
            .feedForward(caffe.permute(0, 2, 3, 1).dup('c'), false)
            .get("conv1_relu")
            .permute(0, 3, 1, 2);
    INDArray found = initial.network().feedForward(x, false).get("stem-relu");
    assertThat(difference(inner(wanted), inner(found))).isLessThan(1e-4);
    assertThat(difference(wanted, found)).isGreaterThan(1e-3);
  }

  private static INDArray inner(INDArray maps) {
    int last = (int) maps.size(2) - 2;
    return maps.get(
            NDArrayIndex.all(),
            NDArrayIndex.all(),
            NDArrayIndex.interval(2, last),
            NDArrayIndex.interval(2, last))
        .dup('c');
  }

  /** Models of keras.applications without head and shape take pictures of any size. */
  @Test
  void aModelForAnySizeIsTaken() throws IOException {
    InitialNetwork any = read(keras(Kind.BOTTLENECK, 3, 0), SAME, small(true, 3));
    InitialNetwork sized = read(keras(Kind.BOTTLENECK, 3, SIDE), SAME, small(true, 3));
    INDArray x = Nd4j.rand(1, 3, SIDE, SIDE);
    assertThat(any.network().feedForward(x, false).get("features"))
        .isEqualTo(sized.network().feedForward(x, false).get("features"));
  }

  @Test
  void anEarlierRunsModelGivesAllButTheHeads() throws IOException {
    for (NetworkName name : new NetworkName[] {NetworkName.CNN4, NetworkName.CNN4_BN}) {
      ComputationGraph binary = ours(name, Head.BINARY);
      binary.params().addi(Nd4j.randn(binary.params().shape()).muli(0.01));
      ComputationGraph five =
          read(zip(binary), AUTO, stride -> ours(name, Head.MULTILABEL)).network();
      ComputationGraph fresh = ours(name, Head.MULTILABEL);
      assertThat(five.getConfiguration()).isEqualTo(fresh.getConfiguration());
      for (Map.Entry<String, INDArray> e : five.paramTable().entrySet()) {
        String layer = e.getKey().substring(0, e.getKey().lastIndexOf('_'));
        boolean head = Head.MULTILABEL.labels().contains(layer);
        assertThat(e.getValue())
            .as(e.getKey())
            .isEqualTo((head ? fresh : binary).paramTable().get(e.getKey()));
      }
      assertThat(five.paramTable()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void aMismatchNamesLayerAndShapes() throws IOException {
    Path bottleneck = keras(Kind.BOTTLENECK, 3, SIDE);
    refused(() -> read(bottleneck, SAME, small(true, 9)))
        .contains("conv1_conv", "stem-conv", "[64, 9, 7, 7]", "[64, 3, 7, 7]");
    refused(() -> read(bottleneck, SAME, small(false, 3)))
        .contains("conv2_block1_1_conv", "[64, 64, 3, 3]", "[64, 64, 1, 1]");
    refused(() -> read(bottleneck, SAME, stride -> SmallResNet.create(true, stride, 3, SIDE, 1, 1)))
        .contains("conv3_block2_1_conv", "[128, 512, 1, 1]", "another network");
    refused(() -> read(bottleneck, SAME, stride -> SmallResNet.create(true, stride, 3, SIDE, 1, 3)))
        .contains("no layer s2-b3-a-conv", "[128, 512, 1, 1]");
    refused(() -> read(keras(Kind.BOTTLENECK_SAME, 3, SIDE), SAME, small(true, 3)))
        .contains("conv3_block1_2_conv", "[2, 2]", "'same'");
    refused(() -> read(keras(Kind.BASIC, 1, SIDE), AUTO, small(false, 1)))
        .contains("train.weights-input", "3 channels", "takes 1");
    Path cnn = zip(ours(NetworkName.CNN4, Head.BINARY));
    refused(() -> read(cnn, SAME, stride -> ours(NetworkName.CNN4_BN, Head.BINARY)))
        .contains("conv1-norm");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "no model");
    refused(() -> read(text, SAME, small(false, 3))).contains("neither HDF5");
    byte[] whole = Files.readAllBytes(keras(Kind.BASIC, 3, SIDE));
    Path half = Files.write(folder.resolve("half.h5"), Arrays.copyOf(whole, 5000));
    refused(() -> read(half, SAME, small(false, 3))).contains("half.h5");
    Path zip = Files.writeString(folder.resolve("half.zip"), "PK\3\4and no more");
    refused(() -> read(zip, SAME, small(false, 3))).contains("half.zip");
  }

  private static AbstractStringAssert<?> refused(ThrowingCallable read) {
    return assertThatThrownBy(read)
        .isInstanceOf(UserException.class)
        .extracting(Throwable::getMessage)
        .asString();
  }

  @Test
  void namesOfCaffeAndOfDl4jsZooAreKnown() {
    assertThat(LayerNames.ours("res2a_branch1")).contains("s1-b1-shortcut-conv");
    assertThat(LayerNames.ours("bn5c_branch2b")).contains("s4-b3-b-norm");
    assertThat(LayerNames.ours("conv5_block3_3_bn")).contains("s4-b3-c-norm");
    assertThat(LayerNames.ours("conv3_block1_0_conv")).contains("s2-b1-shortcut-conv");
    assertThat(LayerNames.ours("conv4_block23_1_conv")).contains("s3-b23-a-conv");
    assertThat(LayerNames.ours("stem-cnn1")).contains("stem-conv");
    assertThat(LayerNames.ours("fc1000")).isEmpty();
  }
}
