package io.mlxlint.engine.mlx;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Arguments for any public function, most of which make sense, and what they look like in a message. */
final class AnyArguments {
  private static final int[] INTS = {0, 0, 1, 1, 1, 2, 2, 3, -1, -1, -2, -3, 4, 5, 7, 8, 100, -100,
      Integer.MAX_VALUE, Integer.MIN_VALUE};
  private static final long[] LONGS = {0, 1, 2, 3, -1, 5, 127, -128, 1L << 31, 1L << 40, Long.MAX_VALUE,
      Long.MIN_VALUE};
  private static final double[] DOUBLES = {0, 1, 1, 2, 0.5, -1, -0.0, 1e-3, 3, 1e30, -1e300, 1e18, Double.NaN,
      Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
  private static final List<String> STRINGS = List.of("ij,jk->ik", "", "%s", "ii", "edge", "constant", "xyz",
      "ij->ji", "causal");
  private static final int RARELY = 60;

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private boolean hasNull;

  AnyArguments(long seed) {
    this.random = new Random(seed);
  }

  /** What the arguments so far look like. */
  @Override
  public String toString() {
    return text.toString();
  }

  /** Was one of them {@code null}? */
  boolean hasNull() {
    return hasNull;
  }

  Object[] of(Method method) {
    Object[] all = new Object[method.getParameterCount()];
    for (int i = 0; i < all.length; i++) {
      all[i] = any(method.getParameterTypes()[i]);
    }
    return all;
  }

  Array array() {
    int[] shape = IntStream.range(0, random.nextInt(4))
        .map(_ -> random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4)).toArray();
    DType dtype = random.nextInt(3) == 0 ? MX.float32 : pick(DType.values());
    boolean isSigned = dtype.category() != DType.Category.UNSIGNED && random.nextBoolean();
    double[] values = new double[IntStream.of(shape).reduce(1, (x, y) -> x * y)];
    for (int i = 0; i < values.length; i++) {
      values[i] = isSigned ? random.nextInt(20) - 10 : random.nextInt(5);
    }
    Array array = MX.array(values).reshape(shape).astype(dtype);
    boolean turned = array.ndim() > 1 && random.nextInt(4) == 0;
    text.append(dtype).append(array.shape()).append(turned ? ".T" : "");
    text.append(isSigned ? " signed, " : ", ");
    return turned ? array.T() : array;
  }

  private Object any(Class<?> type) {
    if (!type.isPrimitive() && random.nextInt(RARELY) == 0) {
      hasNull = true;
      text.append("null, ");
      return null;
    }
    if (type == Array.class) {
      return array();
    }
    if (type.isArray() || type == List.class) {
      return several(type);
    }
    Object value = plain(type);
    text.append(value).append(", ");
    return value;
  }

  private Object several(Class<?> type) {
    text.append("[");
    Class<?> element = type == List.class ? Array.class : type.getComponentType();
    List<Object> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(any(element));
    }
    text.append("], ");
    if (type == List.class) {
      return all;
    }
    Object array = java.lang.reflect.Array.newInstance(element, all.size());
    IntStream.range(0, all.size()).forEach(i -> java.lang.reflect.Array.set(array, i, all.get(i)));
    return array;
  }

  private Object plain(Class<?> type) {
    return switch (type.getName()) {
      case "int", "java.lang.Integer" -> INTS[random.nextInt(INTS.length)];
      case "long" -> LONGS[random.nextInt(LONGS.length)];
      case "double", "java.lang.Double" -> DOUBLES[random.nextInt(DOUBLES.length)];
      case "float" -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
      case "short" -> (short) INTS[random.nextInt(INTS.length)];
      case "byte" -> (byte) INTS[random.nextInt(INTS.length)];
      case "boolean" -> random.nextBoolean();
      case "java.lang.String" -> STRINGS.get(random.nextInt(STRINGS.size()));
      case "java.lang.Object" -> random.nextBoolean() ? index() : plain(int.class);
      case "io.mlxlint.mx.Index" -> index();
      default -> type.isEnum() ? pick(type.getEnumConstants()) : type.isInterface() ? function(type)
          : missing();
    };
  }

  private Object missing() {
    hasNull = true;
    return null;
  }

  private Index index() {
    return switch (random.nextInt(6)) {
      case 0 -> Index.slice((int) plain(int.class), (int) plain(int.class));
      case 1 -> Index.all();
      case 2 -> Index.newAxis();
      case 3 -> Index.ellipsis();
      case 4 -> Index.from((int) plain(int.class));
      default -> Index.slice((Integer) plain(int.class), (Integer) plain(int.class), random.nextInt(5) - 2);
    };
  }

  private <T> T pick(T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** The sum of the first array that it is given, its arrays, or nothing. */
  private static Object function(Class<?> type) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, given) ->
        method.getName().equals("toString") ? "a function"
        : given == null ? null
        : method.getReturnType() == Array.class && given[0] instanceof Array a ? a.sum()
        : method.getReturnType() == Array[].class ? given[given.length - 1] : null);
  }
}
