package io.mlxlint.mx;

import io.mlxlint.engine.Caller;
import io.mlxlint.engine.Debug;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.op.DType;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Op;
import io.mlxlint.op.Performs;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A handle on a lazy, n-dimensional array ({@code mx.array}). Operations extend a graph; the work happens
 * when {@link MX#eval} or a reading method ({@link #item}, {@link #toFloatArray}, {@link #toString}) asks for
 * values.
 *
 * <p>Java numbers beside arrays are weak: {@code x.multiply(2.0)} keeps half precision, {@code int} and
 * {@code long} keep integer dtypes, {@code float} and {@code double} make integers float32.
 *
 * <p>An array made in a {@link Scope} is released with it, one made outside belongs to the garbage collector,
 * and {@link #close} releases either at once. Using it afterwards is an {@link IllegalStateException}; a
 * thread in the middle of a call while another one closes or sets the array gets that, or the values.
 */
public final class Array implements AutoCloseable, Iterable<Array> {
  private static final Cleaner CLEANER = Cleaner.create();

  /** A handle that goes when the collector finds the array unreachable. */
  private static final class Collected implements Runnable {
    private final Engine engine;
    private volatile Node node;
    private Cleaner.Cleanable registration;

    Collected(Engine engine, Node node) {
      this.engine = engine;
      this.node = node;
    }

    @Override
    public void run() {
      if (node != null) {
        engine.release(node);
      }
    }
  }

  private final Engine engine;
  private Node node;
  private Scope scope;
  private int slot;
  private Collected collected;
  /** Where the array was made (with {@link MX#debug}), then how it was released. */
  private String made = Debug.origin();
  private String released;

  /** Takes over the handle on {@code node}. */
  Array(Engine engine, Node node) {
    this(engine, node, Local.current().scope);
  }

  /** With the scope of the calling thread, where the caller knows it. */
  Array(Engine engine, Node node, Scope holder) {
    this.engine = engine;
    this.node = node;
    holdIn(holder);
  }

  /** One operation: checks the operands, infers the result, extends the graph. */
  static Array apply(Op op, Array... operands) {
    Local local = Local.current();
    Engine engine = operands.length == 0 ? local.engine() : operands[0].engine;
    Node[] nodes = new Node[operands.length];
    Spec[] specs = new Spec[operands.length];
    for (int i = 0; i < operands.length; i++) {
      Array a = operands[i];
      if (a.engine != engine) {
        throw new IllegalStateException(op.kind().mlxName() + ": arrays of engine " + engine.name()
            + " and of engine "
            + a.engine.name() + " do not mix");
      }
      nodes[i] = a.node();
      specs[i] = nodes[i].spec();
    }
    Spec result = op.infer(specs);
    Node node = engine.apply(op, nodes, result, local.stream(engine));
    Reference.reachabilityFence(operands);
    return new Array(engine, node, local.scope);
  }

  static Array constant(Engine engine, Spec spec, MemorySegment data) {
    return new Array(engine, engine.constant(spec, data));
  }

  /** Another handle on the same array, to be closed on its own. */
  Array handle() {
    Node shared = node();
    engine.retain(shared);
    return new Array(engine, shared);
  }

  /** The node; a released array is an {@link IllegalStateException} that says where. */
  Node node() {
    Node n = node;
    if (n == null) {
      throw new IllegalStateException(Caller.method() + ": the array was released " + released
          + (made == null ? "; MX.debug(true) tells where" : ", it was made at " + made));
    }
    return n;
  }

  Engine engine() {
    return engine;
  }

  /** Puts another node in place, whose handle this array takes over, and gives the old one back. */
  void rebind(Node replacement) {
    Node old = exchange(replacement);
    if (old != null) {
      engine.release(old);
    }
  }

  /** As {@link #rebind}, with the handle on the old node going to the caller. */
  Node exchange(Node replacement) {
    Node old = node;
    node = replacement;
    if (collected != null) {
      collected.node = replacement;
    }
    return old;
  }

  boolean isHeldBy(Scope holder) {
    return scope == holder && node != null;
  }

  /** The scope gave this array a new place. */
  void moveTo(int slot) {
    this.slot = slot;
  }

  /** Leaves its scope for another one, or for the garbage collector ({@code null}). */
  void moveTo(Scope to) {
    if (scope != null) {
      scope.remove(slot);
      scope = null;
    }
    if (collected == null || to == null) {
      holdIn(to);
    }
  }

  private void holdIn(Scope holder) {
    if (holder != null) {
      scope = holder;
      slot = holder.add(this);
    } else if (collected == null) {
      collected = new Collected(engine, node);
      collected.registration = CLEANER.register(this, collected);
    }
  }

  /** {@code how} appears in the message of a use after release. */
  void releaseFromScope(String how) {
    scope = null;
    release(how);
  }

  private void release(String how) {
    Node old = exchange(null);
    released = how;
    if (old != null) {
      engine.release(old);
    }
    if (collected != null) {
      collected.registration.clean();
    }
  }

  /** Gives the handle up at once (Python's {@code del}); memory goes when no unevaluated array needs it. */
  @Override
  @Performs(effect = Effect.RELEASES)
  public void close() {
    if (node == null) {
      return;
    }
    if (scope != null) {
      scope.remove(slot);
      scope = null;
    }
    release(Debug.on() ? "at " + Caller.line() : "by close");
  }

  /** Whether {@link #close} or the end of a scope released this handle. */
  public boolean isClosed() {
    return node == null;
  }

  // What is known without computing.

  Spec spec() {
    return node().spec();
  }

  /** The sizes, outermost dimension first. */
  public Shape shape() {
    return node().spec().shape();
  }

  /** The size of dimension {@code i}; negative counts from the end. */
  public int shape(int i) {
    return shape().dim(shape().axis(i));
  }

  public DType dtype() {
    return node().spec().dtype();
  }

  /** The number of dimensions. */
  public int ndim() {
    return shape().rank();
  }

  /** The number of elements. */
  public long size() {
    return shape().size();
  }

  /** Bytes per element. */
  public int itemsize() {
    return dtype().itemSize();
  }

  /** Bytes of all elements. */
  public long nbytes() {
    return spec().nbytes();
  }

  // Reading: each of these computes the array and waits.

  /** The only element as double; complex64 and more than one element are refused. */
  @Performs(effect = Effect.READS_HOST)
  public double item() {
    return single("item", data -> Elements.getDouble(data, dtype(), 0));
  }

  /** The only element of an integer or bool array; uint64 as its bits. */
  @Performs(effect = Effect.READS_HOST)
  public long itemLong() {
    return single("item", data -> Elements.getLong(data, dtype(), 0));
  }

  /** As {@link #itemLong}; a value that does not fit is an {@link ArithmeticException}. */
  @Performs(effect = Effect.READS_HOST)
  public int itemInt() {
    return Math.toIntExact(itemLong());
  }

  /** As {@link #item}, rounded to float. */
  @Performs(effect = Effect.READS_HOST)
  public float itemFloat() {
    return (float) item();
  }

  /** Whether the only element is not zero ({@code bool(x)}). */
  @Performs(effect = Effect.READS_HOST)
  public boolean itemBoolean() {
    return item() != 0;
  }

  /** The elements, row-major; complex64 as pairs, real part first. */
  @Performs(effect = Effect.READS_HOST)
  public float[] toFloatArray() {
    return read(data -> Elements.toFloats(data, dtype()));
  }

  /** The elements, row-major; complex64 is refused. */
  @Performs(effect = Effect.READS_HOST)
  public double[] toDoubleArray() {
    return read(data -> Elements.toDoubles(data, dtype()));
  }

  /**
   * The elements of an integer or bool array, row-major; one that does not fit is an {@link
   * ArithmeticException}.
   */
  @Performs(effect = Effect.READS_HOST)
  public int[] toIntArray() {
    return read(data -> Elements.toInts(data, dtype()));
  }

  /** The elements of an integer or bool array, row-major; uint64 as bits. */
  @Performs(effect = Effect.READS_HOST)
  public long[] toLongArray() {
    return read(data -> Elements.toLongs(data, dtype()));
  }

  /** Whether each element is not zero, row-major. */
  @Performs(effect = Effect.READS_HOST)
  public boolean[] toBooleanArray() {
    return read(data -> Elements.toBooleans(data, dtype()));
  }

  /** As MLX prints it, {@code array([1, 2, 3], dtype=int32)}; more than 1000 elements are shortened. */
  @Override
  @Performs(effect = Effect.READS_HOST)
  public String toString() {
    return read(data -> Printing.print(data, spec()));
  }

  private <T> T single(String name, Function<MemorySegment, T> use) {
    if (size() != 1) {
      throw new IllegalArgumentException(name + " needs one element, the shape is " + shape());
    }
    return read(use);
  }

  /** Evaluates; the elements stay valid for {@code use}, whoever closes this array. */
  <T> T read(Function<MemorySegment, T> use) {
    Node held = node();
    engine.retain(held);
    try {
      return use.apply(engine.read(held));
    } finally {
      engine.release(held);
    }
  }

  // Indexing.

  /** {@code x[i]}: element {@code i} of the first dimension, which goes; negative counts from the end. */
  @Performs("slice")
  public Array at(int i) {
    return new Subscript(this, i).get();
  }

  /** {@code x[slice]}: a range of the first dimension. */
  @Performs("slice")
  public Array at(Index range) {
    return new Subscript(this, range).get();
  }

  /**
   * {@code x[indices]}: the named elements of the first dimension; its place takes the shape of {@code
   * indices}.
   */
  @Performs("take")
  public Array at(Array indices) {
    return new Subscript(this, indices).get();
  }

  /**
   * {@code x[a, b, ...]}: each subscript is an {@code int}, an {@link Index}, or an {@link Array} or {@code
   * int[]} of indices, as in NumPy. {@code x.at(0, Index.all(), Index.from(1))} is {@code x[0, :, 1:]}.
   *
   * @throws IndexOutOfBoundsException for a number out of range; index arrays are checked when computed
   */
  @Performs("gather")
  public Array at(Object... subscripts) {
    return new Subscript(this, subscripts).get();
  }

  /**
   * {@code x[subscripts] = value}: this handle then stands for the changed array; other handles keep the old
   * one. The value is broadcast to the selection and cast to this dtype, which never changes. A bool mask of
   * the first dimensions may be the only subscript; a value of more dimensions than the masked blocks then
   * holds one value for each of them, in order.
   */
  @Performs("slice_update")
  public void set(Array value, Object... subscripts) {
    Array changed = Masked.isMask(subscripts) ? Masked.put(this, (Array) subscripts[0], value)
        : new Subscript(this, subscripts).put(Indexing.Mode.ASSIGN, value);
    rebind(changed.take());
  }

  /** As {@link #set(Array, Object...)} with a scalar. */
  @Performs("slice_update")
  public void set(double value, Object... subscripts) {
    set(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #set(Array, Object...)} with a scalar; one out of range of a small integer dtype is refused.
   */
  @Performs("slice_update")
  public void set(long value, Object... subscripts) {
    set(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].add(value)}: a copy with the value added; an element named twice takes part
   * twice.
   */
  @Performs("scatter")
  public Array atAdd(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.ADD, value);
  }

  /** As {@link #atAdd(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atAdd(double value, Object... subscripts) {
    return atAdd(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atAdd(Array, Object...)} with a scalar; one out of range of a small integer dtype is refused.
   */
  @Performs("scatter")
  public Array atAdd(long value, Object... subscripts) {
    return atAdd(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].subtract(value)}: a copy with the value subtracted; an element named twice takes
   * part twice.
   */
  @Performs("scatter")
  public Array atSubtract(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.ADD, MX.negative(value));
  }

  /** As {@link #atSubtract(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atSubtract(double value, Object... subscripts) {
    return atSubtract(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atSubtract(Array, Object...)} with a scalar; one out of range of a small integer dtype is
   * refused.
   */
  @Performs("scatter")
  public Array atSubtract(long value, Object... subscripts) {
    return atSubtract(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].multiply(value)}: a copy with the value multiplied in; an element named twice
   * takes part twice.
   */
  @Performs("scatter")
  public Array atMultiply(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.MULTIPLY, value);
  }

  /** As {@link #atMultiply(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atMultiply(double value, Object... subscripts) {
    return atMultiply(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atMultiply(Array, Object...)} with a scalar; one out of range of a small integer dtype is
   * refused.
   */
  @Performs("scatter")
  public Array atMultiply(long value, Object... subscripts) {
    return atMultiply(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].divide(value)}: a copy with the value divided by; an element named twice takes
   * part twice.
   */
  @Performs("scatter")
  public Array atDivide(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.MULTIPLY, MX.reciprocal(value));
  }

  /** As {@link #atDivide(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atDivide(double value, Object... subscripts) {
    return atDivide(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atDivide(Array, Object...)} with a scalar; one out of range of a small integer dtype is
   * refused.
   */
  @Performs("scatter")
  public Array atDivide(long value, Object... subscripts) {
    return atDivide(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].maximum(value)}: a copy with the value compared, the larger kept; an element
   * named twice takes part twice.
   */
  @Performs("scatter")
  public Array atMaximum(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.MAXIMUM, value);
  }

  /** As {@link #atMaximum(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atMaximum(double value, Object... subscripts) {
    return atMaximum(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atMaximum(Array, Object...)} with a scalar; one out of range of a small integer dtype is
   * refused.
   */
  @Performs("scatter")
  public Array atMaximum(long value, Object... subscripts) {
    return atMaximum(Weak.into(this, value), subscripts);
  }

  /**
   * {@code x.at[subscripts].minimum(value)}: a copy with the value compared, the smaller kept; an element
   * named twice takes part twice.
   */
  @Performs("scatter")
  public Array atMinimum(Array value, Object... subscripts) {
    return new Subscript(this, subscripts).put(Indexing.Mode.MINIMUM, value);
  }

  /** As {@link #atMinimum(Array, Object...)} with a scalar. */
  @Performs("scatter")
  public Array atMinimum(double value, Object... subscripts) {
    return atMinimum(Weak.into(this, value), subscripts);
  }

  /**
   * As {@link #atMinimum(Array, Object...)} with a scalar; one out of range of a small integer dtype is
   * refused.
   */
  @Performs("scatter")
  public Array atMinimum(long value, Object... subscripts) {
    return atMinimum(Weak.into(this, value), subscripts);
  }

  /**
   * This handle stands for {@code value} from now on, whatever its shape and dtype, as a Python name does
   * after an assignment; what it stood for goes unless another handle holds it.
   */
  @Performs
  public void assign(Array value) {
    if (value.engine != engine) {
      throw new IllegalStateException("assign: arrays of engine " + engine.name() + " and of engine "
          + value.engine.name() + " do not mix");
    }
    Node shared = value.node();
    engine.retain(shared);
    rebind(shared);
  }

  /** The node with its handle; this array is released. */
  Node take() {
    Node taken = node();
    exchange(null);
    discard();
    return taken;
  }

  /** Releases without a look at the stack, for temporaries of the API itself. */
  void discard() {
    if (scope != null) {
      scope.remove(slot);
      scope = null;
    }
    release("by the array API");
  }

  /** Lazy slices along the first dimension. */
  @Override
  @Performs("slice")
  public Iterator<Array> iterator() {
    if (ndim() == 0) {
      throw new IllegalArgumentException("a scalar cannot be iterated");
    }
    return IntStream.range(0, shape(0)).mapToObj(i -> at(i)).iterator();
  }

  // The functions of MX that MLX has as methods or operators.

  /** See {@link MX#abs(Array)}. */
  @Performs("abs")
  public Array abs() {
    return MX.abs(this);
  }

  /** See {@link MX#negative(Array)}. */
  @Performs("negative")
  public Array negative() {
    return MX.negative(this);
  }

  /** See {@link MX#real(Array)}. */
  @Performs("real")
  public Array real() {
    return MX.real(this);
  }

  /** See {@link MX#imag(Array)}. */
  @Performs("imag")
  public Array imag() {
    return MX.imag(this);
  }

  /** See {@link MX#conj(Array)}. */
  @Performs("conjugate")
  public Array conj() {
    return MX.conj(this);
  }

  /** See {@link MX#square(Array)}. */
  @Performs("square")
  public Array square() {
    return MX.square(this);
  }

  /** See {@link MX#round(Array)}. */
  @Performs("round")
  public Array round() {
    return MX.round(this);
  }

  /** See {@link MX#reciprocal(Array)}. */
  @Performs("reciprocal")
  public Array reciprocal() {
    return MX.reciprocal(this);
  }

  /** See {@link MX#sqrt(Array)}. */
  @Performs("sqrt")
  public Array sqrt() {
    return MX.sqrt(this);
  }

  /** See {@link MX#rsqrt(Array)}. */
  @Performs("rsqrt")
  public Array rsqrt() {
    return MX.rsqrt(this);
  }

  /** See {@link MX#exp(Array)}. */
  @Performs("exp")
  public Array exp() {
    return MX.exp(this);
  }

  /** See {@link MX#log(Array)}. */
  @Performs("log")
  public Array log() {
    return MX.log(this);
  }

  /** See {@link MX#log2(Array)}. */
  @Performs("log2")
  public Array log2() {
    return MX.log2(this);
  }

  /** See {@link MX#log10(Array)}. */
  @Performs("log10")
  public Array log10() {
    return MX.log10(this);
  }

  /** See {@link MX#log1p(Array)}. */
  @Performs("log1p")
  public Array log1p() {
    return MX.log1p(this);
  }

  /** See {@link MX#sin(Array)}. */
  @Performs("sin")
  public Array sin() {
    return MX.sin(this);
  }

  /** See {@link MX#cos(Array)}. */
  @Performs("cos")
  public Array cos() {
    return MX.cos(this);
  }

  /** See {@link MX#tanh(Array)}. */
  @Performs("tanh")
  public Array tanh() {
    return MX.tanh(this);
  }

  /** See {@link MX#sigmoid(Array)}. */
  @Performs("sigmoid")
  public Array sigmoid() {
    return MX.sigmoid(this);
  }

  /** See {@link MX#logicalNot(Array)}. */
  @Performs("logical_not")
  public Array logicalNot() {
    return MX.logicalNot(this);
  }

  /** See {@link MX#bitwiseInvert(Array)}. */
  @Performs("bitwise_invert")
  public Array bitwiseInvert() {
    return MX.bitwiseInvert(this);
  }

  /** See {@link MX#add(Array, Array)}. */
  @Performs("add")
  public Array add(Array b) {
    return MX.add(this, b);
  }

  /** As {@link #add(Array)} with a weak scalar. */
  @Performs("add")
  public Array add(double b) {
    return MX.add(this, b);
  }

  /** As {@link #add(Array)} with a weak scalar. */
  @Performs("add")
  public Array add(long b) {
    return MX.add(this, b);
  }

  /** See {@link MX#subtract(Array, Array)}. */
  @Performs("subtract")
  public Array subtract(Array b) {
    return MX.subtract(this, b);
  }

  /** As {@link #subtract(Array)} with a weak scalar. */
  @Performs("subtract")
  public Array subtract(double b) {
    return MX.subtract(this, b);
  }

  /** As {@link #subtract(Array)} with a weak scalar. */
  @Performs("subtract")
  public Array subtract(long b) {
    return MX.subtract(this, b);
  }

  /** See {@link MX#multiply(Array, Array)}. */
  @Performs("multiply")
  public Array multiply(Array b) {
    return MX.multiply(this, b);
  }

  /** As {@link #multiply(Array)} with a weak scalar. */
  @Performs("multiply")
  public Array multiply(double b) {
    return MX.multiply(this, b);
  }

  /** As {@link #multiply(Array)} with a weak scalar. */
  @Performs("multiply")
  public Array multiply(long b) {
    return MX.multiply(this, b);
  }

  /** See {@link MX#divide(Array, Array)}. */
  @Performs("divide")
  public Array divide(Array b) {
    return MX.divide(this, b);
  }

  /** As {@link #divide(Array)} with a weak scalar. */
  @Performs("divide")
  public Array divide(double b) {
    return MX.divide(this, b);
  }

  /** As {@link #divide(Array)} with a weak scalar. */
  @Performs("divide")
  public Array divide(long b) {
    return MX.divide(this, b);
  }

  /** See {@link MX#floorDivide(Array, Array)}. */
  @Performs("floor_divide")
  public Array floorDivide(Array b) {
    return MX.floorDivide(this, b);
  }

  /** As {@link #floorDivide(Array)} with a weak scalar. */
  @Performs("floor_divide")
  public Array floorDivide(double b) {
    return MX.floorDivide(this, b);
  }

  /** As {@link #floorDivide(Array)} with a weak scalar. */
  @Performs("floor_divide")
  public Array floorDivide(long b) {
    return MX.floorDivide(this, b);
  }

  /** See {@link MX#remainder(Array, Array)}. */
  @Performs("remainder")
  public Array remainder(Array b) {
    return MX.remainder(this, b);
  }

  /** As {@link #remainder(Array)} with a weak scalar. */
  @Performs("remainder")
  public Array remainder(double b) {
    return MX.remainder(this, b);
  }

  /** As {@link #remainder(Array)} with a weak scalar. */
  @Performs("remainder")
  public Array remainder(long b) {
    return MX.remainder(this, b);
  }

  /** See {@link MX#power(Array, Array)}. */
  @Performs("power")
  public Array power(Array b) {
    return MX.power(this, b);
  }

  /** As {@link #power(Array)} with a weak scalar. */
  @Performs("power")
  public Array power(double b) {
    return MX.power(this, b);
  }

  /** As {@link #power(Array)} with a weak scalar. */
  @Performs("power")
  public Array power(long b) {
    return MX.power(this, b);
  }

  /** See {@link MX#maximum(Array, Array)}. */
  @Performs("maximum")
  public Array maximum(Array b) {
    return MX.maximum(this, b);
  }

  /** As {@link #maximum(Array)} with a weak scalar. */
  @Performs("maximum")
  public Array maximum(double b) {
    return MX.maximum(this, b);
  }

  /** As {@link #maximum(Array)} with a weak scalar. */
  @Performs("maximum")
  public Array maximum(long b) {
    return MX.maximum(this, b);
  }

  /** See {@link MX#minimum(Array, Array)}. */
  @Performs("minimum")
  public Array minimum(Array b) {
    return MX.minimum(this, b);
  }

  /** As {@link #minimum(Array)} with a weak scalar. */
  @Performs("minimum")
  public Array minimum(double b) {
    return MX.minimum(this, b);
  }

  /** As {@link #minimum(Array)} with a weak scalar. */
  @Performs("minimum")
  public Array minimum(long b) {
    return MX.minimum(this, b);
  }

  /** See {@link MX#logaddexp(Array, Array)}. */
  @Performs("logaddexp")
  public Array logaddexp(Array b) {
    return MX.logaddexp(this, b);
  }

  /** As {@link #logaddexp(Array)} with a weak scalar. */
  @Performs("logaddexp")
  public Array logaddexp(double b) {
    return MX.logaddexp(this, b);
  }

  /** As {@link #logaddexp(Array)} with a weak scalar. */
  @Performs("logaddexp")
  public Array logaddexp(long b) {
    return MX.logaddexp(this, b);
  }

  /** See {@link MX#arctan2(Array, Array)}. */
  @Performs("arctan2")
  public Array arctan2(Array b) {
    return MX.arctan2(this, b);
  }

  /** See {@link MX#equal(Array, Array)}. */
  @Performs("equal")
  public Array equal(Array b) {
    return MX.equal(this, b);
  }

  /** As {@link #equal(Array)} with a weak scalar. */
  @Performs("equal")
  public Array equal(double b) {
    return MX.equal(this, b);
  }

  /** As {@link #equal(Array)} with a weak scalar. */
  @Performs("equal")
  public Array equal(long b) {
    return MX.equal(this, b);
  }

  /** See {@link MX#notEqual(Array, Array)}. */
  @Performs("not_equal")
  public Array notEqual(Array b) {
    return MX.notEqual(this, b);
  }

  /** As {@link #notEqual(Array)} with a weak scalar. */
  @Performs("not_equal")
  public Array notEqual(double b) {
    return MX.notEqual(this, b);
  }

  /** As {@link #notEqual(Array)} with a weak scalar. */
  @Performs("not_equal")
  public Array notEqual(long b) {
    return MX.notEqual(this, b);
  }

  /** See {@link MX#less(Array, Array)}. */
  @Performs("less")
  public Array less(Array b) {
    return MX.less(this, b);
  }

  /** As {@link #less(Array)} with a weak scalar. */
  @Performs("less")
  public Array less(double b) {
    return MX.less(this, b);
  }

  /** As {@link #less(Array)} with a weak scalar. */
  @Performs("less")
  public Array less(long b) {
    return MX.less(this, b);
  }

  /** See {@link MX#lessEqual(Array, Array)}. */
  @Performs("less_equal")
  public Array lessEqual(Array b) {
    return MX.lessEqual(this, b);
  }

  /** As {@link #lessEqual(Array)} with a weak scalar. */
  @Performs("less_equal")
  public Array lessEqual(double b) {
    return MX.lessEqual(this, b);
  }

  /** As {@link #lessEqual(Array)} with a weak scalar. */
  @Performs("less_equal")
  public Array lessEqual(long b) {
    return MX.lessEqual(this, b);
  }

  /** See {@link MX#greater(Array, Array)}. */
  @Performs("greater")
  public Array greater(Array b) {
    return MX.greater(this, b);
  }

  /** As {@link #greater(Array)} with a weak scalar. */
  @Performs("greater")
  public Array greater(double b) {
    return MX.greater(this, b);
  }

  /** As {@link #greater(Array)} with a weak scalar. */
  @Performs("greater")
  public Array greater(long b) {
    return MX.greater(this, b);
  }

  /** See {@link MX#greaterEqual(Array, Array)}. */
  @Performs("greater_equal")
  public Array greaterEqual(Array b) {
    return MX.greaterEqual(this, b);
  }

  /** As {@link #greaterEqual(Array)} with a weak scalar. */
  @Performs("greater_equal")
  public Array greaterEqual(double b) {
    return MX.greaterEqual(this, b);
  }

  /** As {@link #greaterEqual(Array)} with a weak scalar. */
  @Performs("greater_equal")
  public Array greaterEqual(long b) {
    return MX.greaterEqual(this, b);
  }

  /** See {@link MX#logicalAnd(Array, Array)}. */
  @Performs("logical_and")
  public Array logicalAnd(Array b) {
    return MX.logicalAnd(this, b);
  }

  /** See {@link MX#logicalOr(Array, Array)}. */
  @Performs("logical_or")
  public Array logicalOr(Array b) {
    return MX.logicalOr(this, b);
  }

  /** See {@link MX#logicalXor(Array, Array)}. */
  @Performs("logical_xor")
  public Array logicalXor(Array b) {
    return MX.logicalXor(this, b);
  }

  /** See {@link MX#bitwiseAnd(Array, Array)}. */
  @Performs("bitwise_and")
  public Array bitwiseAnd(Array b) {
    return MX.bitwiseAnd(this, b);
  }

  /** As {@link #bitwiseAnd(Array)} with a weak scalar. */
  @Performs("bitwise_and")
  public Array bitwiseAnd(long b) {
    return MX.bitwiseAnd(this, b);
  }

  /** See {@link MX#bitwiseOr(Array, Array)}. */
  @Performs("bitwise_or")
  public Array bitwiseOr(Array b) {
    return MX.bitwiseOr(this, b);
  }

  /** As {@link #bitwiseOr(Array)} with a weak scalar. */
  @Performs("bitwise_or")
  public Array bitwiseOr(long b) {
    return MX.bitwiseOr(this, b);
  }

  /** See {@link MX#bitwiseXor(Array, Array)}. */
  @Performs("bitwise_xor")
  public Array bitwiseXor(Array b) {
    return MX.bitwiseXor(this, b);
  }

  /** As {@link #bitwiseXor(Array)} with a weak scalar. */
  @Performs("bitwise_xor")
  public Array bitwiseXor(long b) {
    return MX.bitwiseXor(this, b);
  }

  /** See {@link MX#leftShift(Array, Array)}. */
  @Performs("left_shift")
  public Array leftShift(Array b) {
    return MX.leftShift(this, b);
  }

  /** As {@link #leftShift(Array)} with a weak scalar. */
  @Performs("left_shift")
  public Array leftShift(long b) {
    return MX.leftShift(this, b);
  }

  /** See {@link MX#rightShift(Array, Array)}. */
  @Performs("right_shift")
  public Array rightShift(Array b) {
    return MX.rightShift(this, b);
  }

  /** As {@link #rightShift(Array)} with a weak scalar. */
  @Performs("right_shift")
  public Array rightShift(long b) {
    return MX.rightShift(this, b);
  }

  /** See {@link MX#clip(Array, Array, Array)}. */
  @Performs("clip")
  public Array clip(double min, double max) {
    return MX.clip(this, min, max);
  }

  /** See {@link MX#clip(Array, Array, Array)}. */
  @Performs("clip")
  public Array clip(long min, long max) {
    return MX.clip(this, min, max);
  }

  /** See {@link MX#astype(Array, DType)}. */
  @Performs("astype")
  public Array astype(DType dtype) {
    return MX.astype(this, dtype);
  }

  /** See {@link MX#view(Array, DType)}. */
  @Performs("view")
  public Array view(DType dtype) {
    return MX.view(this, dtype);
  }

  /** See {@link MX#sum(Array)}. */
  @Performs("sum")
  public Array sum() {
    return MX.sum(this);
  }

  /** See {@link MX#sum(Array, boolean)}. */
  @Performs("sum")
  public Array sum(boolean keepdims) {
    return MX.sum(this, keepdims);
  }

  /** See {@link MX#sum(Array, int)}. */
  @Performs("sum")
  public Array sum(int axis) {
    return MX.sum(this, axis);
  }

  /** See {@link MX#sum(Array, int, boolean)}. */
  @Performs("sum")
  public Array sum(int axis, boolean keepdims) {
    return MX.sum(this, axis, keepdims);
  }

  /** See {@link MX#sum(Array, int[])}. */
  @Performs("sum")
  public Array sum(int[] axes) {
    return MX.sum(this, axes);
  }

  /** See {@link MX#sum(Array, int[], boolean)}. */
  @Performs("sum")
  public Array sum(int[] axes, boolean keepdims) {
    return MX.sum(this, axes, keepdims);
  }

  /** See {@link MX#prod(Array)}. */
  @Performs("prod")
  public Array prod() {
    return MX.prod(this);
  }

  /** See {@link MX#prod(Array, boolean)}. */
  @Performs("prod")
  public Array prod(boolean keepdims) {
    return MX.prod(this, keepdims);
  }

  /** See {@link MX#prod(Array, int)}. */
  @Performs("prod")
  public Array prod(int axis) {
    return MX.prod(this, axis);
  }

  /** See {@link MX#prod(Array, int, boolean)}. */
  @Performs("prod")
  public Array prod(int axis, boolean keepdims) {
    return MX.prod(this, axis, keepdims);
  }

  /** See {@link MX#prod(Array, int[])}. */
  @Performs("prod")
  public Array prod(int[] axes) {
    return MX.prod(this, axes);
  }

  /** See {@link MX#prod(Array, int[], boolean)}. */
  @Performs("prod")
  public Array prod(int[] axes, boolean keepdims) {
    return MX.prod(this, axes, keepdims);
  }

  /** See {@link MX#max(Array)}. */
  @Performs("max")
  public Array max() {
    return MX.max(this);
  }

  /** See {@link MX#max(Array, boolean)}. */
  @Performs("max")
  public Array max(boolean keepdims) {
    return MX.max(this, keepdims);
  }

  /** See {@link MX#max(Array, int)}. */
  @Performs("max")
  public Array max(int axis) {
    return MX.max(this, axis);
  }

  /** See {@link MX#max(Array, int, boolean)}. */
  @Performs("max")
  public Array max(int axis, boolean keepdims) {
    return MX.max(this, axis, keepdims);
  }

  /** See {@link MX#max(Array, int[])}. */
  @Performs("max")
  public Array max(int[] axes) {
    return MX.max(this, axes);
  }

  /** See {@link MX#max(Array, int[], boolean)}. */
  @Performs("max")
  public Array max(int[] axes, boolean keepdims) {
    return MX.max(this, axes, keepdims);
  }

  /** See {@link MX#min(Array)}. */
  @Performs("min")
  public Array min() {
    return MX.min(this);
  }

  /** See {@link MX#min(Array, boolean)}. */
  @Performs("min")
  public Array min(boolean keepdims) {
    return MX.min(this, keepdims);
  }

  /** See {@link MX#min(Array, int)}. */
  @Performs("min")
  public Array min(int axis) {
    return MX.min(this, axis);
  }

  /** See {@link MX#min(Array, int, boolean)}. */
  @Performs("min")
  public Array min(int axis, boolean keepdims) {
    return MX.min(this, axis, keepdims);
  }

  /** See {@link MX#min(Array, int[])}. */
  @Performs("min")
  public Array min(int[] axes) {
    return MX.min(this, axes);
  }

  /** See {@link MX#min(Array, int[], boolean)}. */
  @Performs("min")
  public Array min(int[] axes, boolean keepdims) {
    return MX.min(this, axes, keepdims);
  }

  /** See {@link MX#all(Array)}. */
  @Performs("all")
  public Array all() {
    return MX.all(this);
  }

  /** See {@link MX#all(Array, boolean)}. */
  @Performs("all")
  public Array all(boolean keepdims) {
    return MX.all(this, keepdims);
  }

  /** See {@link MX#all(Array, int)}. */
  @Performs("all")
  public Array all(int axis) {
    return MX.all(this, axis);
  }

  /** See {@link MX#all(Array, int, boolean)}. */
  @Performs("all")
  public Array all(int axis, boolean keepdims) {
    return MX.all(this, axis, keepdims);
  }

  /** See {@link MX#all(Array, int[])}. */
  @Performs("all")
  public Array all(int[] axes) {
    return MX.all(this, axes);
  }

  /** See {@link MX#all(Array, int[], boolean)}. */
  @Performs("all")
  public Array all(int[] axes, boolean keepdims) {
    return MX.all(this, axes, keepdims);
  }

  /** See {@link MX#any(Array)}. */
  @Performs("any")
  public Array any() {
    return MX.any(this);
  }

  /** See {@link MX#any(Array, boolean)}. */
  @Performs("any")
  public Array any(boolean keepdims) {
    return MX.any(this, keepdims);
  }

  /** See {@link MX#any(Array, int)}. */
  @Performs("any")
  public Array any(int axis) {
    return MX.any(this, axis);
  }

  /** See {@link MX#any(Array, int, boolean)}. */
  @Performs("any")
  public Array any(int axis, boolean keepdims) {
    return MX.any(this, axis, keepdims);
  }

  /** See {@link MX#any(Array, int[])}. */
  @Performs("any")
  public Array any(int[] axes) {
    return MX.any(this, axes);
  }

  /** See {@link MX#any(Array, int[], boolean)}. */
  @Performs("any")
  public Array any(int[] axes, boolean keepdims) {
    return MX.any(this, axes, keepdims);
  }

  /** See {@link MX#mean(Array)}. */
  @Performs("mean")
  public Array mean() {
    return MX.mean(this);
  }

  /** See {@link MX#mean(Array, boolean)}. */
  @Performs("mean")
  public Array mean(boolean keepdims) {
    return MX.mean(this, keepdims);
  }

  /** See {@link MX#mean(Array, int)}. */
  @Performs("mean")
  public Array mean(int axis) {
    return MX.mean(this, axis);
  }

  /** See {@link MX#mean(Array, int, boolean)}. */
  @Performs("mean")
  public Array mean(int axis, boolean keepdims) {
    return MX.mean(this, axis, keepdims);
  }

  /** See {@link MX#mean(Array, int[])}. */
  @Performs("mean")
  public Array mean(int[] axes) {
    return MX.mean(this, axes);
  }

  /** See {@link MX#mean(Array, int[], boolean)}. */
  @Performs("mean")
  public Array mean(int[] axes, boolean keepdims) {
    return MX.mean(this, axes, keepdims);
  }

  /** See {@link MX#var(Array)}. */
  @Performs("var")
  public Array var() {
    return MX.var(this);
  }

  /** See {@link MX#var(Array, boolean)}. */
  @Performs("var")
  public Array var(boolean keepdims) {
    return MX.var(this, keepdims);
  }

  /** See {@link MX#var(Array, int)}. */
  @Performs("var")
  public Array var(int axis) {
    return MX.var(this, axis);
  }

  /** See {@link MX#var(Array, int, boolean)}. */
  @Performs("var")
  public Array var(int axis, boolean keepdims) {
    return MX.var(this, axis, keepdims);
  }

  /** See {@link MX#var(Array, int[])}. */
  @Performs("var")
  public Array var(int[] axes) {
    return MX.var(this, axes);
  }

  /** See {@link MX#var(Array, int[], boolean)}. */
  @Performs("var")
  public Array var(int[] axes, boolean keepdims) {
    return MX.var(this, axes, keepdims);
  }

  /** See {@link MX#std(Array)}. */
  @Performs("std")
  public Array std() {
    return MX.std(this);
  }

  /** See {@link MX#std(Array, boolean)}. */
  @Performs("std")
  public Array std(boolean keepdims) {
    return MX.std(this, keepdims);
  }

  /** See {@link MX#std(Array, int)}. */
  @Performs("std")
  public Array std(int axis) {
    return MX.std(this, axis);
  }

  /** See {@link MX#std(Array, int, boolean)}. */
  @Performs("std")
  public Array std(int axis, boolean keepdims) {
    return MX.std(this, axis, keepdims);
  }

  /** See {@link MX#std(Array, int[])}. */
  @Performs("std")
  public Array std(int[] axes) {
    return MX.std(this, axes);
  }

  /** See {@link MX#std(Array, int[], boolean)}. */
  @Performs("std")
  public Array std(int[] axes, boolean keepdims) {
    return MX.std(this, axes, keepdims);
  }

  /** See {@link MX#argmax(Array)}. */
  @Performs("argmax")
  public Array argmax() {
    return MX.argmax(this);
  }

  /** See {@link MX#argmax(Array, boolean)}. */
  @Performs("argmax")
  public Array argmax(boolean keepdims) {
    return MX.argmax(this, keepdims);
  }

  /** See {@link MX#argmax(Array, int)}. */
  @Performs("argmax")
  public Array argmax(int axis) {
    return MX.argmax(this, axis);
  }

  /** See {@link MX#argmax(Array, int, boolean)}. */
  @Performs("argmax")
  public Array argmax(int axis, boolean keepdims) {
    return MX.argmax(this, axis, keepdims);
  }

  /** See {@link MX#argmin(Array)}. */
  @Performs("argmin")
  public Array argmin() {
    return MX.argmin(this);
  }

  /** See {@link MX#argmin(Array, boolean)}. */
  @Performs("argmin")
  public Array argmin(boolean keepdims) {
    return MX.argmin(this, keepdims);
  }

  /** See {@link MX#argmin(Array, int)}. */
  @Performs("argmin")
  public Array argmin(int axis) {
    return MX.argmin(this, axis);
  }

  /** See {@link MX#argmin(Array, int, boolean)}. */
  @Performs("argmin")
  public Array argmin(int axis, boolean keepdims) {
    return MX.argmin(this, axis, keepdims);
  }

  /** See {@link MX#logsumexp(Array)}. */
  @Performs("logsumexp")
  public Array logsumexp() {
    return MX.logsumexp(this);
  }

  /** See {@link MX#logsumexp(Array, int)}. */
  @Performs("logsumexp")
  public Array logsumexp(int axis) {
    return MX.logsumexp(this, axis);
  }

  /** See {@link MX#logsumexp(Array, int, boolean)}. */
  @Performs("logsumexp")
  public Array logsumexp(int axis, boolean keepdims) {
    return MX.logsumexp(this, axis, keepdims);
  }

  /** See {@link MX#cumsum(Array)}. */
  @Performs("cumsum")
  public Array cumsum() {
    return MX.cumsum(this);
  }

  /** See {@link MX#cumsum(Array, int)}. */
  @Performs("cumsum")
  public Array cumsum(int axis) {
    return MX.cumsum(this, axis);
  }

  /** See {@link MX#cumsum(Array, int, boolean, boolean)}. */
  @Performs("cumsum")
  public Array cumsum(int axis, boolean reverse, boolean inclusive) {
    return MX.cumsum(this, axis, reverse, inclusive);
  }

  /** See {@link MX#cumsum(Array, DType)}. */
  @Performs("cumsum")
  public Array cumsum(DType dtype) {
    return MX.cumsum(this, dtype);
  }

  /** See {@link MX#cumsum(Array, int, boolean, boolean, DType)}. */
  @Performs("cumsum")
  public Array cumsum(int axis, boolean reverse, boolean inclusive, DType dtype) {
    return MX.cumsum(this, axis, reverse, inclusive, dtype);
  }

  /** See {@link MX#cumprod(Array)}. */
  @Performs("cumprod")
  public Array cumprod() {
    return MX.cumprod(this);
  }

  /** See {@link MX#cumprod(Array, int)}. */
  @Performs("cumprod")
  public Array cumprod(int axis) {
    return MX.cumprod(this, axis);
  }

  /** See {@link MX#cumprod(Array, int, boolean, boolean)}. */
  @Performs("cumprod")
  public Array cumprod(int axis, boolean reverse, boolean inclusive) {
    return MX.cumprod(this, axis, reverse, inclusive);
  }

  /** See {@link MX#cumprod(Array, DType)}. */
  @Performs("cumprod")
  public Array cumprod(DType dtype) {
    return MX.cumprod(this, dtype);
  }

  /** See {@link MX#cumprod(Array, int, boolean, boolean, DType)}. */
  @Performs("cumprod")
  public Array cumprod(int axis, boolean reverse, boolean inclusive, DType dtype) {
    return MX.cumprod(this, axis, reverse, inclusive, dtype);
  }

  /** See {@link MX#cummax(Array)}. */
  @Performs("cummax")
  public Array cummax() {
    return MX.cummax(this);
  }

  /** See {@link MX#cummax(Array, int)}. */
  @Performs("cummax")
  public Array cummax(int axis) {
    return MX.cummax(this, axis);
  }

  /** See {@link MX#cummax(Array, int, boolean, boolean)}. */
  @Performs("cummax")
  public Array cummax(int axis, boolean reverse, boolean inclusive) {
    return MX.cummax(this, axis, reverse, inclusive);
  }

  /** See {@link MX#cummin(Array)}. */
  @Performs("cummin")
  public Array cummin() {
    return MX.cummin(this);
  }

  /** See {@link MX#cummin(Array, int)}. */
  @Performs("cummin")
  public Array cummin(int axis) {
    return MX.cummin(this, axis);
  }

  /** See {@link MX#cummin(Array, int, boolean, boolean)}. */
  @Performs("cummin")
  public Array cummin(int axis, boolean reverse, boolean inclusive) {
    return MX.cummin(this, axis, reverse, inclusive);
  }

  /** See {@link MX#logcumsumexp(Array)}. */
  @Performs("logcumsumexp")
  public Array logcumsumexp() {
    return MX.logcumsumexp(this);
  }

  /** See {@link MX#logcumsumexp(Array, int)}. */
  @Performs("logcumsumexp")
  public Array logcumsumexp(int axis) {
    return MX.logcumsumexp(this, axis);
  }

  /** See {@link MX#logcumsumexp(Array, int, boolean, boolean)}. */
  @Performs("logcumsumexp")
  public Array logcumsumexp(int axis, boolean reverse, boolean inclusive) {
    return MX.logcumsumexp(this, axis, reverse, inclusive);
  }

  /** See {@link MX#reshape(Array, int...)}. */
  @Performs("reshape")
  public Array reshape(int... shape) {
    return MX.reshape(this, shape);
  }

  /** See {@link MX#flatten(Array)}. */
  @Performs("flatten")
  public Array flatten() {
    return MX.flatten(this);
  }

  /** See {@link MX#flatten(Array, int, int)}. */
  @Performs("flatten")
  public Array flatten(int startAxis, int endAxis) {
    return MX.flatten(this, startAxis, endAxis);
  }

  /** See {@link MX#expandDims(Array, int...)}. */
  @Performs("expand_dims")
  public Array expandDims(int... axes) {
    return MX.expandDims(this, axes);
  }

  /** See {@link MX#squeeze(Array, int...)}. */
  @Performs("squeeze")
  public Array squeeze(int... axes) {
    return MX.squeeze(this, axes);
  }

  /** See {@link MX#transpose(Array, int...)}. */
  @Performs("transpose")
  public Array transpose(int... axes) {
    return MX.transpose(this, axes);
  }

  /** All dimensions reversed. MLX: {@code T}. */
  @Performs("transpose")
  public Array T() {
    return MX.transpose(this);
  }

  /** See {@link MX#swapaxes(Array, int, int)}. */
  @Performs("swapaxes")
  public Array swapaxes(int axis1, int axis2) {
    return MX.swapaxes(this, axis1, axis2);
  }

  /** See {@link MX#moveaxis(Array, int, int)}. */
  @Performs("moveaxis")
  public Array moveaxis(int source, int destination) {
    return MX.moveaxis(this, source, destination);
  }

  /** See {@link MX#broadcastTo(Array, int...)}. */
  @Performs("broadcast_to")
  public Array broadcastTo(int... shape) {
    return MX.broadcastTo(this, shape);
  }

  /** See {@link MX#split(Array, int, int)}. */
  @Performs("split")
  public Array[] split(int sections, int axis) {
    return MX.split(this, sections, axis);
  }

  /** See {@link MX#split(Array, int[], int)}. */
  @Performs("split")
  public Array[] split(int[] indices, int axis) {
    return MX.split(this, indices, axis);
  }

  /** See {@link MX#split(Array, int)}. */
  @Performs("split")
  public Array[] split(int sections) {
    return MX.split(this, sections, 0);
  }

  /** See {@link MX#matmul(Array, Array)}. */
  @Performs("matmul")
  public Array matmul(Array b) {
    return MX.matmul(this, b);
  }
}
