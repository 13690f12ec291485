package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Functions as anonymous classes, as they were written before there were lambdas. */
final class LegacyCallbacks {
  private final Array weights = Random.normal(32, 32);
  private final Linear model = new Linear(32, 1);
  private final SGD optimizer = new SGD(0.1);
  private double rate = 0.5;

  LegacyCallbacks() {
    MX.eval(weights);
  }

  /** What is blurred once would be blurred in each pass. */
  Array sharpened(Array x, int passes) {
    final Array blurred = x.matmul(weights).tanh();
    Compiled sharpen = MX.compile(new Functions.Of1() { // expect: lazy-capture
      @Override
      public Array apply(Array a) {
        return a.multiply(1.5).subtract(blurred.multiply(0.5));
      }
    });
    for (int i = 0; i < passes; i++) {
      x = sharpen.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** The field is evaluated in the constructor. */
  Array projected(Array x, int passes) {
    Functions.Of1 project = new Functions.Of1() {
      @Override
      public Array apply(Array a) {
        return a.matmul(weights).tanh();
      }
    };
    Compiled compiled = MX.compile(project);
    for (int i = 0; i < passes; i++) {
      x = compiled.apply(x);
      MX.eval(x);
    }
    return x;
  }

  double trained(int steps) {
    final Array target = Random.normal(32);
    ValueAndGrad lossAndGrad = MX.valueAndGrad(new Functions.Of1() {
      @Override
      public Array apply(Array w) {
        return w.subtract(target).square().mean();
      }
    });
    Array w = MX.zeros(32);
    double last = 0;
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = lossAndGrad.apply(w);
      w = w.subtract(result.grad().multiply(rate));
      MX.eval(w, result.value()); // expect: retained-temporaries
      last = result.value().item();
    }
    return last;
  }

  /** A tidy body that evaluates what it has built. */
  void scoped(int steps) {
    final ValueAndGrad lossAndGrad = NN.valueAndGrad(model, new Functions.Of1() {
      @Override
      public Array apply(Array x) {
        return model.apply(x).square().mean();
      }
    });
    for (int i = 0; i < steps; i++) {
      MX.tidy(new Runnable() {
        @Override
        public void run() {
          optimizer.update(model, lossAndGrad.apply(weights).gradsByName());
          MX.eval(model, optimizer); // expect: retained-temporaries
        }
      });
    }
  }

  /** Half precision through a function of the JDK. */
  Array halved(Array x) {
    Function<Array, Array> scale = new Function<Array, Array>() {
      @Override
      public Array apply(Array a) {
        return a.astype(MX.float16).multiply(MX.array(0.5)); // expect: scalar-array-upcast
      }
    };
    return scale.apply(x);
  }

  /** Each one keeps a number: they are more than functions. */
  double decayed(int count) {
    DoubleUnaryOperator decay = new DoubleUnaryOperator() {
      private double last = 1;

      @Override
      public double applyAsDouble(double by) {
        last *= by;
        return last;
      }
    };
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights.multiply(decay.applyAsDouble(0.9)).sum().item();
    }
    return sum;
  }

  /** One that calls itself stays a class. */
  static double nested(Array x, int depth) {
    return new Functions.Of1() {
      private int left = depth;

      @Override
      public Array apply(Array a) {
        return left-- == 0 ? a : this.apply(a.multiply(0.5).tanh());
      }
    }.apply(x).sum().item();
  }

  public static void main(String[] args) {
    Random.seed(1);
    LegacyCallbacks callbacks = new LegacyCallbacks();
    Array x = Random.normal(32, 32);
    callbacks.scoped(20);
    System.out.println(callbacks.sharpened(x, 20).shape() + " " + callbacks.projected(x, 20).shape() + " "
        + callbacks.trained(20) + " " + callbacks.halved(x).shape() + " " + callbacks.decayed(5) + " "
        + nested(x, 3));
  }
}
