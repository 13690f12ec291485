package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.List;

/** The calls of create.json. */
final class CreationCalls {

  private CreationCalls() {}

  static Array call(String op, List<Array> in, JsonNode args) {
    JsonNode p = args.path("positional");
    DType dtype = GoldenCalls.dtype(args);
    if (args.has("endpoint") || args.has("M") || args.has("like") && in.isEmpty()) {
      throw new NotImplemented();
    }
    return switch (op) {
      case "arange" -> arange(p, dtype);
      case "linspace" -> dtype == null
          ? MX.linspace(p.get(0).asDouble(), p.get(1).asDouble(), p.path(2).asInt(50))
          : MX.linspace(p.get(0).asDouble(), p.get(1).asDouble(), p.path(2).asInt(50), dtype);
      case "eye" -> MX.eye(p.get(0).asInt(), p.path(1).isInt() ? p.get(1).asInt() : p.get(0).asInt(),
          p.path(2).asInt());
      case "identity" -> MX.identity(p.get(0).asInt(), dtype == null ? DType.FLOAT32 : dtype);
      case "tri" -> MX.tri(p.get(0).asInt(), p.path(1).isInt() ? p.get(1).asInt() : p.get(0).asInt(),
          p.path(2).asInt(), dtype == null ? DType.FLOAT32 : dtype);
      case "full" -> full(args, dtype);
      case "zeros" -> MX.zeros(Values.ints(args.get("shape")), dtype == null ? DType.FLOAT32 : dtype);
      case "ones" -> MX.ones(Values.ints(args.get("shape")), dtype == null ? DType.FLOAT32 : dtype);
      default -> throw new NotImplemented();
    };
  }

  private static Array arange(JsonNode p, DType dtype) {
    boolean whole = true;
    double[] v = {0, 0, 1};
    for (int i = 0; i < p.size(); i++) {
      whole &= p.get(i).isInt();
      v[p.size() == 1 ? 1 : i] = p.get(i).asDouble();
    }
    if (dtype != null) {
      return MX.arange(v[0], v[1], v[2], dtype);
    }
    return whole ? MX.arange((int) v[0], (int) v[1], (int) v[2]) : MX.arange(v[0], v[1], v[2]);
  }

  private static Array full(JsonNode args, DType dtype) {
    int[] shape = Values.ints(args.get("shape"));
    JsonNode value = args.path("vals");
    if (value.isMissingNode()) {
      return MX.full(shape, 0.0);
    }
    if (value.isBoolean() || value.isArray() || value.has("py")) {
      throw new NotImplemented();
    }
    if (value.isObject()) {
      return MX.full(shape, Values.array(value));
    }
    if (dtype != null) {
      return MX.full(shape, value.asDouble(), dtype);
    }
    return value.isInt() ? MX.full(shape, value.asInt()) : MX.full(shape, value.asDouble());
  }
}
