package io.mlxlint.mx.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.optim.SGD;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What layers refuse, and what a batch norm keeps through training. */
class LayerUseTest {

  @Test
  void runningStatisticsAreNeverTrained() {
    Sequential model = new Sequential(new Linear(2, 3), new BatchNorm(3));
    model.freeze();
    model.unfreeze();
    assertThat(model.trainableParameters()).containsOnlyKeys("layers.0.weight", "layers.0.bias",
        "layers.1.weight", "layers.1.bias");
    assertThat(model.parameters()).containsKeys("layers.1.running_mean", "layers.1.running_var");
  }

  private static double[] runningMeanAfterTraining(boolean compiled) {
    Random.seed(3);
    BatchNorm norm = new BatchNorm(3);
    Sequential model = new Sequential(new Linear(2, 3), norm, NN::relu, new Linear(3, 1));
    SGD optimizer = new SGD(0.1);
    ValueAndGrad lossAndGrads = NN.valueAndGrad(model, x -> model.apply(x).square().mean());
    Object state = List.of(model, optimizer, Random.state());
    Compiled step = MX.compile(x -> {
      ValueAndGrad.Result result = lossAndGrads.apply(x);
      optimizer.update(model, result.gradsByName());
      return result.value();
    }).inputs(state).outputs(state);
    for (int i = 0; i < 3; i++) {
      Array x = Random.normal(8, 2);
      if (compiled) {
        MX.eval(step.apply(x), state);
      } else {
        ValueAndGrad.Result result = lossAndGrads.apply(x);
        optimizer.update(model, result.gradsByName());
        MX.eval(result.value(), state);
      }
    }
    return norm.runningMean.toDoubleArray();
  }

  @Test
  void runningStatisticsMoveInCompiledStepsAsInOthers() {
    double[] plain = runningMeanAfterTraining(false);
    assertThat(plain).doesNotContain(0.0);
    assertThat(runningMeanAfterTraining(true)).containsExactly(plain, offset(1e-6));
  }

  @Test
  void convolutionsTakeOneKernelSizeForBothDimensions() {
    Random.seed(1);
    Array square = new Conv2d(2, 3, 3, 2, 1).apply(MX.ones(1, 5, 5, 2));
    Random.seed(1);
    int[] one = {1, 1};
    Conv2d.Options options = new Conv2d.Options(new int[] {2, 2}, one, one, 1, true);
    Array spelledOut = new Conv2d(2, 3, new int[] {3, 3}, options).apply(MX.ones(1, 5, 5, 2));
    assertThat(square.toFloatArray()).isEqualTo(spelledOut.toFloatArray());
    assertThat(new ConvTranspose2d(2, 3, 3, 2, 1).apply(MX.ones(1, 5, 5, 2)).shape().toArray())
        .containsExactly(1, 9, 9, 3);
    assertThat(new Conv1d(2, 3, 3, 2, 1).apply(MX.ones(1, 5, 2)).shape().toArray()).containsExactly(1, 3, 3);
    assertThat(new ConvTranspose1d(2, 3, 3, 2, 1).apply(MX.ones(1, 5, 2)).shape().toArray())
        .containsExactly(1, 9, 3);
  }

  @Test
  void aLossMayGiveMoreThanItsValue() {
    Linear model = new Linear(2, 1);
    ValueAndGrad.Result result = NN.valueAndGradArrays(model, in ->
        new Array[] {model.apply(in[0]).sum(), MX.array(in[0].size())}).apply(MX.ones(3, 2));
    assertThat(result.values()[1].itemLong()).isEqualTo(6);
    assertThat(result.gradsByName()).containsOnlyKeys("weight", "bias");
  }

  @Test
  void appliesAFunctionToEveryParameterAndKeepsOldValuesThatAreAskedFor() {
    Linear model = new Linear(2, 1);
    Array before = MX.array(model.weight);
    model.applyToParameters(MX::onesLike);
    assertThat(model.weight.toFloatArray()).containsExactly(1, 1);
    assertThat(before.toFloatArray()).doesNotContain(1);
  }

