package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.List;

/** The calls of fast.json. */
final class FastCalls {

  private static final double EPS = 1e-5;

  /** What the generator of the file gives for shapes [2, 4] and [4]. */
  private static final float[] ELEMENTS = {-2.75f, -2.8125f, -2.3125f, -2.75f, -2.0625f, -1.1875f, -1.0625f,
      -0.1875f};
  private static final float[] WEIGHT = {-1.9375f, -3.625f, 0.625f, -3.125f};

  private FastCalls() {}

  static Array call(Golden.Case c, List<Array> in, JsonNode args) {
    return switch (c.op()) {
      case "rms_norm" -> Fast.rmsNorm(in.get(0), in.size() > 1 ? in.get(1) : null,
          args.get("eps").asDouble());
      case "layer_norm" -> {
        int next = 1;
        Array weight = args.has("weight") && args.get("weight").isNull() ? null : in.get(next++);
        Array bias = args.has("bias") && args.get("bias").isNull() ? null : in.get(next);
        yield Fast.layerNorm(in.get(0), weight, bias, args.get("eps").asDouble());
      }
      case "rope" -> rope(in, args);
      case "sdpa" -> args.has("case") ? special(args.get("case").asText(), in) : attention(in, args);
      case "cross_entropy" -> Fast.crossEntropy(in.get(0), in.get(1));
      case "rms_norm weight wrong size" -> Fast.rmsNorm(elements(MX.float32), MX.ones(3), EPS);
      case "rms_norm weight 2-d" -> Fast.rmsNorm(elements(MX.float32), MX.ones(1, 4), EPS);
      case "rms_norm scalar input" -> Fast.rmsNorm(MX.array(1.0), null, EPS);
      case "rms_norm int input" -> Fast.rmsNorm(elements(MX.int32), null, EPS);
      case "rms_norm half x float weight" -> Fast.rmsNorm(elements(MX.float16), MX.array(WEIGHT), EPS);
      case "rms_norm bfloat16 x float32 weight" -> Fast.rmsNorm(elements(MX.bfloat16), MX.array(WEIGHT), EPS);
      case "layer_norm int" -> Fast.layerNorm(elements(MX.int32), null, null, EPS);
      case "layer_norm empty" -> Fast.layerNorm(MX.zeros(0, 4), null, null, EPS);
      default -> throw new NotImplemented();
    };
  }

  /** What the file names without its arguments. */
  private static Array special(String name, List<Array> in) {
    Array q = in.get(0);
    Array k = in.get(1);
    Array v = in.get(2);
    return switch (name) {
      case "mask dtype float32 with float16 q" -> Fast.scaledDotProductAttention(q, k, v, 1, MX.zeros(2, 2));
      case "mask not broadcastable" -> Fast.scaledDotProductAttention(q, k, v, 1, MX.zeros(3, 3));
      case "int mask" -> Fast.scaledDotProductAttention(q, k, v, 1, MX.zeros(MX.int32, 2, 2));
      case "unknown mask string" -> Fast.scaledDotProductAttention(q, k, v, 1, "full");
      case "3-d inputs", "head counts not divisible", "int inputs", "head dims differ", "mixed dtypes" ->
          Fast.scaledDotProductAttention(q, k, v, 1);
      default -> throw new NotImplemented();
    };
  }

  private static Array elements(DType dtype) {
    return MX.astype(MX.reshape(MX.array(ELEMENTS), 2, 4), dtype);
  }

  private static Array rope(List<Array> in, JsonNode args) {
    Array x = in.get(0);
    int dims = args.get("dims").asInt();
    boolean traditional = args.path("traditional").asBoolean();
    double scale = args.path("scale").asDouble(1);
    JsonNode offset = args.path("offset");
    if (args.has("freqs")) {
      return Fast.rope(x, dims, traditional, in.get(1), scale, MX.array(offset.asInt()));
    }
    double base = args.path("base").asDouble(10000);
    if (offset.isTextual()) {
      return Fast.rope(x, dims, traditional, base, scale, in.get(1));
    }
    if (offset.isObject()) {
      return Fast.rope(x, dims, traditional, base, scale, Values.array(offset));
    }
    return Fast.rope(x, dims, traditional, base, scale, offset.asInt());
  }

  private static Array attention(List<Array> in, JsonNode args) {
    double scale = args.get("scale").asDouble();
    if (args.has("sinks")) {
      return Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale, null, in.get(3));
    }
    String mask = args.path("mask").asText("");
    return switch (mask) {
      case "" -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale);
      case "in[3]" -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale, in.get(3));
      default -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale, mask);
    };
  }
}
