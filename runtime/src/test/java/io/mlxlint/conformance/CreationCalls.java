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
    return switch (op) {
      case "arange" -> arange(p, dtype);
      case "linspace" -> linspace(p, args, dtype);
      case "eye" -> MX.eye(p.get(0).asInt(), p.path(1).isInt() ? p.get(1).asInt() : p.get(0).asInt(),
          p.path(2).asInt());
      case "identity" -> MX.identity(p.get(0).asInt(), dtype == null ? DType.FLOAT32 : dtype);
      case "tri" -> MX.tri(p.get(0).asInt(), p.path(1).isInt() ? p.get(1).asInt() : p.get(0).asInt(),
          p.path(2).asInt(), dtype == null ? DType.FLOAT32 : dtype);
      case "full" -> full(args, dtype);
      case "zeros_like" -> MX.zerosLike(like(args));
      case "full_like" -> MX.fullLike(like(args), args.get("vals").asDouble());
      case "bartlett" -> MX.bartlett(args.get("M").asInt());
      case "hanning" -> MX.hanning(args.get("M").asInt());
      case "hamming" -> MX.hamming(args.get("M").asInt());
      case "blackman" -> MX.blackman(args.get("M").asInt());
      case "zeros" -> MX.zeros(Values.ints(args.get("shape")), dtype == null ? DType.FLOAT32 : dtype);
      case "ones" -> MX.ones(Values.ints(args.get("shape")), dtype == null ? DType.FLOAT32 : dtype);
      default -> throw new NotImplemented();
    };
  }

  private static Array linspace(JsonNode p, JsonNode args, DType dtype) {
    double start = p.get(0).asDouble();
    double stop = p.get(1).asDouble();
    int num = p.path(2).asInt(50);
    if (args.has("endpoint")) {
      boolean endpoint = args.get("endpoint").asBoolean();
      return dtype == null ? MX.linspace(start, stop, num, endpoint)
          : MX.linspace(start, stop, num, endpoint, dtype);
    }
    return dtype == null ? MX.linspace(start, stop, num) : MX.linspace(start, stop, num, dtype);
  }

  /** The file names the dtype only; its arrays had two elements. */
  private static Array like(JsonNode args) {
    return MX.ones(Values.dtype(args.get("like").asText()), 2);
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
    if (value.isBoolean()) {
      return MX.full(shape, value.asBoolean());
    }
    if (value.isArray()) {
      return MX.full(shape, MX.array(Values.ints(value)));
    }
    if (value.has("py")) {
      // Java has no complex number: an array of one
      float[] parts = {(float) value.get("re").asDouble(), (float) value.get("im").asDouble()};
      return MX.full(shape, MX.view(MX.array(parts), DType.COMPLEX64));
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
