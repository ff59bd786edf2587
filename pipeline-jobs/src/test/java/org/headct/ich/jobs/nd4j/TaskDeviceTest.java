package org.headct.ich.jobs.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.domain.config.TrainConfig.DeviceChoice;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class TaskDeviceTest {
  @Test
  void theAddressIsTheDevice() {
    assertThat(TaskDevice.index(List.of("0"), null, 1)).hasValue(0);
    assertThat(TaskDevice.index(List.of(" 3 "), "", 4)).hasValue(3);
    assertThat(TaskDevice.index(List.of(), null, 4)).isEmpty();
  }

  /** CUDA numbers its visible devices from 0. */
  @Test
  void whereCudaSeesSomeDevicesTheNumberIsThePlaceAmongThem() {
    assertThat(TaskDevice.index(List.of("2"), "2,3", 2)).hasValue(0);
    assertThat(TaskDevice.index(List.of("3"), "2, 3", 2)).hasValue(1);
    assertThat(TaskDevice.index(List.of("0"), "3,0", 2)).hasValue(1);
    assertThatThrownBy(() -> TaskDevice.index(List.of("1"), "2,3", 2))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "CUDA_VISIBLE_DEVICES=2,3 hides GPU 1, which Spark gave the task: unset it on executors, because Spark assigns the GPUs");
  }

  @Test
  void whatIsNoDeviceIsSaid() {
    assertThatThrownBy(() -> TaskDevice.index(List.of("0", "1"), null, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("spark.task.resource.gpu.amount")
        .hasMessageContaining("was given 2 (0, 1)");
    assertThatThrownBy(() -> TaskDevice.index(List.of("2"), null, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("GPU 2, but ND4J sees 2 device(s)");
    for (String address : List.of("GPU-8f3a", "-1", "")) {
      assertThatThrownBy(() -> TaskDevice.index(List.of(address), null, 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("must be a number of nvidia-smi");
    }
  }

  @Test
  void aJarForTheOtherDeviceIsRefusedWithTheBuildThatMakesTheRightOne() {
    assertThatThrownBy(() -> TaskDevice.check(DeviceChoice.GPU, false, true, "0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("./mvnw -Pcuda -Pquick package");
    assertThatThrownBy(() -> TaskDevice.check(DeviceChoice.CPU, true, true, "0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("./mvnw -Pquick package");
    assertThatThrownBy(() -> TaskDevice.check(DeviceChoice.GPU, true, false, "0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("spark.task.resource.gpu.amount=1");
  }

  @Test
  void whatFitsPasses() {
    assertThatCode(
            () -> {
              TaskDevice.check(DeviceChoice.AUTO, false, false, "0");
              TaskDevice.check(DeviceChoice.AUTO, true, false, "0");
              TaskDevice.check(DeviceChoice.CPU, false, false, "0");
              TaskDevice.check(DeviceChoice.GPU, true, false, "0.5");
              TaskDevice.check(DeviceChoice.GPU, true, true, "0");
            })
        .doesNotThrowAnyException();
  }
}
