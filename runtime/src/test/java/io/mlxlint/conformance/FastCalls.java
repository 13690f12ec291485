package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import java.util.List;

/** The calls of fast.json. */
final class FastCalls {

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
      case "sdpa" -> attention(in, args);
      default -> throw new NotImplemented();
    };
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
    if (args.has("case") || args.has("sinks")) {
      throw new NotImplemented();
    }
    double scale = args.get("scale").asDouble();
    String mask = args.path("mask").asText("");
    return switch (mask) {
      case "" -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale);
      case "in[3]" -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale, in.get(3));
      default -> Fast.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), scale, mask);
    };
  }
}
