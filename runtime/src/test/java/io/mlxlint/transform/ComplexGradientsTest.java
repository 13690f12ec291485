package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Gradients of a real function of complex arrays against central differences: the real part is the derivative
 * by the real part, the imaginary one that by the imaginary part. MLX keeps to it in products, quotients, exp
 * and log, but not in sqrt, power and matmul, where it leaves out a conjugation.
 */
class ComplexGradientsTest {
  private static final float STEP = 1f / 256;
  private static final float[] X = {1, 2, 3, -1, -2, 0.5f, 0.25f, 2};
  private static final float[] Z = {2, -1, 0.5f, 1, 1, 1, 1.5f, -2};

  private static Array complex(float[] parts) {
    return MX.reshape(MX.view(MX.array(parts), MX.complex64), 2, 2);
  }

  private static Map<String, Functions.Of2> functions() {
    Map<String, Functions.Of2> out = new TreeMap<>();
    out.put("abs", (x, z) -> MX.multiply(MX.abs(x), z));
    out.put("multiply", MX::multiply);
    out.put("divide", MX::divide);
    out.put("divided by", (x, z) -> MX.divide(z, x));
    out.put("power", MX::power);
    out.put("to the power", (x, z) -> MX.power(z, x));
    out.put("logaddexp", MX::logaddexp);
    out.put("maximum", MX::maximum);
    out.put("minimum", MX::minimum);
    out.put("matmul", MX::matmul);
    out.put("matmul from the right", (x, z) -> MX.matmul(z, x));
    out.put("real", (x, z) -> MX.multiply(MX.real(x), z));
    out.put("imag", (x, z) -> MX.multiply(MX.imag(x), z));
    out.put("conjugate", (x, z) -> MX.multiply(MX.conj(x), z));
    out.put("square", (x, z) -> MX.square(x));
    out.put("reciprocal", (x, z) -> MX.reciprocal(x));
    out.put("sqrt", (x, z) -> MX.sqrt(x));
    out.put("rsqrt", (x, z) -> MX.rsqrt(x));
    out.put("exp", (x, z) -> MX.exp(x));
    out.put("log", (x, z) -> MX.log(x));
    out.put("log1p", (x, z) -> MX.log1p(x));
    out.put("sin", (x, z) -> MX.sin(x));
    out.put("tan", (x, z) -> MX.tan(x));
    out.put("cosh", (x, z) -> MX.cosh(x));
    out.put("tanh", (x, z) -> MX.tanh(x));
    out.put("arcsin", (x, z) -> MX.arcsin(x));
    out.put("arctan", (x, z) -> MX.arctan(x));
    out.put("arccosh", (x, z) -> MX.arccosh(x));
    out.put("sum", (x, z) -> MX.sum(MX.multiply(x, z), 0));
    out.put("prod", (x, z) -> MX.prod(x, 0));
    out.put("cumsum", (x, z) -> MX.cumsum(x, 1));
    out.put("cumprod", (x, z) -> MX.cumprod(x, 1));
    out.put("softmax", (x, z) -> MX.softmax(x, 1));
    out.put("logsumexp", (x, z) -> MX.logsumexp(x, 1));
    out.put("where", (x, z) -> MX.where(MX.greater(MX.real(x), 0), x, z));
    out.put("astype", (x, z) -> MX.multiply(MX.astype(x, MX.float32), z));
    return out;
  }

  @TestFactory
  Stream<DynamicTest> areDerivativesByBothParts() {
    return functions().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
      Functions.Of2 size = (x, z) -> MX.sum(MX.abs(e.getValue().apply(x, z)));
      Array gradient = MX.grad(size).apply(complex(X), complex(Z));
      assertThat(MX.view(gradient, MX.float32).toFloatArray()).containsExactly(differences(size),
          within(0.02f));
    }));
  }

  private static float[] differences(Functions.Of2 size) {
    float[] out = new float[X.length];
    for (int i = 0; i < out.length; i++) {
      float[] above = X.clone();
      float[] below = X.clone();
      above[i] += STEP;
      below[i] -= STEP;
      double rise = size.apply(complex(above), complex(Z)).item() - size.apply(complex(below), complex(Z))
          .item();
      out[i] = (float) (rise / (2 * STEP));
    }
    return out;
  }
}
