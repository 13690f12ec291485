package io.mlxlint.mx.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private final Map<String, Array> parameters = Map.of("w", MX.array(new float[] {1}));
  private final Map<String, Array> gradients = Map.of("w", MX.array(new float[] {1}));

  @Test
  void aRateThatIsSetStays() {
    Optimizer optimizer = new SGD(0.5);
    optimizer.setLearningRate(0.25);
    assertThat(afterTwoUpdates(optimizer)).isEqualTo(0.5);
    assertThat(optimizer.learningRate().item()).isEqualTo(0.25);
  }

  @Test
  void aScheduleGivesTheRateOfEachUpdate() {
    Optimizer optimizer = new SGD(step -> MX.where(step.less(1), 0.5, 0.125));
    optimizer.setLearningRate(4);
    assertThat(afterTwoUpdates(optimizer)).isEqualTo(1 - 0.5 - 0.125);
  }

  @Test
  void withoutARateNoneCanBeSet() {
    assertThatThrownBy(() -> new Adafactor().setLearningRate(1)).isInstanceOf(IllegalStateException.class);
  }

  private double afterTwoUpdates(Optimizer optimizer) {
    optimizer.update(parameters, gradients);
    optimizer.update(parameters, gradients);
    return parameters.get("w").item();
  }
}
