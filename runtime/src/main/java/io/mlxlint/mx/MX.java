package io.mlxlint.mx;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Debug;
import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Performs;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Unary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The functions of {@code mlx.core}, each under the camelCase of its name: {@code mx.take_along_axis} is
 * {@code MX.takeAlongAxis}. Optional parameters are overloads.
 *
 * <p>Operations only extend the graph; {@link #eval} computes. They throw {@link IllegalArgumentException} at
 * once for shapes and dtypes that do not fit, naming both. Java numbers beside arrays are weak, see {@link
 * Array}.
 */
public final class MX {
  public static final DType bool = DType.BOOL;
  public static final DType uint8 = DType.UINT8;
  public static final DType uint16 = DType.UINT16;
  public static final DType uint32 = DType.UINT32;
  public static final DType uint64 = DType.UINT64;
  public static final DType int8 = DType.INT8;
  public static final DType int16 = DType.INT16;
  public static final DType int32 = DType.INT32;
  public static final DType int64 = DType.INT64;
  public static final DType float16 = DType.FLOAT16;
  public static final DType bfloat16 = DType.BFLOAT16;
  public static final DType float32 = DType.FLOAT32;
  public static final DType float64 = DType.FLOAT64;
  public static final DType complex64 = DType.COMPLEX64;

  public static final Device cpu = new Device(DeviceType.CPU);
  public static final Device gpu = new Device(DeviceType.GPU);

  private MX() {}

  // Evaluation.

  /** Computes all arrays in {@code trees} (see {@link Tree}) and waits. MLX: {@code eval}. */
  @Performs(effect = Effect.FORCES)
  public static void eval(Object... trees) {
    Evaluation.eval(trees);
  }

  /** Starts computing the arrays of {@code tree} and returns it at once. MLX: {@code async_eval}. */
  @Performs(effect = Effect.SUBMITS)
  public static <T> T asyncEval(T tree) {
    Evaluation.submit(tree);
    return tree;
  }

  /** Starts computing the arrays of several trees together and returns at once. MLX: {@code async_eval}. */
  @Performs(effect = Effect.SUBMITS)
  public static void asyncEval(Object first, Object second, Object... more) {
    Evaluation.submit(first, second, more);
  }

  // Scopes.

  /** Opens a scope: arrays made until it closes, on this thread, are released then unless it keeps them. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Scope scope() {
    return new Scope();
  }

  /** Runs {@code body} in a scope and keeps only what it returns. Build inside, evaluate after. */
  @Performs(effect = Effect.TRANSFORMS)
  public static <T> T tidy(Supplier<T> body) {
    Scope scope = new Scope();
    try {
      return scope.keep(body.get());
    } finally {
      scope.end("at the end of MX.tidy");
    }
  }

  /** Runs {@code body} in a scope and keeps nothing. */
  @Performs(effect = Effect.TRANSFORMS)
  public static void tidy(Runnable body) {
    tidy(() -> {
      body.run();
      return null;
    });
  }

  /**
   * Takes the arrays of {@code tree} out of all scopes: state that outlives the function that makes it, such
   * as a cache. They belong to the garbage collector then, or to {@link Array#close}.
   *
   * @return {@code tree}
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static <T> T keep(T tree) {
    Tree.of(tree).arrays().forEach(a -> a.moveTo((Scope) null));
    return tree;
  }

  /** Gives up all arrays of the trees at once, see {@link Array#close}. */
  @Performs(effect = Effect.RELEASES)
  public static void close(Object... trees) {
    Tree.of(trees).arrays().forEach(Array::close);
  }

  /**
   * Whether arrays remember the lines that made and released them: an error that only shows at evaluation, or
   * a use after release, then names them. Costs time. Also on with {@code -Dmlxlint.debug=true}.
   */
  public static void debug(boolean on) {
    Debug.set(on);
  }

  // Devices and streams.

  /** MLX: {@code default_device}. */
  public static Device defaultDevice() {
    return Device.current(Engines.current());
  }

  /** For all threads; an unavailable device is refused. MLX: {@code set_default_device}. */
  public static void setDefaultDevice(Device device) {
    Device.setDefault(device);
  }

  /** The stream of this thread on {@code device} when nothing else is said. MLX: {@code default_stream}. */
  public static Stream defaultStream(Device device) {
    return new Stream(device, Engines.current().streams().defaultStream(device.type()));
  }

  /** MLX: {@code new_stream}. */
  public static Stream newStream(Device device) {
    return new Stream(device, Engines.current().streams().newStream(device.type()));
  }

  /** For this thread from now on, better {@link #stream}. MLX: {@code set_default_stream}. */
  public static void setDefaultStream(Stream stream) {
    Local.current().stream = stream;
  }

  /** Uses a stream on this thread until the result is closed: {@code try (var use = MX.stream(s))}. */
  public static Stream.Use stream(Stream stream) {
    return new Stream.Use(Objects.requireNonNull(stream));
  }

  /** Uses the default stream of a device on this thread until the result is closed. */
  public static Stream.Use stream(Device device) {
    return stream(defaultStream(device));
  }

  /** Waits for everything submitted to the default stream. MLX: {@code synchronize}. */
  @Performs(effect = Effect.FORCES)
  public static void synchronize() {
    Engine engine = Engines.current();
    engine.streams().synchronize(Local.current().stream(engine));
  }

  /** Waits for everything submitted to {@code stream}. MLX: {@code synchronize}. */
  @Performs(effect = Effect.FORCES)
  public static void synchronize(Stream stream) {
    Engines.current().streams().synchronize(stream.index());
  }

  // Memory and counters.

  /** Bytes held by arrays. MLX: {@code get_active_memory}. */
  public static long getActiveMemory() {
    return Engines.current().memory().active();
  }

  /** The most bytes held since {@link #resetPeakMemory}. MLX: {@code get_peak_memory}. */
  public static long getPeakMemory() {
    return Engines.current().memory().peak();
  }

  /** Bytes that are free but kept for reuse. MLX: {@code get_cache_memory}. */
  public static long getCacheMemory() {
    return Engines.current().memory().cache();
  }

  /** MLX: {@code reset_peak_memory}. */
  public static void resetPeakMemory() {
    Engines.current().memory().resetPeak();
  }

  /** MLX: {@code clear_cache}. */
  public static void clearCache() {
    Engines.current().memory().clearCache();
  }

  /** In bytes; returns the previous limit. MLX: {@code set_cache_limit}. */
  public static long setCacheLimit(long bytes) {
    return Engines.current().memory().setCacheLimit(bytes);
  }

  /** In bytes; returns the previous limit. MLX: {@code set_memory_limit}. */
  public static long setMemoryLimit(long bytes) {
    return Engines.current().memory().setMemoryLimit(bytes);
  }

  /** What the engine has done so far; subtract two readings. */
  public static Counters counters() {
    return Engines.current().counters();
  }

  // Files.

  /**
   * The tensors of a safetensors file by name, each read when first needed. MLX: {@code load}.
   *
   * @throws java.io.UncheckedIOException if the file is missing or is no safetensors file
   */
  @Performs("load")
  public static Map<String, Array> load(Path file) {
    Engine engine = Engines.current();
    Map<String, Array> out = new LinkedHashMap<>();
    Map<String, Node> nodes = engine.loadSafetensors(file, Local.current().stream(engine));
    nodes.forEach((name, node) -> out.put(name, new Array(engine, node)));
    return out;
  }

  /** As {@link #load(Path)}. */
  @Performs("load")
  public static Map<String, Array> load(String file) {
    return load(Path.of(file));
  }

  /** Computes the arrays of {@code tree} and writes them under their names. MLX: {@code save_safetensors}. */
  @Performs(effect = Effect.FORCES)
  public static void saveSafetensors(Path file, Object tree) {
    saveSafetensors(file, tree, Map.of());
  }

  /** As {@link #saveSafetensors(Path, Object)} with metadata. */
  @Performs(effect = Effect.FORCES)
  public static void saveSafetensors(Path file, Object tree, Map<String, String> metadata) {
    Evaluation.save(file, Tree.of(tree).leaves(), metadata);
  }

  // Transformations. What a function makes and does not return is released when it ends.

  /** The gradient of a function of one array with a scalar result, by its argument. MLX: {@code grad}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of1 grad(Functions.Of1 function) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function));
    return (a) -> both.apply(a).grad();
  }

  /** The gradient of a function of two arrays with a scalar result, by the first. MLX: {@code grad}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of2 grad(Functions.Of2 function) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function));
    return (a, b) -> both.apply(a, b).grad();
  }

  /** As {@link #grad(Functions.Of2)} by argument {@code argnum}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of2 grad(Functions.Of2 function, int argnum) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function), argnum);
    return (a, b) -> both.apply(a, b).grad();
  }

  /** The gradient of a function of three arrays with a scalar result, by the first. MLX: {@code grad}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of3 grad(Functions.Of3 function) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function));
    return (a, b, c) -> both.apply(a, b, c).grad();
  }

  /** As {@link #grad(Functions.Of3)} by argument {@code argnum}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of3 grad(Functions.Of3 function, int argnum) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function), argnum);
    return (a, b, c) -> both.apply(a, b, c).grad();
  }

  /** The gradient of a function of four arrays with a scalar result, by the first. MLX: {@code grad}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of4 grad(Functions.Of4 function) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function));
    return (a, b, c, d) -> both.apply(a, b, c, d).grad();
  }

  /** As {@link #grad(Functions.Of4)} by argument {@code argnum}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of4 grad(Functions.Of4 function, int argnum) {
    ValueAndGrad both = new ValueAndGrad(Functions.arrays(function), argnum);
    return (a, b, c, d) -> both.apply(a, b, c, d).grad();
  }

  /**
   * Value and gradients by {@code argnums} (the first if none) of a function of one array. MLX: {@code
   * value_and_grad}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Functions.Of1 function, int... argnums) {
    return new ValueAndGrad(Functions.arrays(function), argnums);
  }

  /**
   * Value and gradients by {@code argnums} (the first if none) of a function of two arrays. MLX: {@code
   * value_and_grad}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Functions.Of2 function, int... argnums) {
    return new ValueAndGrad(Functions.arrays(function), argnums);
  }

  /**
   * Value and gradients by {@code argnums} (the first if none) of a function of three arrays. MLX: {@code
   * value_and_grad}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Functions.Of3 function, int... argnums) {
    return new ValueAndGrad(Functions.arrays(function), argnums);
  }

  /**
   * Value and gradients by {@code argnums} (the first if none) of a function of four arrays. MLX: {@code
   * value_and_grad}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Functions.Of4 function, int... argnums) {
    return new ValueAndGrad(Functions.arrays(function), argnums);
  }

  /**
   * As {@link #valueAndGrad(Functions.Of1, int...)} for any number of arrays; the first result is the
   * scalar.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGradArrays(Functions.OfArrays function, int... argnums) {
    return new ValueAndGrad(function, argnums);
  }

  /**
   * Value and gradients by the arrays of a tree, which {@code function} uses by their handles; its own
   * arguments are not differentiated for. The first result is the scalar.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGradTree(Object parameters, Functions.OfArrays function) {
    return new ValueAndGrad(parameters, function);
  }

  /** {@code [0]}: the results; {@code [1]}: for each primal the vector-Jacobian product. MLX: {@code vjp}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Array[][] vjp(Functions.OfArrays function, Array[] primals, Array[] cotangents) {
    return FunctionTransforms.vjp(function, primals, cotangents);
  }

  /** {@code [0]}: the results; {@code [1]}: for each result the Jacobian-vector product. MLX: {@code jvp}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Array[][] jvp(Functions.OfArrays function, Array[] primals, Array[] tangents) {
    return FunctionTransforms.jvp(function, primals, tangents);
  }

  /** Maps a function of one array over the first dimension of each. MLX: {@code vmap}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of1 vmap(Functions.Of1 function) {
    return vmap(function, new int[] {0}, 0);
  }

  /**
   * As {@link #vmap(Functions.Of1)} over other dimensions (-1: not mapped), with the new one at {@code
   * outAxis}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of1 vmap(Functions.Of1 function, int[] inAxes, int outAxis) {
    Functions.OfArrays mapped = vmapArrays(Functions.arrays(function), inAxes, new int[] {outAxis});
    return (a) -> mapped.apply(new Array[] {a})[0];
  }

  /** Maps a function of two arrays over the first dimension of each. MLX: {@code vmap}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of2 vmap(Functions.Of2 function) {
    return vmap(function, new int[] {0, 0}, 0);
  }

  /**
   * As {@link #vmap(Functions.Of2)} over other dimensions (-1: not mapped), with the new one at {@code
   * outAxis}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of2 vmap(Functions.Of2 function, int[] inAxes, int outAxis) {
    Functions.OfArrays mapped = vmapArrays(Functions.arrays(function), inAxes, new int[] {outAxis});
    return (a, b) -> mapped.apply(new Array[] {a, b})[0];
  }

  /** Maps a function of three arrays over the first dimension of each. MLX: {@code vmap}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of3 vmap(Functions.Of3 function) {
    return vmap(function, new int[] {0, 0, 0}, 0);
  }

  /**
   * As {@link #vmap(Functions.Of3)} over other dimensions (-1: not mapped), with the new one at {@code
   * outAxis}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of3 vmap(Functions.Of3 function, int[] inAxes, int outAxis) {
    Functions.OfArrays mapped = vmapArrays(Functions.arrays(function), inAxes, new int[] {outAxis});
    return (a, b, c) -> mapped.apply(new Array[] {a, b, c})[0];
  }

  /** Maps a function over one dimension of each array (-1: not mapped). MLX: {@code vmap}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.OfArrays vmapArrays(Functions.OfArrays function, int[] inAxes, int[] outAxes) {
    return FunctionTransforms.vmap(function, inAxes.clone(), outAxes.clone());
  }

  /**
   * The same function; its intermediates are computed again for the gradient. Gradients go to its arguments,
   * and to the parameters of a function that is a module; an array that a function captures gets none on
   * engine {@code mlx}, as on MLX, see {@link #checkpointTree}. MLX: {@code checkpoint}, {@code
   * nn.utils.checkpoint}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of1 checkpoint(Functions.Of1 function) {
    Functions.OfArrays again = function instanceof Tree.Container module
        ? checkpointTree(module, Functions.arrays(function))
        : checkpointArrays(Functions.arrays(function));
    return (a) -> again.apply(new Array[] {a})[0];
  }

  /** As {@link #checkpoint(Functions.Of1)}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of2 checkpoint(Functions.Of2 function) {
    Functions.OfArrays again = checkpointArrays(Functions.arrays(function));
    return (a, b) -> again.apply(new Array[] {a, b})[0];
  }

  /** As {@link #checkpoint(Functions.Of1)}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of3 checkpoint(Functions.Of3 function) {
    Functions.OfArrays again = checkpointArrays(Functions.arrays(function));
    return (a, b, c) -> again.apply(new Array[] {a, b, c})[0];
  }

  /** As {@link #checkpoint(Functions.Of1)}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.Of4 checkpoint(Functions.Of4 function) {
    Functions.OfArrays again = checkpointArrays(Functions.arrays(function));
    return (a, b, c, d) -> again.apply(new Array[] {a, b, c, d})[0];
  }

  /** As {@link #checkpoint(Functions.Of1)} for any number of arrays. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.OfArrays checkpointArrays(Functions.OfArrays function) {
    return FunctionTransforms.checkpoint(function);
  }

  /** As {@link #checkpointArrays}, with gradients also for the arrays of a tree, which the function uses. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Functions.OfArrays checkpointTree(Object parameters, Functions.OfArrays function) {
    return FunctionTransforms.checkpoint(parameters, function);
  }

  /** Compiles a function of one array, see {@link Compiled}. MLX: {@code compile}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Compiled compile(Functions.Of1 function) {
    return new Compiled(Functions.arrays(function));
  }

  /** Compiles a function of two arrays, see {@link Compiled}. MLX: {@code compile}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Compiled compile(Functions.Of2 function) {
    return new Compiled(Functions.arrays(function));
  }

  /** Compiles a function of three arrays, see {@link Compiled}. MLX: {@code compile}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Compiled compile(Functions.Of3 function) {
    return new Compiled(Functions.arrays(function));
  }

  /** Compiles a function of four arrays, see {@link Compiled}. MLX: {@code compile}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Compiled compile(Functions.Of4 function) {
    return new Compiled(Functions.arrays(function));
  }

  /** Compiles a function of any number of arrays and results, see {@link Compiled}. MLX: {@code compile}. */
  @Performs(effect = Effect.TRANSFORMS)
  public static Compiled compileArrays(Functions.OfArrays function) {
    return new Compiled(function);
  }

  /**
   * Compiles a function that also depends on constants: a number, boolean, string or enum, or a record, list
   * or map of these. Each new value or type is a new trace. MLX: {@code compile}.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static <C> Compiled.With<C> compileWith(Functions.WithConstants<C> function) {
    return new Compiled.With<>(function);
  }

  // Dtypes.

  /** The dtype that operations on these arrays compute in. MLX: {@code result_type}. */
  public static DType resultType(Array... arrays) {
    return Arrays.stream(arrays).map(Array::dtype).reduce(DType.BOOL, DType::promote);
  }

  /** Whether every value of one dtype has its kind in the other. MLX: {@code can_cast}. */
  public static boolean canCast(DType from, DType to) {
    return DType.promote(from, to) == to;
  }

  /** Whether the dtype belongs to the category. MLX: {@code issubdtype}. */
  public static boolean issubdtype(DType dtype, Category category) {
    return category.contains(dtype);
  }

  /** The limits of a floating dtype, or of a part of complex64. MLX: {@code finfo}. */
  public static FInfo finfo(DType dtype) {
    return FInfo.of(dtype);
  }

  /** The limits of an integer dtype. MLX: {@code iinfo}. */
  public static IInfo iinfo(DType dtype) {
    return IInfo.of(dtype);
  }

  // Creation.

  /** A scalar, bool. MLX: {@code array}. */
  @Performs("array")
  public static Array array(boolean value) {
    return HostValues.scalar(value ? 1L : 0L, bool);
  }

  /** A scalar, int32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(int value) {
    return HostValues.scalar(value, int32);
  }

  /** A scalar, int64. MLX: {@code array}. */
  @Performs("array")
  public static Array array(long value) {
    return HostValues.scalar(value, int64);
  }

  /** A scalar, float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(float value) {
    return HostValues.scalar(value, float32);
  }

  /** A scalar, float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(double value) {
    return HostValues.scalar(value, float32);
  }

  /** A scalar in another dtype, cast without a check. MLX: {@code array}. */
  @Performs("array")
  public static Array array(long value, DType dtype) {
    return HostValues.scalar(value, dtype);
  }

  /** A scalar in another dtype, cast without a check. MLX: {@code array}. */
  @Performs("array")
  public static Array array(double value, DType dtype) {
    return HostValues.scalar(value, dtype);
  }

  /** A vector; bool. MLX: {@code array}. */
  @Performs("array")
  public static Array array(boolean[] values) {
    return HostValues.array(values, bool);
  }

  /** As {@link #array(boolean[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(boolean[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A matrix, all rows of one length; bool. MLX: {@code array}. */
  @Performs("array")
  public static Array array(boolean[][] values) {
    return HostValues.array(values, bool);
  }

  /** As {@link #array(boolean[][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(boolean[][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A vector; int8. MLX: {@code array}. */
  @Performs("array")
  public static Array array(byte[] values) {
    return HostValues.array(values, int8);
  }

  /** As {@link #array(byte[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(byte[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A vector; int16. MLX: {@code array}. */
  @Performs("array")
  public static Array array(short[] values) {
    return HostValues.array(values, int16);
  }

  /** As {@link #array(short[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(short[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A vector; int32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(int[] values) {
    return HostValues.array(values, int32);
  }

  /** As {@link #array(int[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(int[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A matrix, all rows of one length; int32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(int[][] values) {
    return HostValues.array(values, int32);
  }

  /** As {@link #array(int[][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(int[][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** Three dimensions, all parts of one shape; int32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(int[][][] values) {
    return HostValues.array(values, int32);
  }

  /** As {@link #array(int[][][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(int[][][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A vector; int64. MLX: {@code array}. */
  @Performs("array")
  public static Array array(long[] values) {
    return HostValues.array(values, int64);
  }

  /** As {@link #array(long[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(long[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A matrix, all rows of one length; int64. MLX: {@code array}. */
  @Performs("array")
  public static Array array(long[][] values) {
    return HostValues.array(values, int64);
  }

  /** As {@link #array(long[][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(long[][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** Three dimensions, all parts of one shape; int64. MLX: {@code array}. */
  @Performs("array")
  public static Array array(long[][][] values) {
    return HostValues.array(values, int64);
  }

  /** As {@link #array(long[][][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(long[][][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /**
   * A vector of Java's numbers: int32 where all are Integer, int64 where some are Long, float32 where one is
   * no integer; {@code Byte} and {@code Short} count as Integer. MLX: {@code array} of a list.
   */
  @Performs("array")
  public static Array array(List<? extends Number> values) {
    return HostValues.array(values);
  }

  /**
   * Another handle on the value of {@code a}: it keeps that value when {@code a} stands for another later, as
   * a parameter does after an update. MLX: {@code array} of an array.
   */
  @Performs("positive")
  public static Array array(Array a) {
    return a.handle();
  }

  /** A vector; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(float[] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(float[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(float[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A matrix, all rows of one length; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(float[][] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(float[][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(float[][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** Three dimensions, all parts of one shape; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(float[][][] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(float[][][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(float[][][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A vector; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(double[] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(double[])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(double[] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** A matrix, all rows of one length; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(double[][] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(double[][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(double[][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** Three dimensions, all parts of one shape; float32. MLX: {@code array}. */
  @Performs("array")
  public static Array array(double[][][] values) {
    return HostValues.array(values, float32);
  }

  /** As {@link #array(double[][][])} in another dtype, cast without a check. */
  @Performs("array")
  public static Array array(double[][][] values, DType dtype) {
    return HostValues.array(values, dtype);
  }

  /** All zeros, float32. MLX: {@code zeros}. */
  @Performs("zeros")
  public static Array zeros(int... shape) {
    return zeros(float32, shape);
  }

  /** All zeros. MLX: {@code zeros}. */
  @Performs("zeros")
  public static Array zeros(DType dtype, int... shape) {
    return broadcastTo(HostValues.scalar(0L, dtype), shape);
  }

  /** As {@link #zeros(DType, int...)} in MLX's order. */
  @Performs("zeros")
  public static Array zeros(int[] shape, DType dtype) {
    return zeros(dtype, shape);
  }

  /** All zeros in the shape and dtype of {@code a}. MLX: {@code zeros_like}. */
  @Performs("zeros_like")
  public static Array zerosLike(Array a) {
    return zeros(a.dtype(), a.shape().toArray());
  }

  /** As {@link #zerosLike(Array)} in another dtype. */
  @Performs("zeros_like")
  public static Array zerosLike(Array a, DType dtype) {
    return zeros(dtype, a.shape().toArray());
  }

  /** All ones, float32. MLX: {@code ones}. */
  @Performs("ones")
  public static Array ones(int... shape) {
    return ones(float32, shape);
  }

  /** All ones. MLX: {@code ones}. */
  @Performs("ones")
  public static Array ones(DType dtype, int... shape) {
    return broadcastTo(HostValues.scalar(1L, dtype), shape);
  }

  /** As {@link #ones(DType, int...)} in MLX's order. */
  @Performs("ones")
  public static Array ones(int[] shape, DType dtype) {
    return ones(dtype, shape);
  }

  /** All ones in the shape and dtype of {@code a}. MLX: {@code ones_like}. */
  @Performs("ones_like")
  public static Array onesLike(Array a) {
    return ones(a.dtype(), a.shape().toArray());
  }

  /** As {@link #onesLike(Array)} in another dtype. */
  @Performs("ones_like")
  public static Array onesLike(Array a, DType dtype) {
    return ones(dtype, a.shape().toArray());
  }

  /** One value everywhere, float32. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, double value) {
    return broadcastTo(array(value), shape);
  }

  /** One value everywhere, int32. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, int value) {
    return broadcastTo(array(value), shape);
  }

  /** One value everywhere, bool. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, boolean value) {
    return broadcastTo(array(value), shape);
  }

  /** One value everywhere. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, double value, DType dtype) {
    return broadcastTo(HostValues.scalar(value, dtype), shape);
  }

  /** One value everywhere; one out of range of a small integer dtype is refused. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, long value, DType dtype) {
    Weak.requireFits(dtype, value);
    return broadcastTo(HostValues.scalar(value, dtype), shape);
  }

  /** {@code values} broadcast to a shape, in their dtype. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, Array values) {
    return broadcastTo(values, shape);
  }

  /** {@code values} cast to a dtype and broadcast to a shape. MLX: {@code full}. */
  @Performs("full")
  public static Array full(int[] shape, Array values, DType dtype) {
    return broadcastTo(astype(values, dtype), shape);
  }

  /** One value everywhere, in the shape and dtype of {@code a}. MLX: {@code full_like}. */
  @Performs("full_like")
  public static Array fullLike(Array a, double value) {
    return broadcastTo(Weak.into(a, value), a.shape().toArray());
  }

  /** As {@link #fullLike(Array, double)} in another dtype. */
  @Performs("full_like")
  public static Array fullLike(Array a, double value, DType dtype) {
    return full(a.shape().toArray(), value, dtype);
  }

  /** {@code values} cast and broadcast to the shape and dtype of {@code a}. MLX: {@code full_like}. */
  @Performs("full_like")
  public static Array fullLike(Array a, Array values) {
    return broadcastTo(astype(values, a.dtype()), a.shape().toArray());
  }

  /** {@code 0, 1, ...} below {@code stop}; int32. MLX: {@code arange}. */
  @Performs("arange")
  public static Array arange(int stop) {
    return arange(0, stop, 1, int32);
  }

  /** {@code start, start + 1, ...} below {@code stop}; int32. MLX: {@code arange}. */
  @Performs("arange")
  public static Array arange(int start, int stop) {
    return arange(start, stop, 1, int32);
  }

  /**
   * {@code start, start + step, ...} before {@code stop}; int32; a step of 0 is refused. MLX: {@code arange}.
   */
  @Performs("arange")
  public static Array arange(int start, int stop, int step) {
    return arange(start, stop, step, int32);
  }

  /** {@code 0, 1, ...} below {@code stop}; float32. MLX: {@code arange}. */
  @Performs("arange")
  public static Array arange(double stop) {
    return arange(0, stop, 1, float32);
  }

  /** {@code start, start + 1, ...} below {@code stop}; float32. MLX: {@code arange}. */
  @Performs("arange")
  public static Array arange(double start, double stop) {
    return arange(start, stop, 1, float32);
  }

  /**
   * {@code start, start + step, ...} before {@code stop}; float32; a step of 0 is refused. MLX: {@code
   * arange}.
   */
  @Performs("arange")
  public static Array arange(double start, double stop, double step) {
    return arange(start, stop, step, float32);
  }

  /** {@code start, start + step, ...} before {@code stop} in a dtype. MLX: {@code arange}. */
  @Performs("arange")
  public static Array arange(double start, double stop, double step, DType dtype) {
    return Array.apply(new Creation.Arange(start, stop, step, dtype));
  }

  /** {@code num} values from {@code start} to {@code stop}, both included; float32. MLX: {@code linspace}. */
  @Performs("linspace")
  public static Array linspace(double start, double stop, int num) {
    return linspace(start, stop, num, float32);
  }

  /** As {@link #linspace(double, double, int)} in another dtype. */
  @Performs("linspace")
  public static Array linspace(double start, double stop, int num, DType dtype) {
    return linspace(start, stop, num, true, dtype);
  }

  /**
   * {@code num} values from {@code start} to {@code stop}, which is the last value with {@code endpoint} and
   * otherwise would be the next; float32. MLX: {@code linspace}.
   */
  @Performs("linspace")
  public static Array linspace(double start, double stop, int num, boolean endpoint) {
    return linspace(start, stop, num, endpoint, float32);
  }

  /** As {@link #linspace(double, double, int, boolean)} in another dtype. */
  @Performs("linspace")
  public static Array linspace(double start, double stop, int num, boolean endpoint, DType dtype) {
    return Array.apply(new Creation.Linspace(start, stop, num, endpoint, dtype));
  }

  /** Ones on the diagonal; float32. MLX: {@code eye}. */
  @Performs("eye")
  public static Array eye(int n) {
    return eye(n, n, 0, float32);
  }

  /** Ones on diagonal {@code k} of an {@code n} by {@code m} matrix; float32. MLX: {@code eye}. */
  @Performs("eye")
  public static Array eye(int n, int m, int k) {
    return eye(n, m, k, float32);
  }

  /** As {@link #eye(int, int, int)} in another dtype. */
  @Performs("eye")
  public static Array eye(int n, int m, int k, DType dtype) {
    return Array.apply(new Creation.Eye(n, m, k, dtype));
  }

  /** The identity matrix; float32. MLX: {@code identity}. */
  @Performs("identity")
  public static Array identity(int n) {
    return identity(n, float32);
  }

  /** As {@link #identity(int)} in another dtype. */
  @Performs("identity")
  public static Array identity(int n, DType dtype) {
    return eye(n, n, 0, dtype);
  }

  /** Ones at and below the diagonal of an {@code n} by {@code n} matrix; float32. MLX: {@code tri}. */
  @Performs("tri")
  public static Array tri(int n) {
    return tri(n, n, 0, float32);
  }

  /** Ones at and below diagonal {@code k} of an {@code n} by {@code m} matrix. MLX: {@code tri}. */
  @Performs("tri")
  public static Array tri(int n, int m, int k, DType dtype) {
    return Array.apply(new Creation.Tri(n, m, k, dtype));
  }

  /** The triangular window of {@code m} points, zero at both ends; float32. MLX: {@code bartlett}. */
  @Performs("bartlett")
  public static Array bartlett(int m) {
    return Array.apply(new Creation.Window(Creation.BARTLETT, m));
  }

  /** The Hann window of {@code m} points; float32. MLX: {@code hanning}. */
  @Performs("hanning")
  public static Array hanning(int m) {
    return Array.apply(new Creation.Window(Creation.HANNING, m));
  }

  /** The Hamming window of {@code m} points; float32. MLX: {@code hamming}. */
  @Performs("hamming")
  public static Array hamming(int m) {
    return Array.apply(new Creation.Window(Creation.HAMMING, m));
  }

  /** The Blackman window of {@code m} points; float32. MLX: {@code blackman}. */
  @Performs("blackman")
  public static Array blackman(int m) {
    return Array.apply(new Creation.Window(Creation.BLACKMAN, m));
  }

  // Operations.

  /** Absolute value; complex64 gives float32. MLX: {@code abs}. */
  @Performs("abs")
  public static Array abs(Array a) {
    return Array.apply(Unary.ABS, a);
  }

  /** Changes the sign; bool is refused. MLX: {@code negative}. */
  @Performs("negative")
  public static Array negative(Array a) {
    return Array.apply(Unary.NEGATIVE, a);
  }

  /** -1, 0 or 1 by sign, in the same dtype. MLX: {@code sign}. */
  @Performs("sign")
  public static Array sign(Array a) {
    return Array.apply(Unary.SIGN, a);
  }

  /** The square, in the same dtype. MLX: {@code square}. */
  @Performs("square")
  public static Array square(Array a) {
    return Array.apply(Unary.SQUARE, a);
  }

  /** Rounds down, in the same dtype; complex64 is refused. MLX: {@code floor}. */
  @Performs("floor")
  public static Array floor(Array a) {
    return Array.apply(Unary.FLOOR, a);
  }

  /** Rounds up, in the same dtype; complex64 is refused. MLX: {@code ceil}. */
  @Performs("ceil")
  public static Array ceil(Array a) {
    return Array.apply(Unary.CEIL, a);
  }

  /** Rounds toward zero, in the same dtype; complex64 is refused. MLX: {@code trunc}. */
  @Performs("trunc")
  public static Array trunc(Array a) {
    return Array.apply(Unary.TRUNC, a);
  }

  /** Rounds to the nearest integer, halves to even, in the same dtype. MLX: {@code round}. */
  @Performs("round")
  public static Array round(Array a) {
    return Array.apply(Unary.ROUND, a);
  }

  /** {@code 1 / a}; integers give float32. MLX: {@code reciprocal}. */
  @Performs("reciprocal")
  public static Array reciprocal(Array a) {
    return Array.apply(Unary.RECIPROCAL, a);
  }

  /** Square root; integers give float32. MLX: {@code sqrt}. */
  @Performs("sqrt")
  public static Array sqrt(Array a) {
    return Array.apply(Unary.SQRT, a);
  }

  /** {@code 1 / sqrt(a)}; integers give float32. MLX: {@code rsqrt}. */
  @Performs("rsqrt")
  public static Array rsqrt(Array a) {
    return Array.apply(Unary.RSQRT, a);
  }

  /** Exponential; integers give float32. MLX: {@code exp}. */
  @Performs("exp")
  public static Array exp(Array a) {
    return Array.apply(Unary.EXP, a);
  }

  /** {@code exp(a) - 1}, precise near zero; complex64 is refused. MLX: {@code expm1}. */
  @Performs("expm1")
  public static Array expm1(Array a) {
    return Array.apply(Unary.EXPM1, a);
  }

  /** Natural logarithm; integers give float32. MLX: {@code log}. */
  @Performs("log")
  public static Array log(Array a) {
    return Array.apply(Unary.LOG, a);
  }

  /** Logarithm to base 2; integers give float32. MLX: {@code log2}. */
  @Performs("log2")
  public static Array log2(Array a) {
    return Array.apply(Unary.LOG2, a);
  }

  /** Logarithm to base 10; integers give float32. MLX: {@code log10}. */
  @Performs("log10")
  public static Array log10(Array a) {
    return Array.apply(Unary.LOG10, a);
  }

  /** {@code log(1 + a)}, precise near zero; integers give float32. MLX: {@code log1p}. */
  @Performs("log1p")
  public static Array log1p(Array a) {
    return Array.apply(Unary.LOG1P, a);
  }

  /** Sine; integers give float32. MLX: {@code sin}. */
  @Performs("sin")
  public static Array sin(Array a) {
    return Array.apply(Unary.SIN, a);
  }

  /** Cosine; integers give float32. MLX: {@code cos}. */
  @Performs("cos")
  public static Array cos(Array a) {
    return Array.apply(Unary.COS, a);
  }

  /** Tangent; integers give float32. MLX: {@code tan}. */
  @Performs("tan")
  public static Array tan(Array a) {
    return Array.apply(Unary.TAN, a);
  }

  /** Inverse sine; integers give float32. MLX: {@code arcsin}. */
  @Performs("arcsin")
  public static Array arcsin(Array a) {
    return Array.apply(Unary.ARCSIN, a);
  }

  /** Inverse cosine; integers give float32. MLX: {@code arccos}. */
  @Performs("arccos")
  public static Array arccos(Array a) {
    return Array.apply(Unary.ARCCOS, a);
  }

  /** Inverse tangent; integers give float32. MLX: {@code arctan}. */
  @Performs("arctan")
  public static Array arctan(Array a) {
    return Array.apply(Unary.ARCTAN, a);
  }

  /** Hyperbolic sine; integers give float32. MLX: {@code sinh}. */
  @Performs("sinh")
  public static Array sinh(Array a) {
    return Array.apply(Unary.SINH, a);
  }

  /** Hyperbolic cosine; integers give float32. MLX: {@code cosh}. */
  @Performs("cosh")
  public static Array cosh(Array a) {
    return Array.apply(Unary.COSH, a);
  }

  /** Hyperbolic tangent; integers give float32. MLX: {@code tanh}. */
  @Performs("tanh")
  public static Array tanh(Array a) {
    return Array.apply(Unary.TANH, a);
  }

  /** Inverse hyperbolic sine; integers give float32. MLX: {@code arcsinh}. */
  @Performs("arcsinh")
  public static Array arcsinh(Array a) {
    return Array.apply(Unary.ARCSINH, a);
  }

  /** Inverse hyperbolic cosine; integers give float32. MLX: {@code arccosh}. */
  @Performs("arccosh")
  public static Array arccosh(Array a) {
    return Array.apply(Unary.ARCCOSH, a);
  }

  /** Inverse hyperbolic tangent; integers give float32. MLX: {@code arctanh}. */
  @Performs("arctanh")
  public static Array arctanh(Array a) {
    return Array.apply(Unary.ARCTANH, a);
  }

  /** {@code 1 / (1 + exp(-a))}; integers give float32, complex64 is refused. MLX: {@code sigmoid}. */
  @Performs("sigmoid")
  public static Array sigmoid(Array a) {
    return Array.apply(Unary.SIGMOID, a);
  }

  /** Error function; integers give float32, complex64 is refused. MLX: {@code erf}. */
  @Performs("erf")
  public static Array erf(Array a) {
    return Array.apply(Unary.ERF, a);
  }

  /** Inverse error function; integers give float32, complex64 is refused. MLX: {@code erfinv}. */
  @Performs("erfinv")
  public static Array erfinv(Array a) {
    return Array.apply(Unary.ERFINV, a);
  }

  /** Radians to degrees; integers give float32. MLX: {@code degrees}. */
  @Performs("degrees")
  public static Array degrees(Array a) {
    return Array.apply(Unary.DEGREES, a);
  }

  /** Degrees to radians; integers give float32. MLX: {@code radians}. */
  @Performs("radians")
  public static Array radians(Array a) {
    return Array.apply(Unary.RADIANS, a);
  }

  /** True where the element is zero; bool. MLX: {@code logical_not}. */
  @Performs("logical_not")
  public static Array logicalNot(Array a) {
    return Array.apply(Unary.LOGICAL_NOT, a);
  }

  /** All bits inverted; floating and complex dtypes are refused. MLX: {@code bitwise_invert}. */
  @Performs("bitwise_invert")
  public static Array bitwiseInvert(Array a) {
    return Array.apply(Unary.BITWISE_INVERT, a);
  }

  /** True where the element is not a number; bool. MLX: {@code isnan}. */
  @Performs("isnan")
  public static Array isnan(Array a) {
    return Array.apply(Unary.ISNAN, a);
  }

  /** True where the element is infinite; bool. MLX: {@code isinf}. */
  @Performs("isinf")
  public static Array isinf(Array a) {
    return Array.apply(Unary.ISINF, a);
  }

  /** True where the element is neither infinite nor not a number; bool. MLX: {@code isfinite}. */
  @Performs("isfinite")
  public static Array isfinite(Array a) {
    return Array.apply(Unary.ISFINITE, a);
  }

  /** True where the element is positive infinity; bool. MLX: {@code isposinf}. */
  @Performs("isposinf")
  public static Array isposinf(Array a) {
    return Array.apply(Unary.ISPOSINF, a);
  }

  /** True where the element is negative infinity; bool. MLX: {@code isneginf}. */
  @Performs("isneginf")
  public static Array isneginf(Array a) {
    return Array.apply(Unary.ISNEGINF, a);
  }

  /** The array as it is. MLX: {@code positive}. */
  @Performs("positive")
  public static Array positive(Array a) {
    return a.handle();
  }

  /** The real part, float32; a real array as it is. MLX: {@code real}. */
  @Performs("real")
  public static Array real(Array a) {
    return Array.apply(Unary.REAL, a);
  }

  /** The imaginary part, float32; zeros of the same dtype for a real array. MLX: {@code imag}. */
  @Performs("imag")
  public static Array imag(Array a) {
    return Array.apply(Unary.IMAG, a);
  }

  /** The imaginary part with the other sign; a real array as it is. MLX: {@code conjugate}. */
  @Performs("conjugate")
  public static Array conjugate(Array a) {
    return Array.apply(Unary.CONJUGATE, a);
  }

  /** As {@link #conjugate}. MLX: {@code conj}. */
  @Performs("conjugate")
  public static Array conj(Array a) {
    return conjugate(a);
  }

  /** The same values, with a gradient of zero. MLX: {@code stop_gradient}. */
  @Performs("stop_gradient")
  public static Array stopGradient(Array a) {
    return Array.apply(Unary.STOP_GRADIENT, a);
  }

  /** Rounds to {@code decimals} digits behind the point, in the same dtype. MLX: {@code round}. */
  @Performs("round")
  public static Array round(Array a, int decimals) {
    return Compositions.round(a, decimals);
  }

  /** {@code a + b}, broadcast. MLX: {@code add}. */
  @Performs("add")
  public static Array add(Array a, Array b) {
    return Array.apply(Binary.ADD, a, b);
  }

  /** As {@link #add(Array, Array)} with a weak scalar. */
  @Performs("add")
  public static Array add(Array a, double b) {
    return Array.apply(Binary.ADD, a, Weak.beside(a, b));
  }

  /** As {@link #add(Array, Array)} with a weak scalar. */
  @Performs("add")
  public static Array add(double a, Array b) {
    return Array.apply(Binary.ADD, Weak.beside(b, a), b);
  }

  /** As {@link #add(Array, Array)} with a weak scalar. */
  @Performs("add")
  public static Array add(Array a, long b) {
    return Array.apply(Binary.ADD, a, Weak.beside(a, b));
  }

  /** As {@link #add(Array, Array)} with a weak scalar. */
  @Performs("add")
  public static Array add(long a, Array b) {
    return Array.apply(Binary.ADD, Weak.beside(b, a), b);
  }

  /** {@code a - b}, broadcast. MLX: {@code subtract}. */
  @Performs("subtract")
  public static Array subtract(Array a, Array b) {
    return Array.apply(Binary.SUBTRACT, a, b);
  }

  /** As {@link #subtract(Array, Array)} with a weak scalar. */
  @Performs("subtract")
  public static Array subtract(Array a, double b) {
    return Array.apply(Binary.SUBTRACT, a, Weak.beside(a, b));
  }

  /** As {@link #subtract(Array, Array)} with a weak scalar. */
  @Performs("subtract")
  public static Array subtract(double a, Array b) {
    return Array.apply(Binary.SUBTRACT, Weak.beside(b, a), b);
  }

  /** As {@link #subtract(Array, Array)} with a weak scalar. */
  @Performs("subtract")
  public static Array subtract(Array a, long b) {
    return Array.apply(Binary.SUBTRACT, a, Weak.beside(a, b));
  }

  /** As {@link #subtract(Array, Array)} with a weak scalar. */
  @Performs("subtract")
  public static Array subtract(long a, Array b) {
    return Array.apply(Binary.SUBTRACT, Weak.beside(b, a), b);
  }

  /** {@code a * b}, broadcast. MLX: {@code multiply}. */
  @Performs("multiply")
  public static Array multiply(Array a, Array b) {
    return Array.apply(Binary.MULTIPLY, a, b);
  }

  /** As {@link #multiply(Array, Array)} with a weak scalar. */
  @Performs("multiply")
  public static Array multiply(Array a, double b) {
    return Array.apply(Binary.MULTIPLY, a, Weak.beside(a, b));
  }

  /** As {@link #multiply(Array, Array)} with a weak scalar. */
  @Performs("multiply")
  public static Array multiply(double a, Array b) {
    return Array.apply(Binary.MULTIPLY, Weak.beside(b, a), b);
  }

  /** As {@link #multiply(Array, Array)} with a weak scalar. */
  @Performs("multiply")
  public static Array multiply(Array a, long b) {
    return Array.apply(Binary.MULTIPLY, a, Weak.beside(a, b));
  }

  /** As {@link #multiply(Array, Array)} with a weak scalar. */
  @Performs("multiply")
  public static Array multiply(long a, Array b) {
    return Array.apply(Binary.MULTIPLY, Weak.beside(b, a), b);
  }

  /** {@code a / b}; integers give float32, broadcast. MLX: {@code divide}. */
  @Performs("divide")
  public static Array divide(Array a, Array b) {
    return Array.apply(Binary.DIVIDE, a, b);
  }

  /** As {@link #divide(Array, Array)} with a weak scalar. */
  @Performs("divide")
  public static Array divide(Array a, double b) {
    return Array.apply(Binary.DIVIDE, a, Weak.beside(a, b));
  }

  /** As {@link #divide(Array, Array)} with a weak scalar. */
  @Performs("divide")
  public static Array divide(double a, Array b) {
    return Array.apply(Binary.DIVIDE, Weak.beside(b, a), b);
  }

  /** As {@link #divide(Array, Array)} with a weak scalar. */
  @Performs("divide")
  public static Array divide(Array a, long b) {
    return Array.apply(Binary.DIVIDE, a, Weak.beside(a, b));
  }

  /** As {@link #divide(Array, Array)} with a weak scalar. */
  @Performs("divide")
  public static Array divide(long a, Array b) {
    return Array.apply(Binary.DIVIDE, Weak.beside(b, a), b);
  }

  /**
   * {@code a // b}: integers truncate toward zero, floating dtypes round down; complex64 is refused; an
   * integer divided by zero is an {@link ArithmeticException} when computed, broadcast. MLX: {@code
   * floor_divide}.
   */
  @Performs("floor_divide")
  public static Array floorDivide(Array a, Array b) {
    return Array.apply(Binary.FLOOR_DIVIDE, a, b);
  }

  /** As {@link #floorDivide(Array, Array)} with a weak scalar. */
  @Performs("floor_divide")
  public static Array floorDivide(Array a, double b) {
    return Array.apply(Binary.FLOOR_DIVIDE, a, Weak.beside(a, b));
  }

  /** As {@link #floorDivide(Array, Array)} with a weak scalar. */
  @Performs("floor_divide")
  public static Array floorDivide(double a, Array b) {
    return Array.apply(Binary.FLOOR_DIVIDE, Weak.beside(b, a), b);
  }

  /** As {@link #floorDivide(Array, Array)} with a weak scalar. */
  @Performs("floor_divide")
  public static Array floorDivide(Array a, long b) {
    return Array.apply(Binary.FLOOR_DIVIDE, a, Weak.beside(a, b));
  }

  /** As {@link #floorDivide(Array, Array)} with a weak scalar. */
  @Performs("floor_divide")
  public static Array floorDivide(long a, Array b) {
    return Array.apply(Binary.FLOOR_DIVIDE, Weak.beside(b, a), b);
  }

  /**
   * {@code a % b} with the sign of {@code b}; complex64 is refused; an integer divided by zero is an {@link
   * ArithmeticException} when computed, broadcast. MLX: {@code remainder}.
   */
  @Performs("remainder")
  public static Array remainder(Array a, Array b) {
    return Array.apply(Binary.REMAINDER, a, b);
  }

  /** As {@link #remainder(Array, Array)} with a weak scalar. */
  @Performs("remainder")
  public static Array remainder(Array a, double b) {
    return Array.apply(Binary.REMAINDER, a, Weak.beside(a, b));
  }

  /** As {@link #remainder(Array, Array)} with a weak scalar. */
  @Performs("remainder")
  public static Array remainder(double a, Array b) {
    return Array.apply(Binary.REMAINDER, Weak.beside(b, a), b);
  }

  /** As {@link #remainder(Array, Array)} with a weak scalar. */
  @Performs("remainder")
  public static Array remainder(Array a, long b) {
    return Array.apply(Binary.REMAINDER, a, Weak.beside(a, b));
  }

  /** As {@link #remainder(Array, Array)} with a weak scalar. */
  @Performs("remainder")
  public static Array remainder(long a, Array b) {
    return Array.apply(Binary.REMAINDER, Weak.beside(b, a), b);
  }

  /** {@code a ** b}, broadcast. MLX: {@code power}. */
  @Performs("power")
  public static Array power(Array a, Array b) {
    return Array.apply(Binary.POWER, a, b);
  }

  /** As {@link #power(Array, Array)} with a weak scalar. */
  @Performs("power")
  public static Array power(Array a, double b) {
    return Array.apply(Binary.POWER, a, Weak.beside(a, b));
  }

  /** As {@link #power(Array, Array)} with a weak scalar. */
  @Performs("power")
  public static Array power(double a, Array b) {
    return Array.apply(Binary.POWER, Weak.beside(b, a), b);
  }

  /** As {@link #power(Array, Array)} with a weak scalar. */
  @Performs("power")
  public static Array power(Array a, long b) {
    return Array.apply(Binary.POWER, a, Weak.beside(a, b));
  }

  /** As {@link #power(Array, Array)} with a weak scalar. */
  @Performs("power")
  public static Array power(long a, Array b) {
    return Array.apply(Binary.POWER, Weak.beside(b, a), b);
  }

  /** The larger of the two, NaN if one is, broadcast. MLX: {@code maximum}. */
  @Performs("maximum")
  public static Array maximum(Array a, Array b) {
    return Array.apply(Binary.MAXIMUM, a, b);
  }

  /** As {@link #maximum(Array, Array)} with a weak scalar. */
  @Performs("maximum")
  public static Array maximum(Array a, double b) {
    return Array.apply(Binary.MAXIMUM, a, Weak.beside(a, b));
  }

  /** As {@link #maximum(Array, Array)} with a weak scalar. */
  @Performs("maximum")
  public static Array maximum(double a, Array b) {
    return Array.apply(Binary.MAXIMUM, Weak.beside(b, a), b);
  }

  /** As {@link #maximum(Array, Array)} with a weak scalar. */
  @Performs("maximum")
  public static Array maximum(Array a, long b) {
    return Array.apply(Binary.MAXIMUM, a, Weak.beside(a, b));
  }

  /** As {@link #maximum(Array, Array)} with a weak scalar. */
  @Performs("maximum")
  public static Array maximum(long a, Array b) {
    return Array.apply(Binary.MAXIMUM, Weak.beside(b, a), b);
  }

  /** The smaller of the two, NaN if one is, broadcast. MLX: {@code minimum}. */
  @Performs("minimum")
  public static Array minimum(Array a, Array b) {
    return Array.apply(Binary.MINIMUM, a, b);
  }

  /** As {@link #minimum(Array, Array)} with a weak scalar. */
  @Performs("minimum")
  public static Array minimum(Array a, double b) {
    return Array.apply(Binary.MINIMUM, a, Weak.beside(a, b));
  }

  /** As {@link #minimum(Array, Array)} with a weak scalar. */
  @Performs("minimum")
  public static Array minimum(double a, Array b) {
    return Array.apply(Binary.MINIMUM, Weak.beside(b, a), b);
  }

  /** As {@link #minimum(Array, Array)} with a weak scalar. */
  @Performs("minimum")
  public static Array minimum(Array a, long b) {
    return Array.apply(Binary.MINIMUM, a, Weak.beside(a, b));
  }

  /** As {@link #minimum(Array, Array)} with a weak scalar. */
  @Performs("minimum")
  public static Array minimum(long a, Array b) {
    return Array.apply(Binary.MINIMUM, Weak.beside(b, a), b);
  }

  /**
   * {@code log(exp(a) + exp(b))} without overflow; integers give float32, broadcast. MLX: {@code logaddexp}.
   */
  @Performs("logaddexp")
  public static Array logaddexp(Array a, Array b) {
    return Array.apply(Binary.LOGADDEXP, a, b);
  }

  /** As {@link #logaddexp(Array, Array)} with a weak scalar. */
  @Performs("logaddexp")
  public static Array logaddexp(Array a, double b) {
    return Array.apply(Binary.LOGADDEXP, a, Weak.beside(a, b));
  }

  /** As {@link #logaddexp(Array, Array)} with a weak scalar. */
  @Performs("logaddexp")
  public static Array logaddexp(double a, Array b) {
    return Array.apply(Binary.LOGADDEXP, Weak.beside(b, a), b);
  }

  /** As {@link #logaddexp(Array, Array)} with a weak scalar. */
  @Performs("logaddexp")
  public static Array logaddexp(Array a, long b) {
    return Array.apply(Binary.LOGADDEXP, a, Weak.beside(a, b));
  }

  /** As {@link #logaddexp(Array, Array)} with a weak scalar. */
  @Performs("logaddexp")
  public static Array logaddexp(long a, Array b) {
    return Array.apply(Binary.LOGADDEXP, Weak.beside(b, a), b);
  }

  /** The angle of the point (b, a); integers give float32, broadcast. MLX: {@code arctan2}. */
  @Performs("arctan2")
  public static Array arctan2(Array a, Array b) {
    return Array.apply(Binary.ARCTAN2, a, b);
  }

  /** {@code a == b}; bool, broadcast. MLX: {@code equal}. */
  @Performs("equal")
  public static Array equal(Array a, Array b) {
    return Array.apply(Binary.EQUAL, a, b);
  }

  /** As {@link #equal(Array, Array)} with a weak scalar. */
  @Performs("equal")
  public static Array equal(Array a, double b) {
    return Array.apply(Binary.EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #equal(Array, Array)} with a weak scalar. */
  @Performs("equal")
  public static Array equal(double a, Array b) {
    return Array.apply(Binary.EQUAL, Weak.beside(b, a), b);
  }

  /** As {@link #equal(Array, Array)} with a weak scalar. */
  @Performs("equal")
  public static Array equal(Array a, long b) {
    return Array.apply(Binary.EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #equal(Array, Array)} with a weak scalar. */
  @Performs("equal")
  public static Array equal(long a, Array b) {
    return Array.apply(Binary.EQUAL, Weak.beside(b, a), b);
  }

  /** {@code a != b}; bool, broadcast. MLX: {@code not_equal}. */
  @Performs("not_equal")
  public static Array notEqual(Array a, Array b) {
    return Array.apply(Binary.NOT_EQUAL, a, b);
  }

  /** As {@link #notEqual(Array, Array)} with a weak scalar. */
  @Performs("not_equal")
  public static Array notEqual(Array a, double b) {
    return Array.apply(Binary.NOT_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #notEqual(Array, Array)} with a weak scalar. */
  @Performs("not_equal")
  public static Array notEqual(double a, Array b) {
    return Array.apply(Binary.NOT_EQUAL, Weak.beside(b, a), b);
  }

  /** As {@link #notEqual(Array, Array)} with a weak scalar. */
  @Performs("not_equal")
  public static Array notEqual(Array a, long b) {
    return Array.apply(Binary.NOT_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #notEqual(Array, Array)} with a weak scalar. */
  @Performs("not_equal")
  public static Array notEqual(long a, Array b) {
    return Array.apply(Binary.NOT_EQUAL, Weak.beside(b, a), b);
  }

  /** {@code a < b}; bool, broadcast. MLX: {@code less}. */
  @Performs("less")
  public static Array less(Array a, Array b) {
    return Array.apply(Binary.LESS, a, b);
  }

  /** As {@link #less(Array, Array)} with a weak scalar. */
  @Performs("less")
  public static Array less(Array a, double b) {
    return Array.apply(Binary.LESS, a, Weak.beside(a, b));
  }

  /** As {@link #less(Array, Array)} with a weak scalar. */
  @Performs("less")
  public static Array less(double a, Array b) {
    return Array.apply(Binary.LESS, Weak.beside(b, a), b);
  }

  /** As {@link #less(Array, Array)} with a weak scalar. */
  @Performs("less")
  public static Array less(Array a, long b) {
    return Array.apply(Binary.LESS, a, Weak.beside(a, b));
  }

  /** As {@link #less(Array, Array)} with a weak scalar. */
  @Performs("less")
  public static Array less(long a, Array b) {
    return Array.apply(Binary.LESS, Weak.beside(b, a), b);
  }

  /** {@code a <= b}; bool, broadcast. MLX: {@code less_equal}. */
  @Performs("less_equal")
  public static Array lessEqual(Array a, Array b) {
    return Array.apply(Binary.LESS_EQUAL, a, b);
  }

  /** As {@link #lessEqual(Array, Array)} with a weak scalar. */
  @Performs("less_equal")
  public static Array lessEqual(Array a, double b) {
    return Array.apply(Binary.LESS_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #lessEqual(Array, Array)} with a weak scalar. */
  @Performs("less_equal")
  public static Array lessEqual(double a, Array b) {
    return Array.apply(Binary.LESS_EQUAL, Weak.beside(b, a), b);
  }

  /** As {@link #lessEqual(Array, Array)} with a weak scalar. */
  @Performs("less_equal")
  public static Array lessEqual(Array a, long b) {
    return Array.apply(Binary.LESS_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #lessEqual(Array, Array)} with a weak scalar. */
  @Performs("less_equal")
  public static Array lessEqual(long a, Array b) {
    return Array.apply(Binary.LESS_EQUAL, Weak.beside(b, a), b);
  }

  /** {@code a > b}; bool, broadcast. MLX: {@code greater}. */
  @Performs("greater")
  public static Array greater(Array a, Array b) {
    return Array.apply(Binary.GREATER, a, b);
  }

  /** As {@link #greater(Array, Array)} with a weak scalar. */
  @Performs("greater")
  public static Array greater(Array a, double b) {
    return Array.apply(Binary.GREATER, a, Weak.beside(a, b));
  }

  /** As {@link #greater(Array, Array)} with a weak scalar. */
  @Performs("greater")
  public static Array greater(double a, Array b) {
    return Array.apply(Binary.GREATER, Weak.beside(b, a), b);
  }

  /** As {@link #greater(Array, Array)} with a weak scalar. */
  @Performs("greater")
  public static Array greater(Array a, long b) {
    return Array.apply(Binary.GREATER, a, Weak.beside(a, b));
  }

  /** As {@link #greater(Array, Array)} with a weak scalar. */
  @Performs("greater")
  public static Array greater(long a, Array b) {
    return Array.apply(Binary.GREATER, Weak.beside(b, a), b);
  }

  /** {@code a >= b}; bool, broadcast. MLX: {@code greater_equal}. */
  @Performs("greater_equal")
  public static Array greaterEqual(Array a, Array b) {
    return Array.apply(Binary.GREATER_EQUAL, a, b);
  }

  /** As {@link #greaterEqual(Array, Array)} with a weak scalar. */
  @Performs("greater_equal")
  public static Array greaterEqual(Array a, double b) {
    return Array.apply(Binary.GREATER_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #greaterEqual(Array, Array)} with a weak scalar. */
  @Performs("greater_equal")
  public static Array greaterEqual(double a, Array b) {
    return Array.apply(Binary.GREATER_EQUAL, Weak.beside(b, a), b);
  }

  /** As {@link #greaterEqual(Array, Array)} with a weak scalar. */
  @Performs("greater_equal")
  public static Array greaterEqual(Array a, long b) {
    return Array.apply(Binary.GREATER_EQUAL, a, Weak.beside(a, b));
  }

  /** As {@link #greaterEqual(Array, Array)} with a weak scalar. */
  @Performs("greater_equal")
  public static Array greaterEqual(long a, Array b) {
    return Array.apply(Binary.GREATER_EQUAL, Weak.beside(b, a), b);
  }

  /** True where both are not zero; bool, broadcast. MLX: {@code logical_and}. */
  @Performs("logical_and")
  public static Array logicalAnd(Array a, Array b) {
    return Array.apply(Binary.LOGICAL_AND, a, b);
  }

  /** As {@link #logicalAnd(Array, Array)} with a number. */
  @Performs("logical_and")
  public static Array logicalAnd(Array a, double b) {
    return Array.apply(Binary.LOGICAL_AND, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalAnd(Array, Array)} with a number. */
  @Performs("logical_and")
  public static Array logicalAnd(double a, Array b) {
    return Array.apply(Binary.LOGICAL_AND, Weak.truth(b, a != 0), b);
  }

  /** As {@link #logicalAnd(Array, Array)} with a number. */
  @Performs("logical_and")
  public static Array logicalAnd(Array a, long b) {
    return Array.apply(Binary.LOGICAL_AND, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalAnd(Array, Array)} with a number. */
  @Performs("logical_and")
  public static Array logicalAnd(long a, Array b) {
    return Array.apply(Binary.LOGICAL_AND, Weak.truth(b, a != 0), b);
  }

  /** True where one is not zero; bool, broadcast. MLX: {@code logical_or}. */
  @Performs("logical_or")
  public static Array logicalOr(Array a, Array b) {
    return Array.apply(Binary.LOGICAL_OR, a, b);
  }

  /** As {@link #logicalOr(Array, Array)} with a number. */
  @Performs("logical_or")
  public static Array logicalOr(Array a, double b) {
    return Array.apply(Binary.LOGICAL_OR, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalOr(Array, Array)} with a number. */
  @Performs("logical_or")
  public static Array logicalOr(double a, Array b) {
    return Array.apply(Binary.LOGICAL_OR, Weak.truth(b, a != 0), b);
  }

  /** As {@link #logicalOr(Array, Array)} with a number. */
  @Performs("logical_or")
  public static Array logicalOr(Array a, long b) {
    return Array.apply(Binary.LOGICAL_OR, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalOr(Array, Array)} with a number. */
  @Performs("logical_or")
  public static Array logicalOr(long a, Array b) {
    return Array.apply(Binary.LOGICAL_OR, Weak.truth(b, a != 0), b);
  }

  /** True where exactly one is not zero; bool, broadcast. MLX: {@code logical_xor}. */
  @Performs("logical_xor")
  public static Array logicalXor(Array a, Array b) {
    return Array.apply(Binary.LOGICAL_XOR, a, b);
  }

  /** As {@link #logicalXor(Array, Array)} with a number. */
  @Performs("logical_xor")
  public static Array logicalXor(Array a, double b) {
    return Array.apply(Binary.LOGICAL_XOR, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalXor(Array, Array)} with a number. */
  @Performs("logical_xor")
  public static Array logicalXor(double a, Array b) {
    return Array.apply(Binary.LOGICAL_XOR, Weak.truth(b, a != 0), b);
  }

  /** As {@link #logicalXor(Array, Array)} with a number. */
  @Performs("logical_xor")
  public static Array logicalXor(Array a, long b) {
    return Array.apply(Binary.LOGICAL_XOR, a, Weak.truth(a, b != 0));
  }

  /** As {@link #logicalXor(Array, Array)} with a number. */
  @Performs("logical_xor")
  public static Array logicalXor(long a, Array b) {
    return Array.apply(Binary.LOGICAL_XOR, Weak.truth(b, a != 0), b);
  }

  /** {@code a & b} of integers or bool, broadcast. MLX: {@code bitwise_and}. */
  @Performs("bitwise_and")
  public static Array bitwiseAnd(Array a, Array b) {
    return Array.apply(Binary.BITWISE_AND, a, b);
  }

  /** As {@link #bitwiseAnd(Array, Array)} with a weak scalar. */
  @Performs("bitwise_and")
  public static Array bitwiseAnd(Array a, long b) {
    return Array.apply(Binary.BITWISE_AND, a, Weak.beside(a, b));
  }

  /** As {@link #bitwiseAnd(Array, Array)} with a weak scalar. */
  @Performs("bitwise_and")
  public static Array bitwiseAnd(long a, Array b) {
    return Array.apply(Binary.BITWISE_AND, Weak.beside(b, a), b);
  }

  /** {@code a | b} of integers or bool, broadcast. MLX: {@code bitwise_or}. */
  @Performs("bitwise_or")
  public static Array bitwiseOr(Array a, Array b) {
    return Array.apply(Binary.BITWISE_OR, a, b);
  }

  /** As {@link #bitwiseOr(Array, Array)} with a weak scalar. */
  @Performs("bitwise_or")
  public static Array bitwiseOr(Array a, long b) {
    return Array.apply(Binary.BITWISE_OR, a, Weak.beside(a, b));
  }

  /** As {@link #bitwiseOr(Array, Array)} with a weak scalar. */
  @Performs("bitwise_or")
  public static Array bitwiseOr(long a, Array b) {
    return Array.apply(Binary.BITWISE_OR, Weak.beside(b, a), b);
  }

  /** {@code a ^ b} of integers or bool, broadcast. MLX: {@code bitwise_xor}. */
  @Performs("bitwise_xor")
  public static Array bitwiseXor(Array a, Array b) {
    return Array.apply(Binary.BITWISE_XOR, a, b);
  }

  /** As {@link #bitwiseXor(Array, Array)} with a weak scalar. */
  @Performs("bitwise_xor")
  public static Array bitwiseXor(Array a, long b) {
    return Array.apply(Binary.BITWISE_XOR, a, Weak.beside(a, b));
  }

  /** As {@link #bitwiseXor(Array, Array)} with a weak scalar. */
  @Performs("bitwise_xor")
  public static Array bitwiseXor(long a, Array b) {
    return Array.apply(Binary.BITWISE_XOR, Weak.beside(b, a), b);
  }

  /** {@code a << b} of integers; bool gives uint8, broadcast. MLX: {@code left_shift}. */
  @Performs("left_shift")
  public static Array leftShift(Array a, Array b) {
    return Array.apply(Binary.LEFT_SHIFT, a, b);
  }

  /** As {@link #leftShift(Array, Array)} with a weak scalar. */
  @Performs("left_shift")
  public static Array leftShift(Array a, long b) {
    return Array.apply(Binary.LEFT_SHIFT, a, Weak.beside(a, b));
  }

  /** As {@link #leftShift(Array, Array)} with a weak scalar. */
  @Performs("left_shift")
  public static Array leftShift(long a, Array b) {
    return Array.apply(Binary.LEFT_SHIFT, Weak.beside(b, a), b);
  }

  /** {@code a >> b} of integers; bool gives uint8, broadcast. MLX: {@code right_shift}. */
  @Performs("right_shift")
  public static Array rightShift(Array a, Array b) {
    return Array.apply(Binary.RIGHT_SHIFT, a, b);
  }

  /** As {@link #rightShift(Array, Array)} with a weak scalar. */
  @Performs("right_shift")
  public static Array rightShift(Array a, long b) {
    return Array.apply(Binary.RIGHT_SHIFT, a, Weak.beside(a, b));
  }

  /** As {@link #rightShift(Array, Array)} with a weak scalar. */
  @Performs("right_shift")
  public static Array rightShift(long a, Array b) {
    return Array.apply(Binary.RIGHT_SHIFT, Weak.beside(b, a), b);
  }

  /**
   * Quotient and remainder, as {@link #floorDivide(Array, Array)} and {@link #remainder(Array, Array)}. MLX:
   * {@code divmod}.
   */
  @Performs("divmod")
  public static Array[] divmod(Array a, Array b) {
    // MLX's quotient of integers rounds down here, unlike that of floor_divide, so that the parts fit
    // together.
    Array rest = remainder(a, b);
    return new Array[] {floorDivide(rest.dtype().isInteger() ? subtract(a, rest) : a, b), rest};
  }

  /** As {@link #divmod(Array, Array)} with a weak number. */
  @Performs("divmod")
  public static Array[] divmod(Array a, double b) {
    return divmod(a, Weak.beside(a, b));
  }

  /** As {@link #divmod(Array, Array)} with a weak number. */
  @Performs("divmod")
  public static Array[] divmod(double a, Array b) {
    return divmod(Weak.beside(b, a), b);
  }

  /** As {@link #divmod(Array, Array)} with a weak number. */
  @Performs("divmod")
  public static Array[] divmod(Array a, long b) {
    return divmod(a, Weak.beside(a, b));
  }

  /** As {@link #divmod(Array, Array)} with a weak number. */
  @Performs("divmod")
  public static Array[] divmod(long a, Array b) {
    return divmod(Weak.beside(b, a), b);
  }

  /** As {@link #isclose(Array, Array, double, double, boolean)} with 1e-5, 1e-8 and NaN unequal. */
  @Performs("isclose")
  public static Array isclose(Array a, Array b) {
    return isclose(a, b, 1e-5, 1e-8, false);
  }

  /**
   * True where {@code |a - b| <= atol + rtol * |b|} or both are the same infinity; bool. MLX: {@code
   * isclose}.
   */
  @Performs("isclose")
  public static Array isclose(Array a, Array b, double rtol, double atol, boolean equalNan) {
    return Compositions.isclose(a, b, rtol, atol, equalNan);
  }

  /** Whether all elements are close; a bool scalar. MLX: {@code allclose}. */
  @Performs("allclose")
  public static Array allclose(Array a, Array b) {
    return all(isclose(a, b));
  }

  /** As {@link #allclose(Array, Array)} with tolerances. */
  @Performs("allclose")
  public static Array allclose(Array a, Array b, double rtol, double atol, boolean equalNan) {
    return all(isclose(a, b, rtol, atol, equalNan));
  }

  /** Whether shapes and all elements are equal; a bool scalar. MLX: {@code array_equal}. */
  @Performs("array_equal")
  public static Array arrayEqual(Array a, Array b) {
    return arrayEqual(a, b, false);
  }

  /** As {@link #arrayEqual(Array, Array)}; {@code equalNan} lets NaN equal NaN. */
  @Performs("array_equal")
  public static Array arrayEqual(Array a, Array b, boolean equalNan) {
    return Compositions.arrayEqual(a, b, equalNan);
  }

  /** Whether {@code a} is a scalar equal to a number; a bool scalar. MLX: {@code array_equal}. */
  @Performs("array_equal")
  public static Array arrayEqual(Array a, double b) {
    return arrayEqual(a, Weak.beside(a, b), false);
  }

  /** As {@link #arrayEqual(Array, double)}. */
  @Performs("array_equal")
  public static Array arrayEqual(double a, Array b) {
    return arrayEqual(b, a);
  }

  /** Whether {@code a} is a scalar equal to a number; a bool scalar. MLX: {@code array_equal}. */
  @Performs("array_equal")
  public static Array arrayEqual(Array a, long b) {
    return arrayEqual(a, Weak.beside(a, b), false);
  }

  /** As {@link #arrayEqual(Array, long)}. */
  @Performs("array_equal")
  public static Array arrayEqual(long a, Array b) {
    return arrayEqual(b, a);
  }

  /**
   * NaN becomes 0, infinities the largest finite numbers of the dtype; integers stay. MLX: {@code
   * nan_to_num}.
   */
  @Performs("nan_to_num")
  public static Array nanToNum(Array a) {
    return nanToNum(a, 0, null, null);
  }

  /**
   * NaN becomes {@code nan}, infinities {@code posinf} and {@code neginf}, or where these are {@code null}
   * the largest finite numbers of the dtype; integers stay. MLX: {@code nan_to_num}.
   */
  @Performs("nan_to_num")
  public static Array nanToNum(Array a, double nan, Double posinf, Double neginf) {
    return Compositions.nanToNum(a, nan, posinf, neginf);
  }

  /**
   * {@code x} where {@code condition} is not zero, otherwise {@code y}; all broadcast, x and y promote. MLX:
   * {@code where}.
   */
  @Performs("where")
  public static Array where(Array condition, Array x, Array y) {
    return Array.apply(new Converting.Where(), condition, x, y);
  }

  /** As {@link #where(Array, Array, Array)} with a weak scalar. */
  @Performs("where")
  public static Array where(Array condition, Array x, double y) {
    return where(condition, x, Weak.beside(x, y));
  }

  /** As {@link #where(Array, Array, Array)} with a weak scalar. */
  @Performs("where")
  public static Array where(Array condition, double x, Array y) {
    return where(condition, Weak.beside(y, x), y);
  }

  /** As {@link #where(Array, Array, Array)} with a weak scalar. */
  @Performs("where")
  public static Array where(Array condition, Array x, long y) {
    return where(condition, x, Weak.beside(x, y));
  }

  /** As {@link #where(Array, Array, Array)} with a weak scalar. */
  @Performs("where")
  public static Array where(Array condition, long x, Array y) {
    return where(condition, Weak.beside(y, x), y);
  }

  /** As {@link #where(Array, Array, Array)} with two scalars: float32. */
  @Performs("where")
  public static Array where(Array condition, double x, double y) {
    return where(condition, array(x), array(y));
  }

  /** As {@link #where(Array, Array, Array)} with two scalars: int32. */
  @Performs("where")
  public static Array where(Array condition, int x, int y) {
    return where(condition, array(x), array(y));
  }

  /**
   * {@code a} between {@code min} and {@code max}, broadcast and promoted; one of them may be {@code null}.
   * MLX: {@code clip}.
   */
  @Performs("clip")
  public static Array clip(Array a, Array min, Array max) {
    return Compositions.clip(a, min, max);
  }

  /** As {@link #clip(Array, Array, Array)} with weak scalars. */
  @Performs("clip")
  public static Array clip(Array a, double min, double max) {
    return clip(a, Weak.beside(a, min), Weak.beside(a, max));
  }

  /** As {@link #clip(Array, Array, Array)} with weak scalars. */
  @Performs("clip")
  public static Array clip(Array a, long min, long max) {
    return clip(a, Weak.beside(a, min), Weak.beside(a, max));
  }

  /** The same values in another dtype; the same array if it has that dtype. MLX: {@code astype}. */
  @Performs("astype")
  public static Array astype(Array a, DType dtype) {
    return a.dtype() == dtype ? a.handle() : Array.apply(new Converting.AsType(dtype), a);
  }

  /**
   * The nearest numbers of eight bits (four of exponent, three of mantissa) as uint8; beyond 448, and for
   * NaN, it is 448. From a floating dtype. MLX: {@code to_fp8}.
   */
  @Performs("to_fp8")
  public static Array toFp8(Array a) {
    return Array.apply(new Converting.ToFp8(), a);
  }

  /** What {@link #toFp8} gave, uint8, in a floating dtype. MLX: {@code from_fp8}. */
  @Performs("from_fp8")
  public static Array fromFp8(Array a, DType dtype) {
    return Array.apply(new Converting.FromFp8(dtype), a);
  }

  /** The same bytes as another dtype; the last dimension scales with the item sizes. MLX: {@code view}. */
  @Performs("view")
  public static Array view(Array a, DType dtype) {
    return Array.apply(new Converting.View(dtype), a);
  }

  /** The sum; small integers and bool accumulate in 32 bits, over all elements. MLX: {@code sum}. */
  @Performs("sum")
  public static Array sum(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, null, false), a);
  }

  /** As {@link #sum(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("sum")
  public static Array sum(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, null, keepdims), a);
  }

  /** The sum; small integers and bool accumulate in 32 bits, along one axis. */
  @Performs("sum")
  public static Array sum(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, new int[] {axis}, false), a);
  }

  /** As {@link #sum(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("sum")
  public static Array sum(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, new int[] {axis}, keepdims), a);
  }

  /** The sum; small integers and bool accumulate in 32 bits, along several axes. */
  @Performs("sum")
  public static Array sum(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, axes.clone(), false), a);
  }

  /** As {@link #sum(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("sum")
  public static Array sum(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.SUM, axes.clone(), keepdims), a);
  }

  /** The product; small integers and bool accumulate in 32 bits, over all elements. MLX: {@code prod}. */
  @Performs("prod")
  public static Array prod(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, null, false), a);
  }

  /** As {@link #prod(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("prod")
  public static Array prod(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, null, keepdims), a);
  }

  /** The product; small integers and bool accumulate in 32 bits, along one axis. */
  @Performs("prod")
  public static Array prod(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, new int[] {axis}, false), a);
  }

  /** As {@link #prod(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("prod")
  public static Array prod(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, new int[] {axis}, keepdims), a);
  }

  /** The product; small integers and bool accumulate in 32 bits, along several axes. */
  @Performs("prod")
  public static Array prod(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, axes.clone(), false), a);
  }

  /** As {@link #prod(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("prod")
  public static Array prod(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.PROD, axes.clone(), keepdims), a);
  }

  /** The largest element; a size of 0 is refused, over all elements. MLX: {@code max}. */
  @Performs("max")
  public static Array max(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, null, false), a);
  }

  /** As {@link #max(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("max")
  public static Array max(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, null, keepdims), a);
  }

  /** The largest element; a size of 0 is refused, along one axis. */
  @Performs("max")
  public static Array max(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, new int[] {axis}, false), a);
  }

  /** As {@link #max(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("max")
  public static Array max(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, new int[] {axis}, keepdims), a);
  }

  /** The largest element; a size of 0 is refused, along several axes. */
  @Performs("max")
  public static Array max(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, axes.clone(), false), a);
  }

  /** As {@link #max(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("max")
  public static Array max(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MAX, axes.clone(), keepdims), a);
  }

  /** The smallest element; a size of 0 is refused, over all elements. MLX: {@code min}. */
  @Performs("min")
  public static Array min(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, null, false), a);
  }

  /** As {@link #min(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("min")
  public static Array min(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, null, keepdims), a);
  }

  /** The smallest element; a size of 0 is refused, along one axis. */
  @Performs("min")
  public static Array min(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, new int[] {axis}, false), a);
  }

  /** As {@link #min(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("min")
  public static Array min(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, new int[] {axis}, keepdims), a);
  }

  /** The smallest element; a size of 0 is refused, along several axes. */
  @Performs("min")
  public static Array min(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, axes.clone(), false), a);
  }

  /** As {@link #min(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("min")
  public static Array min(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.MIN, axes.clone(), keepdims), a);
  }

  /** Whether all elements are not zero; bool, over all elements. MLX: {@code all}. */
  @Performs("all")
  public static Array all(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, null, false), a);
  }

  /** As {@link #all(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("all")
  public static Array all(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, null, keepdims), a);
  }

  /** Whether all elements are not zero; bool, along one axis. */
  @Performs("all")
  public static Array all(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, new int[] {axis}, false), a);
  }

  /** As {@link #all(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("all")
  public static Array all(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, new int[] {axis}, keepdims), a);
  }

  /** Whether all elements are not zero; bool, along several axes. */
  @Performs("all")
  public static Array all(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, axes.clone(), false), a);
  }

  /** As {@link #all(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("all")
  public static Array all(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ALL, axes.clone(), keepdims), a);
  }

  /** Whether any element is not zero; bool, over all elements. MLX: {@code any}. */
  @Performs("any")
  public static Array any(Array a) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, null, false), a);
  }

  /** As {@link #any(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("any")
  public static Array any(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, null, keepdims), a);
  }

  /** Whether any element is not zero; bool, along one axis. */
  @Performs("any")
  public static Array any(Array a, int axis) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, new int[] {axis}, false), a);
  }

  /** As {@link #any(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("any")
  public static Array any(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, new int[] {axis}, keepdims), a);
  }

  /** Whether any element is not zero; bool, along several axes. */
  @Performs("any")
  public static Array any(Array a, int[] axes) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, axes.clone(), false), a);
  }

  /** As {@link #any(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("any")
  public static Array any(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Reduce(Reduction.ANY, axes.clone(), keepdims), a);
  }

  /** The mean; integers give float32, over all elements. MLX: {@code mean}. */
  @Performs("mean")
  public static Array mean(Array a) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, null, false, 0), a);
  }

  /** As {@link #mean(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("mean")
  public static Array mean(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, null, keepdims, 0), a);
  }

  /** The mean; integers give float32, along one axis. */
  @Performs("mean")
  public static Array mean(Array a, int axis) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, new int[] {axis}, false, 0), a);
  }

  /** As {@link #mean(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("mean")
  public static Array mean(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, new int[] {axis}, keepdims, 0), a);
  }

  /** The mean; integers give float32, along several axes. */
  @Performs("mean")
  public static Array mean(Array a, int[] axes) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, axes.clone(), false, 0), a);
  }

  /** As {@link #mean(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("mean")
  public static Array mean(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEAN, axes.clone(), keepdims, 0), a);
  }

  /** The variance; integers give float32, over all elements. MLX: {@code var}. */
  @Performs("var")
  public static Array var(Array a) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, null, false, 0), a);
  }

  /** As {@link #var(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("var")
  public static Array var(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, null, keepdims, 0), a);
  }

  /** The variance; integers give float32, along one axis. */
  @Performs("var")
  public static Array var(Array a, int axis) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, new int[] {axis}, false, 0), a);
  }

  /** As {@link #var(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("var")
  public static Array var(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, new int[] {axis}, keepdims, 0), a);
  }

  /** The variance; integers give float32, along several axes. */
  @Performs("var")
  public static Array var(Array a, int[] axes) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, axes.clone(), false, 0), a);
  }

  /** As {@link #var(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("var")
  public static Array var(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, axes.clone(), keepdims, 0), a);
  }

  /** As {@link #var(Array, int, boolean)}, dividing by {@code n - ddof}. */
  @Performs("var")
  public static Array var(Array a, int axis, boolean keepdims, int ddof) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, new int[] {axis}, keepdims, ddof), a);
  }

  /**
   * As {@link #var(Array, int[], boolean)}, dividing by {@code n - ddof}; {@code axes} may be {@code null}
   * for all.
   */
  @Performs("var")
  public static Array var(Array a, int[] axes, boolean keepdims, int ddof) {
    return Array.apply(new Reduction.Statistic(Reduction.VAR, axes == null ? null : axes.clone(), keepdims,
        ddof), a);
  }

  /** The standard deviation; integers give float32, over all elements. MLX: {@code std}. */
  @Performs("std")
  public static Array std(Array a) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, null, false, 0), a);
  }

  /** As {@link #std(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("std")
  public static Array std(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, null, keepdims, 0), a);
  }

  /** The standard deviation; integers give float32, along one axis. */
  @Performs("std")
  public static Array std(Array a, int axis) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, new int[] {axis}, false, 0), a);
  }

  /** As {@link #std(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("std")
  public static Array std(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, new int[] {axis}, keepdims, 0), a);
  }

  /** The standard deviation; integers give float32, along several axes. */
  @Performs("std")
  public static Array std(Array a, int[] axes) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, axes.clone(), false, 0), a);
  }

  /** As {@link #std(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("std")
  public static Array std(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, axes.clone(), keepdims, 0), a);
  }

  /** As {@link #std(Array, int, boolean)}, dividing by {@code n - ddof}. */
  @Performs("std")
  public static Array std(Array a, int axis, boolean keepdims, int ddof) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, new int[] {axis}, keepdims, ddof), a);
  }

  /**
   * As {@link #std(Array, int[], boolean)}, dividing by {@code n - ddof}; {@code axes} may be {@code null}
   * for all.
   */
  @Performs("std")
  public static Array std(Array a, int[] axes, boolean keepdims, int ddof) {
    return Array.apply(new Reduction.Statistic(Reduction.STD, axes == null ? null : axes.clone(), keepdims,
        ddof), a);
  }

  /** The median; integers give float32, over all elements. MLX: {@code median}. */
  @Performs("median")
  public static Array median(Array a) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, null, false, 0), a);
  }

  /** As {@link #median(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("median")
  public static Array median(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, null, keepdims, 0), a);
  }

  /** The median; integers give float32, along one axis. */
  @Performs("median")
  public static Array median(Array a, int axis) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, new int[] {axis}, false, 0), a);
  }

  /** As {@link #median(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("median")
  public static Array median(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, new int[] {axis}, keepdims, 0), a);
  }

  /** The median; integers give float32, along several axes. */
  @Performs("median")
  public static Array median(Array a, int[] axes) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, axes.clone(), false, 0), a);
  }

  /** As {@link #median(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("median")
  public static Array median(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.MEDIAN, axes.clone(), keepdims, 0), a);
  }

  /** The number of elements that are not zero; int32, over all elements. MLX: {@code count_nonzero}. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, null, false, 0), a);
  }

  /** As {@link #countNonzero(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, null, keepdims, 0), a);
  }

  /** The number of elements that are not zero; int32, along one axis. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a, int axis) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, new int[] {axis}, false, 0), a);
  }

  /** As {@link #countNonzero(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, new int[] {axis}, keepdims, 0), a);
  }

  /** The number of elements that are not zero; int32, along several axes. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a, int[] axes) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, axes.clone(), false, 0), a);
  }

  /** As {@link #countNonzero(Array, int[])}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("count_nonzero")
  public static Array countNonzero(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Reduction.Statistic(Reduction.COUNT_NONZERO, axes.clone(), keepdims, 0), a);
  }

  /**
   * The index of the largest element of the flattened array, the first on ties; uint32. MLX: {@code argmax}.
   */
  @Performs("argmax")
  public static Array argmax(Array a) {
    return Array.apply(new Reduction.ArgReduce(Reduction.ARGMAX, 0, false), flatten(a));
  }

  /** As {@link #argmax(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("argmax")
  public static Array argmax(Array a, boolean keepdims) {
    return keepdims ? Reshaping.keepDims(argmax(a), a.ndim()) : argmax(a);
  }

  /** The index of the largest element along an axis, the first on ties; uint32. */
  @Performs("argmax")
  public static Array argmax(Array a, int axis) {
    return argmax(a, axis, false);
  }

  /** As {@link #argmax(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("argmax")
  public static Array argmax(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.ArgReduce(Reduction.ARGMAX, axis, keepdims), a);
  }

  /**
   * The index of the smallest element of the flattened array, the first on ties; uint32. MLX: {@code
   * argmin}.
   */
  @Performs("argmin")
  public static Array argmin(Array a) {
    return Array.apply(new Reduction.ArgReduce(Reduction.ARGMIN, 0, false), flatten(a));
  }

  /** As {@link #argmin(Array)}; {@code keepdims} keeps the dimensions as size 1. */
  @Performs("argmin")
  public static Array argmin(Array a, boolean keepdims) {
    return keepdims ? Reshaping.keepDims(argmin(a), a.ndim()) : argmin(a);
  }

  /** The index of the smallest element along an axis, the first on ties; uint32. */
  @Performs("argmin")
  public static Array argmin(Array a, int axis) {
    return argmin(a, axis, false);
  }

  /** As {@link #argmin(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("argmin")
  public static Array argmin(Array a, int axis, boolean keepdims) {
    return Array.apply(new Reduction.ArgReduce(Reduction.ARGMIN, axis, keepdims), a);
  }

  /**
   * {@code exp(a) / sum(exp(a))} over all elements, without overflow; integers give float32. MLX: {@code
   * softmax}.
   */
  @Performs("softmax")
  public static Array softmax(Array a) {
    return Array.apply(new Fusing.Softmax(null, false), a);
  }

  /** As {@link #softmax(Array)} along one axis. */
  @Performs("softmax")
  public static Array softmax(Array a, int axis) {
    return softmax(a, axis, false);
  }

  /**
   * As {@link #softmax(Array, int)}; {@code precise} accumulates half precision in float32 and gives half
   * back.
   */
  @Performs("softmax")
  public static Array softmax(Array a, int axis, boolean precise) {
    return Array.apply(new Fusing.Softmax(new int[] {axis}, precise), a);
  }

  /** As {@link #softmax(Array, int, boolean)} over several axes. */
  @Performs("softmax")
  public static Array softmax(Array a, int[] axes, boolean precise) {
    return Array.apply(new Fusing.Softmax(axes.clone(), precise), a);
  }

  /**
   * {@code log(sum(exp(a)))} over all elements, without overflow; integers give float32. MLX: {@code
   * logsumexp}.
   */
  @Performs("logsumexp")
  public static Array logsumexp(Array a) {
    return Array.apply(new Fusing.LogSumExp(null, false), a);
  }

  /** As {@link #logsumexp(Array)} along one axis. */
  @Performs("logsumexp")
  public static Array logsumexp(Array a, int axis) {
    return logsumexp(a, axis, false);
  }

  /** As {@link #logsumexp(Array, int)}; {@code keepdims} keeps the dimension as size 1. */
  @Performs("logsumexp")
  public static Array logsumexp(Array a, int axis, boolean keepdims) {
    return Array.apply(new Fusing.LogSumExp(new int[] {axis}, keepdims), a);
  }

  /** As {@link #logsumexp(Array, int, boolean)} over several axes. */
  @Performs("logsumexp")
  public static Array logsumexp(Array a, int[] axes, boolean keepdims) {
    return Array.apply(new Fusing.LogSumExp(axes.clone(), keepdims), a);
  }

  /** Running sums; bool gives int32, of the flattened array. MLX: {@code cumsum}. */
  @Performs("cumsum")
  public static Array cumsum(Array a) {
    return cumsum(flatten(a), 0);
  }

  /** Running sums; bool gives int32, along an axis; the shape stays. */
  @Performs("cumsum")
  public static Array cumsum(Array a, int axis) {
    return cumsum(a, axis, false, true);
  }

  /**
   * As {@link #cumsum(Array, int)}, from the end if {@code reverse}, leaving the own element out unless
   * {@code inclusive}.
   */
  @Performs("cumsum")
  public static Array cumsum(Array a, int axis, boolean reverse, boolean inclusive) {
    return Array.apply(new Scanning.Scan(Scanning.CUMSUM, axis, reverse, inclusive), a);
  }

  /** As {@link #cumsum(Array)} of the elements cast to a dtype. */
  @Performs("cumsum")
  public static Array cumsum(Array a, DType dtype) {
    return cumsum(astype(a, dtype));
  }

  /** As {@link #cumsum(Array, int, boolean, boolean)} of the elements cast to a dtype. */
  @Performs("cumsum")
  public static Array cumsum(Array a, int axis, boolean reverse, boolean inclusive, DType dtype) {
    return cumsum(astype(a, dtype), axis, reverse, inclusive);
  }

  /** Running products, of the flattened array. MLX: {@code cumprod}. */
  @Performs("cumprod")
  public static Array cumprod(Array a) {
    return cumprod(flatten(a), 0);
  }

  /** Running products, along an axis; the shape stays. */
  @Performs("cumprod")
  public static Array cumprod(Array a, int axis) {
    return cumprod(a, axis, false, true);
  }

  /**
   * As {@link #cumprod(Array, int)}, from the end if {@code reverse}, leaving the own element out unless
   * {@code inclusive}.
   */
  @Performs("cumprod")
  public static Array cumprod(Array a, int axis, boolean reverse, boolean inclusive) {
    return Array.apply(new Scanning.Scan(Scanning.CUMPROD, axis, reverse, inclusive), a);
  }

  /** As {@link #cumprod(Array)} of the elements cast to a dtype. */
  @Performs("cumprod")
  public static Array cumprod(Array a, DType dtype) {
    return cumprod(astype(a, dtype));
  }

  /** As {@link #cumprod(Array, int, boolean, boolean)} of the elements cast to a dtype. */
  @Performs("cumprod")
  public static Array cumprod(Array a, int axis, boolean reverse, boolean inclusive, DType dtype) {
    return cumprod(astype(a, dtype), axis, reverse, inclusive);
  }

  /** Running maxima, of the flattened array. MLX: {@code cummax}. */
  @Performs("cummax")
  public static Array cummax(Array a) {
    return cummax(flatten(a), 0);
  }

  /** Running maxima, along an axis; the shape stays. */
  @Performs("cummax")
  public static Array cummax(Array a, int axis) {
    return cummax(a, axis, false, true);
  }

  /**
   * As {@link #cummax(Array, int)}, from the end if {@code reverse}, leaving the own element out unless
   * {@code inclusive}.
   */
  @Performs("cummax")
  public static Array cummax(Array a, int axis, boolean reverse, boolean inclusive) {
    return Array.apply(new Scanning.Scan(Scanning.CUMMAX, axis, reverse, inclusive), a);
  }

  /** Running minima, of the flattened array. MLX: {@code cummin}. */
  @Performs("cummin")
  public static Array cummin(Array a) {
    return cummin(flatten(a), 0);
  }

  /** Running minima, along an axis; the shape stays. */
  @Performs("cummin")
  public static Array cummin(Array a, int axis) {
    return cummin(a, axis, false, true);
  }

  /**
   * As {@link #cummin(Array, int)}, from the end if {@code reverse}, leaving the own element out unless
   * {@code inclusive}.
   */
  @Performs("cummin")
  public static Array cummin(Array a, int axis, boolean reverse, boolean inclusive) {
    return Array.apply(new Scanning.Scan(Scanning.CUMMIN, axis, reverse, inclusive), a);
  }

  /** Running {@code log(sum(exp(a)))}, of the flattened array. MLX: {@code logcumsumexp}. */
  @Performs("logcumsumexp")
  public static Array logcumsumexp(Array a) {
    return logcumsumexp(flatten(a), 0);
  }

  /** Running {@code log(sum(exp(a)))}, along an axis; the shape stays. */
  @Performs("logcumsumexp")
  public static Array logcumsumexp(Array a, int axis) {
    return logcumsumexp(a, axis, false, true);
  }

  /**
   * As {@link #logcumsumexp(Array, int)}, from the end if {@code reverse}, leaving the own element out
   * unless {@code inclusive}.
   */
  @Performs("logcumsumexp")
  public static Array logcumsumexp(Array a, int axis, boolean reverse, boolean inclusive) {
    return Array.apply(new Scanning.Scan(Scanning.LOGCUMSUMEXP, axis, reverse, inclusive), a);
  }

  /** The differences of neighbours along the last axis, which gets one shorter. MLX: {@code diff}. */
  @Performs("diff")
  public static Array diff(Array a) {
    return diff(a, 1, -1);
  }

  /**
   * The {@code n}-th differences of neighbours along an axis, which gets {@code n} shorter; bools differ
   * where they are unequal; a negative {@code n} is refused. MLX: {@code diff}.
   */
  @Performs("diff")
  public static Array diff(Array a, int n, int axis) {
    return Arrangements.diff(a, n, axis);
  }

  /** Sorted along an axis, NaN last; the shape stays, here the last axis. MLX: {@code sort}. */
  @Performs("sort")
  public static Array sort(Array a) {
    return sort(a, -1);
  }

  /** Sorted along an axis, NaN last; the shape stays. */
  @Performs("sort")
  public static Array sort(Array a, int axis) {
    return Array.apply(new Ordering.Sort(Ordering.SORT, axis, 0), a);
  }

  /** The indices that would sort along an axis, stable; uint32, here the last axis. MLX: {@code argsort}. */
  @Performs("argsort")
  public static Array argsort(Array a) {
    return argsort(a, -1);
  }

  /** The indices that would sort along an axis, stable; uint32. */
  @Performs("argsort")
  public static Array argsort(Array a, int axis) {
    return Array.apply(new Ordering.ArgSort(Ordering.ARGSORT, axis, 0), a);
  }

  /**
   * Element {@code kth} where sorting would put it, smaller ones before and larger ones after it, along the
   * last axis. MLX: {@code partition}.
   */
  @Performs("partition")
  public static Array partition(Array a, int kth) {
    return partition(a, kth, -1);
  }

  /**
   * Element {@code kth} where sorting would put it, smaller ones before and larger ones after it, along an
   * axis.
   */
  @Performs("partition")
  public static Array partition(Array a, int kth, int axis) {
    return Array.apply(new Ordering.Sort(Ordering.PARTITION, axis, kth), a);
  }

  /**
   * The indices that would partition around element {@code kth}; uint32, along the last axis. MLX: {@code
   * argpartition}.
   */
  @Performs("argpartition")
  public static Array argpartition(Array a, int kth) {
    return argpartition(a, kth, -1);
  }

  /** The indices that would partition around element {@code kth}; uint32, along an axis. */
  @Performs("argpartition")
  public static Array argpartition(Array a, int kth, int axis) {
    return Array.apply(new Ordering.ArgSort(Ordering.ARGPARTITION, axis, kth), a);
  }

  /** The {@code k} largest elements along the last axis, in no order. MLX: {@code topk}. */
  @Performs("topk")
  public static Array topk(Array a, int k) {
    return topk(a, k, -1);
  }

  /** The {@code k} largest elements along an axis, in no order; k outside 1 to the axis size is refused. */
  @Performs("topk")
  public static Array topk(Array a, int k, int axis) {
    return Selection.topk(a, k, axis);
  }

  /** How many elements of a sorted vector are smaller than each value; uint32. MLX: {@code searchsorted}. */
  @Performs("searchsorted")
  public static Array searchsorted(Array sorted, Array values) {
    return searchsorted(sorted, values, "left");
  }

  /**
   * As {@link #searchsorted(Array, Array)}; with side {@code "right"} how many are not larger, with {@code
   * "left"} how many are smaller. The dtypes promote, NaN is largest, and the vector is not checked to be
   * sorted.
   */
  @Performs("searchsorted")
  public static Array searchsorted(Array sorted, Array values, String side) {
    if (!side.equals("left") && !side.equals("right")) {
      throw new IllegalArgumentException("searchsorted: no side " + side + ", only left and right");
    }
    return Array.apply(new Ordering.SearchSorted(side.equals("right")), sorted, values);
  }

  /** The same elements, row-major, in another shape; one size may be -1. MLX: {@code reshape}. */
  @Performs("reshape")
  public static Array reshape(Array a, int... shape) {
    return Reshaping.reshape(a, shape);
  }

  /** One dimension. MLX: {@code flatten}. */
  @Performs("flatten")
  public static Array flatten(Array a) {
    return reshape(a, -1);
  }

  /** Dimensions {@code startAxis} to {@code endAxis} as one; axes past the ends stand for the ends. */
  @Performs("flatten")
  public static Array flatten(Array a, int startAxis, int endAxis) {
    return Reshaping.flatten(a, startAxis, endAxis);
  }

  /** One dimension as several; one size may be -1. MLX: {@code unflatten}. */
  @Performs("unflatten")
  public static Array unflatten(Array a, int axis, int... shape) {
    return Reshaping.unflatten(a, axis, shape);
  }

  /** New dimensions of size 1 at these places of the result. MLX: {@code expand_dims}. */
  @Performs("expand_dims")
  public static Array expandDims(Array a, int... axes) {
    return Reshaping.expandDims(a, axes);
  }

  /**
   * Without these dimensions of size 1, without all of size 1 if none is named; another size is refused.
   * MLX: {@code squeeze}.
   */
  @Performs("squeeze")
  public static Array squeeze(Array a, int... axes) {
    return Reshaping.squeeze(a, axes);
  }

  /** At least 1 dimension. MLX: {@code atleast_1d}. */
  @Performs("atleast_1d")
  public static Array atleast1d(Array a) {
    return Reshaping.atLeast(a, 1);
  }

  /** At least 2 dimensions. MLX: {@code atleast_2d}. */
  @Performs("atleast_2d")
  public static Array atleast2d(Array a) {
    return Reshaping.atLeast(a, 2);
  }

  /** At least 3 dimensions. MLX: {@code atleast_3d}. */
  @Performs("atleast_3d")
  public static Array atleast3d(Array a) {
    return Reshaping.atLeast(a, 3);
  }

  /**
   * Dimension i of the result is dimension {@code axes[i]}; reversed if none is named. MLX: {@code
   * transpose}.
   */
  @Performs("transpose")
  public static Array transpose(Array a, int... axes) {
    return Reshaping.transpose(a, axes);
  }

  /** {@link #transpose} under its name in the array standard. MLX: {@code permute_dims}. */
  @Performs("transpose")
  public static Array permuteDims(Array a, int... axes) {
    return transpose(a, axes);
  }

  /**
   * {@link #transpose} under another name: as in MLX, and unlike the array standard, all dimensions are
   * reversed and not only the last two exchanged. MLX: {@code matrix_transpose}.
   */
  @Performs("transpose")
  public static Array matrixTranspose(Array a, int... axes) {
    return transpose(a, axes);
  }

  /** Two dimensions exchanged. MLX: {@code swapaxes}. */
  @Performs("swapaxes")
  public static Array swapaxes(Array a, int axis1, int axis2) {
    return Reshaping.swapaxes(a, axis1, axis2);
  }

  /** One dimension moved, the others in order. MLX: {@code moveaxis}. */
  @Performs("moveaxis")
  public static Array moveaxis(Array a, int source, int destination) {
    return Reshaping.moveaxis(a, source, destination);
  }

  /** A view that repeats dimensions of size 1. MLX: {@code broadcast_to}. */
  @Performs("broadcast_to")
  public static Array broadcastTo(Array a, int... shape) {
    return Reshaping.broadcastTo(a, Shape.of(shape));
  }

  /** The shape that arrays of these shapes broadcast to. MLX: {@code broadcast_shapes}. */
  public static int[] broadcastShapes(int[]... shapes) {
    return Arrays.stream(shapes).map(Shape::of).reduce(Shape.SCALAR, Shape::broadcast).toArray();
  }

  /** All arrays in their common shape. MLX: {@code broadcast_arrays}. */
  @Performs("broadcast_arrays")
  public static Array[] broadcastArrays(Array... arrays) {
    return Reshaping.broadcastArrays(arrays);
  }

  /**
   * Side by side along an axis; the other dimensions are equal, the dtypes promote. MLX: {@code
   * concatenate}.
   */
  @Performs("concatenate")
  public static Array concatenate(Array[] arrays, int axis) {
    return Array.apply(new Shaping.Concatenate(axis), arrays);
  }

  /** As {@link #concatenate(Array[], int)}. */
  @Performs("concatenate")
  public static Array concatenate(List<Array> arrays, int axis) {
    return concatenate(arrays.toArray(Array[]::new), axis);
  }

  /** As {@link #concatenate(Array[], int)} along the first axis. */
  @Performs("concatenate")
  public static Array concatenate(Array... arrays) {
    return concatenate(arrays, 0);
  }

  /** Arrays of one shape along a new dimension; the dtypes promote. MLX: {@code stack}. */
  @Performs("stack")
  public static Array stack(Array[] arrays, int axis) {
    return Array.apply(new Shaping.Stack(axis), arrays);
  }

  /** As {@link #stack(Array[], int)}. */
  @Performs("stack")
  public static Array stack(List<Array> arrays, int axis) {
    return stack(arrays.toArray(Array[]::new), axis);
  }

  /** As {@link #stack(Array[], int)} along a new first axis. */
  @Performs("stack")
  public static Array stack(Array... arrays) {
    return stack(arrays, 0);
  }

  /** Equal parts along an axis; a size that does not divide is refused. MLX: {@code split}. */
  @Performs("split")
  public static Array[] split(Array a, int sections, int axis) {
    return Selection.split(a, sections, axis);
  }

  /** Parts that end before each of {@code indices}. MLX: {@code split}. */
  @Performs("split")
  public static Array[] split(Array a, int[] indices, int axis) {
    return Selection.split(a, indices, axis);
  }

  /** As {@link #split(Array, int, int)} along the first axis. */
  @Performs("split")
  public static Array[] split(Array a, int sections) {
    return split(a, sections, 0);
  }

  /** The slices along the first axis, without it; the inverse of {@link #stack}. MLX: {@code unstack}. */
  @Performs("unstack")
  public static Array[] unstack(Array a) {
    return unstack(a, 0);
  }

  /** As {@link #unstack(Array)} along another axis. */
  @Performs("unstack")
  public static Array[] unstack(Array a, int axis) {
    return Arrangements.unstack(a, axis);
  }

  /** The whole array {@code reps[i]} times along dimension i. MLX: {@code tile}. */
  @Performs("tile")
  public static Array tile(Array a, int... reps) {
    return Array.apply(new Shaping.Tile(reps.clone()), a);
  }

  /** Each element {@code repeats} times in a row along an axis. MLX: {@code repeat}. */
  @Performs("repeat")
  public static Array repeat(Array a, int repeats, int axis) {
    return Array.apply(new Shaping.Repeat(repeats, axis), a);
  }

  /** Each element of the flattened array {@code repeats} times in a row. */
  @Performs("repeat")
  public static Array repeat(Array a, int repeats) {
    return repeat(flatten(a), repeats, 0);
  }

  /** {@code width} zeros on both sides of each dimension. MLX: {@code pad}. */
  @Performs("pad")
  public static Array pad(Array a, int width) {
    return pad(a, Arrangements.everywhere(a, width));
  }

  /** Zeros, {@code widths[i]} = {before, after} for dimension i. MLX: {@code pad}. */
  @Performs("pad")
  public static Array pad(Array a, int[][] widths) {
    return pad(a, widths, 0.0);
  }

  /** As {@link #pad(Array, int[][])} with another value, cast to the dtype. */
  @Performs("pad")
  public static Array pad(Array a, int[][] widths, double value) {
    return Arrangements.pad(a, widths, value);
  }

  /** As {@link #pad(Array, int[][], String)} with one width on both sides of each dimension. */
  @Performs("pad")
  public static Array pad(Array a, int width, String mode) {
    return pad(a, Arrangements.everywhere(a, width), mode);
  }

  /**
   * As {@link #pad(Array, int[][])} with elements of the array: mode {@code "edge"} repeats the outermost
   * ones, {@code "reflect"} goes back from them, {@code "symmetric"} repeats them and goes back; {@code
   * "constant"} pads with zeros. A dimension of size 0 cannot be padded with its own elements.
   */
  @Performs("pad")
  public static Array pad(Array a, int[][] widths, String mode) {
    return Arrangements.pad(a, widths, mode);
  }

  /** The flattened array rotated by {@code shift}, in the same shape. MLX: {@code roll}. */
  @Performs("roll")
  public static Array roll(Array a, int shift) {
    return Arrangements.roll(a, shift);
  }

  /** Rotated by {@code shift} along an axis. MLX: {@code roll}. */
  @Performs("roll")
  public static Array roll(Array a, int shift, int axis) {
    return Arrangements.roll(a, shift, axis);
  }

  /** As {@link #roll(Array, int)} by the sum of {@code shifts}. */
  @Performs("roll")
  public static Array roll(Array a, int[] shifts) {
    return Arrangements.roll(a, Arrays.stream(shifts).asLongStream().sum());
  }

  /** As {@link #roll(Array, int, int)} by the sum of {@code shifts}. */
  @Performs("roll")
  public static Array roll(Array a, int[] shifts, int axis) {
    return Arrangements.roll(a, Arrays.stream(shifts).asLongStream().sum(), axis);
  }

  /** Rotated by {@code shift} along each of several axes. MLX: {@code roll}. */
  @Performs("roll")
  public static Array roll(Array a, int shift, int[] axes) {
    return Arrangements.roll(a, Arrays.stream(axes).map(i -> shift).toArray(), axes);
  }

  /** Rotated by {@code shifts[i]} along {@code axes[i]}; fewer shifts than axes are refused. */
  @Performs("roll")
  public static Array roll(Array a, int[] shifts, int[] axes) {
    return Arrangements.roll(a, shifts, axes);
  }

  /** Reversed along these axes, along all if none is named. MLX: {@code flip}. */
  @Performs("flip")
  public static Array flip(Array a, int... axes) {
    return Selection.flip(a, axes);
  }

  /** Zero above the main diagonal of the last two dimensions. MLX: {@code tril}. */
  @Performs("tril")
  public static Array tril(Array a) {
    return tril(a, 0);
  }

  /** Zero above diagonal {@code k} of the last two dimensions. MLX: {@code tril}. */
  @Performs("tril")
  public static Array tril(Array a, int k) {
    return Array.apply(new Shaping.Tril(k), a);
  }

  /** Zero below the main diagonal of the last two dimensions. MLX: {@code triu}. */
  @Performs("triu")
  public static Array triu(Array a) {
    return triu(a, 0);
  }

  /** Zero below diagonal {@code k} of the last two dimensions. MLX: {@code triu}. */
  @Performs("triu")
  public static Array triu(Array a, int k) {
    return Array.apply(new Shaping.Triu(k), a);
  }

  /** As {@link #diagonal(Array, int, int, int)} of the first two dimensions. */
  @Performs("diagonal")
  public static Array diagonal(Array a) {
    return diagonal(a, 0, 0, 1);
  }

  /** The diagonal of two dimensions as the last dimension. MLX: {@code diagonal}. */
  @Performs("diagonal")
  public static Array diagonal(Array a, int offset, int axis1, int axis2) {
    return Selection.diagonal(a, offset, axis1, axis2);
  }

  /** Diagonal {@code k} of a matrix, or the matrix with a vector there. MLX: {@code diag}. */
  @Performs("diag")
  public static Array diag(Array a, int k) {
    return Selection.diag(a, k);
  }

  /** As {@link #diag(Array, int)} for the main diagonal. */
  @Performs("diag")
  public static Array diag(Array a) {
    return diag(a, 0);
  }

  /** The sum of the main diagonal of the first two dimensions. MLX: {@code trace}. */
  @Performs("trace")
  public static Array trace(Array a) {
    return trace(a, 0, 0, 1);
  }

  /**
   * The sum of a diagonal of two dimensions, which go; bool and small integers give 32 bits. MLX: {@code
   * trace}.
   */
  @Performs("trace")
  public static Array trace(Array a, int offset, int axis1, int axis2) {
    return trace(a, offset, axis1, axis2, a.dtype());
  }

  /** As {@link #trace(Array, int, int, int)} of the elements cast to a dtype. */
  @Performs("trace")
  public static Array trace(Array a, int offset, int axis1, int axis2, DType dtype) {
    return Arrangements.trace(a, offset, axis1, axis2, dtype);
  }

  /**
   * Grids of the coordinates, the first two dimensions exchanged as with indexing {@code xy}. MLX: {@code
   * meshgrid}.
   */
  @Performs("meshgrid")
  public static Array[] meshgrid(Array... arrays) {
    return meshgrid(arrays, false, "xy");
  }

  /**
   * Grids of the coordinates; {@code sparse} keeps size 1 where a grid would repeat. Indexing {@code "ij"}
   * has the coordinates' dimensions in order, {@code "xy"} the first two exchanged. MLX: {@code meshgrid}.
   */
  @Performs("meshgrid")
  public static Array[] meshgrid(Array[] arrays, boolean sparse, String indexing) {
    return Arrangements.meshgrid(arrays, sparse, indexing);
  }

  /**
   * Element (i, j, ...) of the result is element {@code offset + i * strides[0] + j * strides[1] + ...} of
   * the row-major elements of {@code a}; strides count elements and may be 0 or negative, {@code null} stands
   * for row-major ones. Reaching beyond the array is refused. MLX: {@code as_strided}.
   */
  @Performs("as_strided")
  public static Array asStrided(Array a, int[] shape, long[] strides, long offset) {
    return Arrangements.asStrided(a, shape, strides, offset);
  }

  /** As {@link #contiguous(Array, boolean)} without column-major order. */
  @Performs("contiguous")
  public static Array contiguous(Array a) {
    return contiguous(a, false);
  }

  /**
   * The same values next to each other in memory, copied if they are not: in row-major order, or in
   * column-major order as well if that is allowed. MLX: {@code contiguous}.
   */
  @Performs("contiguous")
  public static Array contiguous(Array a, boolean allowColMajor) {
    return Array.apply(new Layout.Contiguous(allowColMajor), a);
  }

  /**
   * A slice whose place is computed: {@code start} holds an integer for each of {@code axes}, and {@code
   * sliceSize} one size for each dimension. Along the other axes it begins at 0. A start that is negative or
   * leaves no room is an error when engine {@code java} computes it; MLX does not check. MLX: {@code slice}.
   */
  @Performs("slice")
  public static Array slice(Array a, Array start, int[] axes, int[] sliceSize) {
    return Array.apply(new DynamicSlice(axes.clone(), sliceSize.clone()), a, start);
  }

  /**
   * A copy with {@code update}, cast to its dtype, in a place that is computed: {@code start} as in {@link
   * #slice}. Dimensions that the update lacks in front are filled, those of {@code axes} have size 1. MLX:
   * {@code slice_update}.
   */
  @Performs("slice_update")
  public static Array sliceUpdate(Array a, Array update, Array start, int[] axes) {
    return Array.apply(new DynamicSlice.Update(axes.clone()), a, astype(update, a.dtype()), start);
  }

  /** Elements of the flattened array; the shape is that of {@code indices}. MLX: {@code take}. */
  @Performs("take")
  public static Array take(Array a, Array indices) {
    return take(flatten(a), indices, 0);
  }

  /**
   * Elements along an axis; the shape of {@code indices} stands in place of the axis. Indices hold integers,
   * negative ones count from the end. MLX: {@code take}.
   */
  @Performs("take")
  public static Array take(Array a, Array indices, int axis) {
    return Selection.take(a, indices, axis);
  }

  /** One element of the flattened array, a scalar. MLX: {@code take}. */
  @Performs("take")
  public static Array take(Array a, int index) {
    return take(flatten(a), index, 0);
  }

  /** One element along an axis, which goes. MLX: {@code take}. */
  @Performs("take")
  public static Array take(Array a, int index, int axis) {
    return Selection.take(a, index, axis);
  }

  /**
   * Along an axis the elements that {@code indices}, of the same rank, name. MLX: {@code take_along_axis}.
   */
  @Performs("take_along_axis")
  public static Array takeAlongAxis(Array a, Array indices, int axis) {
    return Array.apply(new Indexing.TakeAlongAxis(axis), a, indices);
  }

  /** The elements of the flattened array that a vector of indices names. */
  @Performs("take_along_axis")
  public static Array takeAlongAxis(Array a, Array indices) {
    return takeAlongAxis(flatten(a), indices, 0);
  }

  /**
   * A copy with the elements that {@code indices}, of the same rank, name replaced; values are cast to the
   * dtype of {@code a}, they and the indices broadcast to each other. MLX: {@code put_along_axis}.
   */
  @Performs("put_along_axis")
  public static Array putAlongAxis(Array a, Array indices, Array values, int axis) {
    return Selection.putAlongAxis(a, indices, values, axis);
  }

  /**
   * As {@link #putAlongAxis(Array, Array, Array, int)} in the flattened array, with a vector of indices; the
   * shape stays.
   */
  @Performs("put_along_axis")
  public static Array putAlongAxis(Array a, Array indices, Array values) {
    return reshape(putAlongAxis(flatten(a), indices, values, 0), a.shape().toArray());
  }

  /** As {@link #putAlongAxis(Array, Array, Array, int)} with a scalar. */
  @Performs("put_along_axis")
  public static Array putAlongAxis(Array a, Array indices, double value, int axis) {
    return putAlongAxis(a, indices, Weak.into(a, value), axis);
  }

  /**
   * The matrix product of the last two dimensions, batched over the others; a vector is a row on the left
   * and a column on the right. Integer results are refused. MLX: {@code matmul}.
   */
  @Performs("matmul")
  public static Array matmul(Array a, Array b) {
    return Array.apply(new Matrix.Matmul(), a, b);
  }

  /** {@code c + a @ b} in one pass. MLX: {@code addmm}. */
  @Performs("addmm")
  public static Array addmm(Array c, Array a, Array b) {
    return addmm(c, a, b, 1.0, 1.0);
  }

  /** {@code beta * c + alpha * (a @ b)} in one pass; c broadcasts to the product. MLX: {@code addmm}. */
  @Performs("addmm")
  public static Array addmm(Array c, Array a, Array b, double alpha, double beta) {
    return Array.apply(new Matrix.AddMM(alpha, beta), c, a, b);
  }

  /** Products summed over the last dimensions. MLX: {@code inner}. */
  @Performs("inner")
  public static Array inner(Array a, Array b) {
    return Products.inner(a, b);
  }

  /** All products of the flattened arrays. MLX: {@code outer}. */
  @Performs("outer")
  public static Array outer(Array a, Array b) {
    return multiply(reshape(a, -1, 1), flatten(b));
  }

  /**
   * Products summed over the last {@code axes} dimensions of a and the first of b. MLX: {@code tensordot}.
   */
  @Performs("tensordot")
  public static Array tensordot(Array a, Array b, int axes) {
    return Products.tensordot(a, b, axes);
  }

  /** Products summed over these pairs of dimensions. MLX: {@code tensordot}. */
  @Performs("tensordot")
  public static Array tensordot(Array a, Array b, int[] axesA, int[] axesB) {
    return Products.tensordot(a, b, axesA, axesB);
  }

  /** The Kronecker product. MLX: {@code kron}. */
  @Performs("kron")
  public static Array kron(Array a, Array b) {
    return Products.kron(a, b);
  }

  /**
   * Sums of products as the subscripts say: a letter for each dimension, operands separated by commas, {@code
   * ...} for any dimensions. {@code ij,jk->ik} is a matrix product. Without {@code ->} the result has the
   * letters that occur once, in alphabetical order. Sums over common letters need inexact dtypes. MLX:
   * {@code einsum}.
   */
  @Performs("einsum")
  public static Array einsum(String subscripts, Array... operands) {
    return Einsum.apply(subscripts, operands);
  }

  /** Along the last dimension of both. MLX: {@code vecdot}. */
  @Performs("vecdot")
  public static Array vecdot(Array a, Array b) {
    return vecdot(a, b, -1);
  }

  /** The sum along {@code axis} of the conjugate of a times b. MLX: {@code vecdot}. */
  @Performs("vecdot")
  public static Array vecdot(Array a, Array b, int axis) {
    a.shape().axis(axis);
    b.shape().axis(axis);
    return sum(multiply(conjugate(a), b), axis);
  }

  /**
   * Products of matrices picked from a and b: their dimensions but the last two are counted as one, the
   * indices broadcast against each other, and their shape comes first in the result. {@code null} takes all
   * matrices in order. MLX: {@code gather_mm}.
   */
  @Performs("gather_mm")
  public static Array gatherMm(Array a, Array b, Array lhsIndices, Array rhsIndices) {
    return Products.gatherMm(a, b, lhsIndices, rhsIndices);
  }

  /**
   * For each segment [start, stop) of the inner dimension the product of that part of a [M, K] and b [K, N];
   * {@code segments} [..., 2] gives [..., M, N]. MLX: {@code segmented_mm}.
   */
  @Performs("segmented_mm")
  public static Array segmentedMm(Array a, Array b, Array segments) {
    return Products.segmentedMm(a, b, segments);
  }

  /** As {@link #hadamardTransform(Array, double)}, scaled by one over the root of the size. */
  @Performs("hadamard_transform")
  public static Array hadamardTransform(Array a) {
    return hadamardTransform(a, 1 / Math.sqrt(a.ndim() == 0 ? 1 : a.shape(-1)));
  }

  /**
   * The last dimension times the Hadamard matrix of its size (a power of two, or that times 12, 20 or 28) and
   * {@code scale}; integers become float32. MLX: {@code hadamard_transform}.
   */
  @Performs("hadamard_transform")
  public static Array hadamardTransform(Array a, double scale) {
    return Hadamard.transform(a, scale);
  }

  // Convolutions, with the channels last.

  /**
   * As {@link #conv1d(Array, Array, int, int, int, int)} with stride 1, no padding, no dilation, one group.
   */
  @Performs("conv1d")
  public static Array conv1d(Array x, Array weight) {
    return conv1d(x, weight, 1, 0, 1, 1);
  }

  /**
   * x [N, T, C] with weights [O, K, C / groups], of a floating dtype; zeros are put on both sides. The
   * kernel is not turned around. MLX: {@code conv1d}.
   */
  @Performs("conv1d")
  public static Array conv1d(Array x, Array weight, int stride, int padding, int dilation, int groups) {
    return Convolutions.conv(Convolution.CONV1D, x, weight, new int[] {stride}, new int[] {padding},
        new int[] {dilation}, groups);
  }

  /**
   * The transposed convolution with stride 1, no padding, no dilation, one group. MLX: {@code
   * conv_transpose1d}.
   */
  @Performs("conv_transpose1d")
  public static Array convTranspose1d(Array x, Array weight) {
    return convTranspose1d(x, weight, 1, 0, 1, 0, 1);
  }

  /**
   * What {@link #conv1d} with these parameters makes from an array of the result's shape has the shape of x
   * [N, T, C]; weights [O, K, C / groups]. Output padding is put behind. MLX: {@code conv_transpose1d}.
   */
  @Performs("conv_transpose1d")
  public static Array convTranspose1d(Array x, Array weight, int stride, int padding, int dilation,
      int outputPadding, int groups) {
    return Convolutions.transpose(Convolution.CONV_TRANSPOSE1D, x, weight, new int[] {stride},
        new int[] {padding},
        new int[] {dilation}, new int[] {outputPadding}, groups);
  }

  /**
   * As {@link #conv2d(Array, Array, int[], int[], int[], int)} with stride 1, no padding, no dilation, one
   * group.
   */
  @Performs("conv2d")
  public static Array conv2d(Array x, Array weight) {
    return conv2d(x, weight, Convolutions.each(2, 1), Convolutions.each(2, 0), Convolutions.each(2, 1), 1);
  }

  /**
   * x [N, H, W, C] with weights [O, K, L, C / groups], of a floating dtype; zeros are put on both sides. The
   * kernel is not turned around. MLX: {@code conv2d}.
   */
  @Performs("conv2d")
  public static Array conv2d(Array x, Array weight, int[] stride, int[] padding, int[] dilation, int groups) {
    return Convolutions.conv(Convolution.CONV2D, x, weight, stride, padding,
        dilation, groups);
  }

  /**
   * The transposed convolution with stride 1, no padding, no dilation, one group. MLX: {@code
   * conv_transpose2d}.
   */
  @Performs("conv_transpose2d")
  public static Array convTranspose2d(Array x, Array weight) {
    return convTranspose2d(x, weight, Convolutions.each(2, 1), Convolutions.each(2, 0), Convolutions.each(2,
        1), Convolutions.each(2, 0), 1);
  }

  /**
   * What {@link #conv2d} with these parameters makes from an array of the result's shape has the shape of x
   * [N, H, W, C]; weights [O, K, L, C / groups]. Output padding is put behind. MLX: {@code conv_transpose2d}.
   */
  @Performs("conv_transpose2d")
  public static Array convTranspose2d(Array x, Array weight, int[] stride, int[] padding, int[] dilation,
      int[] outputPadding, int groups) {
    return Convolutions.transpose(Convolution.CONV_TRANSPOSE2D, x, weight, stride, padding,
        dilation, outputPadding, groups);
  }

  /**
   * As {@link #conv3d(Array, Array, int[], int[], int[], int)} with stride 1, no padding, no dilation, one
   * group.
   */
  @Performs("conv3d")
  public static Array conv3d(Array x, Array weight) {
    return conv3d(x, weight, Convolutions.each(3, 1), Convolutions.each(3, 0), Convolutions.each(3, 1), 1);
  }

  /**
   * x [N, D, H, W, C] with weights [O, J, K, L, C / groups], of a floating dtype; zeros are put on both
   * sides. The kernel is not turned around. MLX: {@code conv3d}.
   */
  @Performs("conv3d")
  public static Array conv3d(Array x, Array weight, int[] stride, int[] padding, int[] dilation, int groups) {
    return Convolutions.conv(Convolution.CONV3D, x, weight, stride, padding,
        dilation, groups);
  }

  /**
   * The transposed convolution with stride 1, no padding, no dilation, one group. MLX: {@code
   * conv_transpose3d}.
   */
  @Performs("conv_transpose3d")
  public static Array convTranspose3d(Array x, Array weight) {
    return convTranspose3d(x, weight, Convolutions.each(3, 1), Convolutions.each(3, 0), Convolutions.each(3,
        1), Convolutions.each(3, 0), 1);
  }

  /**
   * What {@link #conv3d} with these parameters makes from an array of the result's shape has the shape of x
   * [N, D, H, W, C]; weights [O, J, K, L, C / groups]. Output padding is put behind. MLX: {@code
   * conv_transpose3d}.
   */
  @Performs("conv_transpose3d")
  public static Array convTranspose3d(Array x, Array weight, int[] stride, int[] padding, int[] dilation,
      int[] outputPadding, int groups) {
    return Convolutions.transpose(Convolution.CONV_TRANSPOSE3D, x, weight, stride, padding,
        dilation, outputPadding, groups);
  }

  /**
   * x [N, spatial..., C] with weights [O, kernel..., C / groups] over any number of spatial dimensions, one
   * number for each in every array: zeros before and behind, the distance of the kernel's elements and that
   * of x's; {@code flip} turns the kernel around. MLX: {@code conv_general}.
   */
  @Performs("conv_general")
  public static Array convGeneral(Array x, Array weight, int[] stride, int[] low, int[] high,
      int[] kernelDilation,
      int[] inputDilation, int groups, boolean flip) {
    return Convolutions.general(Convolution.CONV_GENERAL, x, weight, stride, low, high, kernelDilation,
        inputDilation, groups, flip);
  }

  /** The whole convolution of two vectors. MLX: {@code convolve}. */
  @Performs("convolve")
  public static Array convolve(Array a, Array v) {
    return convolve(a, v, "full");
  }

  /**
   * Of two floating vectors; {@code mode} is {@code full}, {@code same} or {@code valid}. MLX: {@code
   * convolve}.
   */
  @Performs("convolve")
  public static Array convolve(Array a, Array v, String mode) {
    return Convolutions.convolve(a, v, mode);
  }
}