  @Test
  void theParametersOfACheckpointedModuleHaveTheirGradients() {
    Random.seed(2);
    Sequential model = new Sequential(new Linear(2, 3), NN::tanh, new Linear(3, 1));
    Array x = Random.normal(4, 2);
    Functions.Of1 plain = model;
    Functions.OfArrays byTree = MX.checkpointTree(model, in -> new Array[] {model.apply(in[0])});
    Array[] expected = NN.valueAndGrad(model, in -> plain.apply(in).square().sum()).apply(x).grads();
    List<Functions.Of1> again = List.of(MX.checkpoint(model), in -> byTree.apply(new Array[] {in})[0]);
    for (Functions.Of1 checkpointed : again) {
      Array[] grads = NN.valueAndGrad(model, in -> checkpointed.apply(in).square().sum()).apply(x).grads();
      for (int i = 0; i < grads.length; i++) {
        assertThat(MX.allclose(grads[i], expected[i]).itemBoolean()).isTrue();
        assertThat(MX.any(grads[i].notEqual(0)).itemBoolean()).isTrue();
      }
    }
  }

  @Test
  void crossEntropyOfTargetsThatDoNotAddUpIsThatOfMlx() {
    // measured on MLX 0.32.2
    Array logits = MX.array(new double[][] {{1, 2, 4}, {3, -1, 0}});
    Array targets = MX.array(new double[][] {{0.5, 0.25, 0.5}, {0.125, 0.25, 0}});
    assertThat(Losses.crossEntropy(logits, targets, null, -1, 0.25, Losses.Reduction.NONE).toFloatArray())
        .containsExactly(new float[] {2.0865128f, 1.3992174f}, offset(1e-6f));
  }

  @Test
  void crossEntropyNamesTheShapes() {
    Array logits = MX.zeros(4, 5);
    refuses(() -> Losses.crossEntropy(logits, MX.zeros(MX.int32, 3)),
        "cross_entropy: targets of shape [3], [4] fits the logits");
    refuses(() -> Losses.crossEntropy(logits, MX.zeros(4, 1)),
        "cross_entropy: targets of shape [4, 1], [4, 5] fits the logits");
    Array indices = MX.zeros(MX.int32, 4);
    refuses(() -> Losses.crossEntropy(logits, indices, MX.ones(1), -1, 0, Losses.Reduction.NONE),
        "cross_entropy: weights of shape [1], [4] fits the logits");
  }

  @Test
  void aModuleSaysWhatItIsMadeOf() {
    assertThat(new Linear(2, 3)).hasToString("Linear(weight float32[3, 2], bias float32[3])");
    assertThat(new Sequential(new Linear(2, 3, false), NN::relu, new Sequential(new RMSNorm(3))))
        .hasToString("""
            Sequential(
              (layers.0): Linear(weight float32[3, 2])
              (layers.2): Sequential(
                (layers.0): RMSNorm(weight float32[3])
              )
            )""");
  }

  @Test
  void refusesShapesAndSizesWithWordsThatNameThem() {
    refuses(() -> new LSTM(2, 3).apply(MX.zeros(2)),
        "a recurrent layer takes [..., steps, features], not [2]");
    refuses(() -> new BatchNorm(3).apply(MX.zeros(3)), "batch_norm: x has two to four dimensions, not [3]");
    refuses(() -> new BatchNorm(3).apply(MX.zeros(1, 3)),
        "batch_norm: one value per channel has no variance to train with, [1, 3]");
    refuses(() -> new BatchNorm(3, 0, 0.1, true, true), "batch_norm: an eps of 0.0, it must be positive");
    refuses(() -> new GroupNorm(2, 3), "group_norm: 3 channels do not divide into 2 groups");
    refuses(() -> new InstanceNorm(3).apply(MX.zeros(2, 3)),
        "instance_norm: x has at least three dimensions, not [2, 3]");
    refuses(() -> new MaxPool2d(2).apply(MX.zeros(4, 4, 1)),
        "max_pool2d: x has shape [4, 4, 1], it must have 4 dimensions, the channels last");
    refuses(() -> new AvgPool1d(5).apply(MX.zeros(1, 4, 1)),
        "avg_pool1d: a kernel of [5] does not fit into shape [1, 4, 1]");
    refuses(() -> new MaxPool1d(0), "max_pool1d: kernel [0] and stride [0] must be positive");
    refuses(() -> new MaxPool1d(2, 2, -1), "max_pool1d: a padding of [-1], it must not be negative");
    refuses(() -> new Upsample(0), "upsample: scales of [0.0], they must be positive");
    refuses(() -> new Dropout2d(1), "dropout2d: a probability of 1.0, it must be in [0, 1)");
    refuses(() -> Init.heNormal().apply(MX.zeros(3)), "init: at least two dimensions are needed, not [3]");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
