package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.math.BigInteger;

/** The calls of random.json. */
final class RandomCalls {

  private RandomCalls() {}

  static Array call(String op, JsonNode args) {
    Array key = args.has("key") ? key(args.get("key")) : null;
    int[] shape = args.has("shape") ? Values.ints(args.get("shape")) : null;
    DType dtype = args.has("dtype") ? Values.dtype(args.get("dtype").asText()) : DType.FLOAT32;
    return switch (op) {
      case "key" -> seed(args.get("seed").asText());
      case "bits" -> Random.bits(shape, args.get("width").asInt(), key);
      case "split" -> Random.split(key, args.get("num").asInt());
      case "uniform" -> args.path("low").isObject()
          ? Random.uniform(Values.array(args.get("low")), Values.array(args.get("high")), shape, dtype, key)
          : Random.uniform(args.path("low").asDouble(0), args.path("high").asDouble(1), shape, dtype, key);
      case "normal" -> args.has("loc")
          ? Random.normal(shape, dtype, args.get("loc").asDouble(), args.get("scale").asDouble(), key)
          : Random.normal(shape, dtype, key);
      case "gumbel" -> Random.gumbel(shape, dtype, key);
      case "laplace" -> Random.laplace(shape, dtype, args.path("loc").asDouble(0),
          args.path("scale").asDouble(1), key);
      case "truncated_normal" ->
          Random.truncatedNormal(args.get("lower").asDouble(), args.get("upper").asDouble(), shape, dtype,
              key);
      case "randint" -> randint(args, shape, key);
      case "bernoulli" -> {
        if (args.path("p").isInt()) {
          throw new NotImplemented();
        }
        if (args.path("p").isObject()) {
          Array p = Values.array(args.get("p"));
          yield Random.bernoulli(p, shape == null ? p.shape().toArray() : shape, key);
        }
        yield Random.bernoulli(args.path("p").asDouble(0.5), shape == null ? new int[0] : shape, key);
      }
      case "categorical" -> categorical(args, key, shape);
      case "permutation" -> args.get("x").isInt() ? Random.permutation(args.get("x").asInt(), key)
          : Random.permutation(Values.array(args.get("x")), args.path("axis").asInt(0), key);
      case "key of wrong dtype" -> uniform(MX.array(new int[] {0, 1}), 2);
      case "key of wrong shape" -> uniform(MX.array(new int[] {0, 1, 2}, DType.UINT32), 2);
      case "negative shape" -> uniform(Random.key(3), -1);
      case "split of a batch of keys" -> Random.split(Random.split(Random.key(3)));
      case "key reuse gives same draw" ->
          MX.arrayEqual(uniform(Random.key(3), 4), uniform(Random.key(3), 4));
      case "prefix property: uniform(4)[:2] equals uniform(2)" ->
          MX.arrayEqual(MX.split(uniform(Random.key(3), 4), 2)[0], uniform(Random.key(3), 2));
      case "vmap(uniform) over keys" -> {
        Functions.Of1 draw = k -> uniform(k, shape);
        yield MX.vmap(draw).apply(Values.array(args.get("keys")));
      }
      default -> throw new NotImplemented();
    };
  }

  private static Array uniform(Array key, int... shape) {
    return Random.uniform(0, 1, shape, DType.FLOAT32, key);
  }

  private static Array seed(String seed) {
    if (!seed.matches("-?\\d+")) {
      throw new NotImplemented();
    }
    BigInteger big = new BigInteger(seed);
    if (big.signum() < 0 || big.bitLength() > 64) {
      throw new NotImplemented();
    }
    return Random.key(big.longValue());
  }

  private static Array randint(JsonNode args, int[] shape, Array key) {
    DType dtype = args.has("dtype") ? Values.dtype(args.get("dtype").asText()) : DType.INT32;
    if (!args.has("low")) {
      return Random.randint(0, 10, new int[] {2}, dtype, key);
    }
    if (args.get("low").isObject()) {
      return Random.randint(Values.array(args.get("low")), Values.array(args.get("high")), shape, dtype, key);
    }
    long low = args.get("low").asLong();
    long high = args.get("high").asLong();
    if ((int) low != low || (int) high != high) {
      throw new NotImplemented();
    }
    return Random.randint((int) low, (int) high, shape, dtype, key);
  }

  private static Array categorical(JsonNode args, Array key, int[] shape) {
    if (args.has("num_samples") && shape != null) {
      throw new NotImplemented();
    }
    if (!args.has("logits")) {
      return Random.categorical(MX.zeros(2, 3), args.get("axis").asInt(), key);
    }
    Array logits = Values.array(args.get("logits"));
    int axis = args.path("axis").asInt(-1);
    if (shape != null) {
      return Random.categorical(logits, axis, shape, key);
    }
    return args.has("num_samples") ? Random.categorical(logits, axis, args.get("num_samples").asInt(), key)
        : Random.categorical(logits, axis, key);
  }

  private static Array key(JsonNode key) {
    if (key.isObject()) {
      return Values.array(key);
    }
    return MX.array(new long[] {key.get(0).asLong(), key.get(1).asLong()}, DType.UINT32);
  }
}
