package io.mlxlint.mx;

import io.mlxlint.op.Performs;

/**
 * A function that is traced once for each combination of shapes, dtypes, thread and stream, and then runs
 * without calling Java ({@code mx.compile}). What it has traced lives as long as this object.
 *
 * <p>The traced function runs with stand-ins: it must not read arrays, and what it captures is frozen as it
 * was. State that changes goes through {@link #inputs} and {@link #outputs}.
 */
public final class Compiled implements AutoCloseable {
  private final Functions.OfArrays function;
  private final Compilation<Void> compilation;

  Compiled(Functions.OfArrays function) {
    this.function = function;
    compilation = new Compilation<>((_, in) -> function.apply(in));
  }

  /** The arrays of {@code tree} are read anew at each call; they are used by their handles. */
  public Compiled inputs(Object tree) {
    compilation.inputs(tree);
    return this;
  }

  /** The arrays of {@code tree} stand for what the function made of them after each call. */
  public Compiled outputs(Object tree) {
    compilation.outputs(tree);
    return this;
  }

  /**
   * Shapes do not count: no new trace where only they change; engine {@code java} traces again all the same.
   * MLX: {@code shapeless}.
   */
  public Compiled shapeless() {
    compilation.shapeless();
    return this;
  }

  /** The first result. */
  @Performs
  public Array apply(Array... arguments) {
    return applyAll(arguments)[0];
  }

  /** All results. */
  @Performs
  public Array[] applyAll(Array... arguments) {
    Functions.requireCount("compile", function, arguments.length);
    return compilation.apply(null, arguments);
  }

  /** Forgets what was traced. */
  @Override
  public void close() {
    compilation.close();
  }

  /** A compiled function that also takes constants; each new value or type of them is a new trace. */
  public static final class With<C> implements AutoCloseable {
    private final Compilation<C> compilation;

    With(Functions.WithConstants<C> function) {
      compilation = new Compilation<>(function);
    }

    /** See {@link Compiled#inputs}. */
    public With<C> inputs(Object tree) {
      compilation.inputs(tree);
      return this;
    }

    /** See {@link Compiled#outputs}. */
    public With<C> outputs(Object tree) {
      compilation.outputs(tree);
      return this;
    }

    /** See {@link Compiled#shapeless}. */
    public With<C> shapeless() {
      compilation.shapeless();
      return this;
    }

    /** All results. */
    @Performs
    public Array[] apply(C constants, Array... arguments) {
      return compilation.apply(constants, arguments);
    }

    /** Forgets what was traced. */
    @Override
    public void close() {
      compilation.close();
    }
  }
}
