package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Tree;
import io.mlxlint.op.DType;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Performs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Something with parameters ({@code mlx.nn.Module}). Its fields that hold arrays, modules, or lists, maps,
 * records and Java arrays of these are its parts, in the order they are declared; {@code transient} and
 * static fields are not. A part is named after its field in MLX's spelling: {@code queryProj} is {@code
 * query_proj}; a name with a capital in front, such as {@code Wx}, stays.
 *
 * <p>Users write {@link #forward(Array)} and call {@link #apply(Array)}, which releases what {@code forward}
 * makes and does not return. A parameter is one handle for the module's life: an update makes it stand for
 * the new value.
 */
public abstract class Module implements Tree.Container, Functions.Of1 {
  private boolean training = true;
  private final Set<String> frozen = new HashSet<>();
  private final Set<String> neverTrained = new HashSet<>();

  /** What the module does with one array. */
  protected Array forward(Array x) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no forward for one array");
  }

  /** What the module does with two arrays. */
  protected Array forward(Array x, Array y) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no forward for two arrays");
  }

  /** What the module does with three arrays. */
  protected Array forward(Array x, Array y, Array z) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no forward for three arrays");
  }

  /** Runs {@link #forward(Array)} in a scope. */
  @Override
  @Performs
  public final Array apply(Array x) {
    return MX.tidy(() -> forward(x));
  }

  /** Runs {@link #forward(Array, Array)} in a scope. */
  @Performs
  public final Array apply(Array x, Array y) {
    return MX.tidy(() -> forward(x, y));
  }

  /** Runs {@link #forward(Array, Array, Array)} in a scope. */
  @Performs
  public final Array apply(Array x, Array y, Array z) {
    return MX.tidy(() -> forward(x, y, z));
  }

  /** Takes an array made in a constructor out of the scopes that are open there. */
  protected static Array parameter(Array value) {
    return MX.keep(value);
  }

  /** The parts by name: arrays, modules and containers of them. */
  @Override
  public Map<String, ?> children() {
    return Fields.of(this);
  }

  /**
   * All parameters by path, such as {@code layers.0.weight}: the module's own handles, which stand for the
   * new values after an update. {@code MX.array(parameter)} keeps the value of now.
   */
  public Map<String, Array> parameters() {
    return Tree.of(this).leaves();
  }

  /** The parameters that are not frozen. */
  public Map<String, Array> trainableParameters() {
    Map<String, Array> out = new LinkedHashMap<>();
    collect("", this, false, out);
    return out;
  }

  /** Arrays in lists and maps belong to the field of the module that holds them. */
  private static void collect(String path, Object part, boolean isFrozen, Map<String, Array> out) {
    if (part instanceof Array a) {
      if (!isFrozen) {
        out.put(path, a);
      }
    } else if (Tree.of(part) instanceof Tree.Branch branch) {
      branch.parts().forEach((name, child) -> collect(path.isEmpty() ? name : path + "." + name, child,
          part instanceof Module m ? m.isFrozen(name) : isFrozen, out));
    }
  }

  private boolean isFrozen(String name) {
    return frozen.contains(name) || neverTrained.contains(name);
  }

  /** Keeps own parts out of training whatever is unfrozen, as the running statistics of a norm are. */
  protected final void neverTrain(String... names) {
    neverTrained.addAll(Arrays.asList(names));
  }

  /** This module and those in it. */
  public Map<String, Module> namedModules() {
    Map<String, Module> out = new LinkedHashMap<>();
    modules("", this, out);
    return out;
  }

  private static void modules(String path, Object part, Map<String, Module> out) {
    if (part instanceof Module m) {
      out.put(path, m);
    }
    if (Tree.of(part) instanceof Tree.Branch branch) {
      branch.parts().forEach((name, child) -> modules(path.isEmpty() ? name : path + "." + name, child, out));
    }
  }

  /** Takes all parameters out of training. */
  public Module freeze() {
    return each(m -> m.frozen.addAll(m.children().keySet()));
  }

  /** Takes the named own parameters of this module and those in it out of training, such as {@code bias}. */
  public Module freeze(String... names) {
    return each(m -> m.frozen.addAll(Arrays.asList(names)));
  }

  /** Takes all parameters back into training. */
  public Module unfreeze() {
    return each(m -> m.frozen.clear());
  }

  /** Takes the named own parameters of this module and those in it back into training. */
  public Module unfreeze(String... names) {
    return each(m -> m.frozen.removeAll(Arrays.asList(names)));
  }

  /** Whether layers that differ in training (dropout) behave so; true at first. */
  public boolean training() {
    return training;
  }

  /** As {@link #train(boolean)} with true. */
  public Module train() {
    return train(true);
  }

  /** Sets {@link #training} here and below. */
  public Module train(boolean mode) {
    return each(m -> m.training = mode);
  }

  /** As {@link #train} with false; it computes nothing. */
  public Module eval() {
    return train(false);
  }

  private Module each(Consumer<Module> action) {
    namedModules().values().forEach(action);
    return this;
  }

  /** Makes the named parameters stand for other arrays; an unknown name is refused. */
  public Module update(Map<String, Array> values) {
    Map<String, Array> own = parameters();
    values.forEach((name, value) -> {
      Array handle = own.get(name);
      if (handle == null) {
        throw new IllegalArgumentException("update: there is no parameter " + name);
      }
      handle.assign(value);
    });
    return this;
  }

  /**
   * Makes each parameter stand for what {@code function} gives for it, lazily. MLX: {@code Module.apply}, a
   * name that is the call's here.
   */
  public Module applyToParameters(Functions.Of1 function) {
    MX.tidy(() -> parameters().values().forEach(a -> a.assign(function.apply(a))));
    return this;
  }

  /** Casts all floating parameters, lazily. */
  public Module setDtype(DType dtype) {
    MX.tidy(() -> parameters().values().forEach(a -> {
      if (a.dtype().isFloating()) {
        a.assign(a.astype(dtype));
      }
    }));
    return this;
  }

  /** Lazily loads a safetensors file that names every parameter and nothing else. */
  @Performs(effect = Effect.LAZY)
  public Module loadWeights(Path file) {
    return MX.tidy(() -> loadWeights(MX.load(file), true));
  }

  /** As {@link #loadWeights(Path)}. */
  @Performs(effect = Effect.LAZY)
  public Module loadWeights(String file) {
    return loadWeights(Path.of(file));
  }

  /**
   * Makes the parameters stand for {@code weights}.
   *
   * @param strict refuses missing and unknown names and other shapes; otherwise what fits by name is taken
   */
  public Module loadWeights(Map<String, Array> weights, boolean strict) {
    Map<String, Array> own = parameters();
    if (strict) {
      requireSame(own, weights);
    }
    weights.forEach((name, value) -> {
      if (own.containsKey(name)) {
        own.get(name).assign(value);
      }
    });
    return this;
  }

  private static void requireSame(Map<String, Array> own, Map<String, Array> weights) {
    Set<String> missing = new TreeSet<>(own.keySet());
    missing.removeAll(weights.keySet());
    Set<String> unknown = new TreeSet<>(weights.keySet());
    unknown.removeAll(own.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException("load_weights: missing " + missing + ", unknown " + unknown);
    }
    own.forEach((name, a) -> {
      if (!a.shape().equals(weights.get(name).shape())) {
        throw new IllegalArgumentException("load_weights: " + name + " has shape " + a.shape() + ", the file "
            + weights.get(name).shape());
      }
    });
  }

  /** Computes the parameters and writes them to a safetensors file. */
  @Performs(effect = Effect.FORCES)
  public void saveWeights(Path file) {
    MX.saveSafetensors(file, parameters());
  }

  /** As {@link #saveWeights(Path)}. */
  @Performs(effect = Effect.FORCES)
  public void saveWeights(String file) {
    saveWeights(Path.of(file));
  }

  /** The class, its parameters with dtype and shape, and the modules in it; it computes nothing. */
  @Override
  public String toString() {
    return Outline.of(this);
  }
}
