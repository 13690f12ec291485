package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Type;
import io.mlxlint.op.DType;
import java.util.HashSet;
import java.util.Set;

/**
 * The dtypes of what modules and containers hold. What a module was cast to is the dtype of all its floating
 * parameters and of those of its parts; where parameters are loaded from elsewhere, what constructors made
 * of them says nothing.
 */
final class Parameters {
  private final Classes classes;
  private final Heap heap;

  Parameters(Classes classes, Heap heap) {
    this.classes = classes;
    this.heap = heap;
  }

  /** The dtype of an array, of all arrays of a container or of all floating parameters of a module. */
  Fact dtype(Fact fact) {
    return dtype(fact, null);
  }

  Fact dtype(Fact fact, Context reader) {
    return fact instanceof Ref r && !r.isNull() ? ofAll(r, reader, new HashSet<>()) : fact;
  }

  private Fact ofAll(Ref objects, Context reader, Set<Site> seen) {
    Fact all = Fact.NOTHING;
    for (Site site : objects.sites()) {
      if (seen.add(site)) {
        all = all.join(of(site, reader, seen));
      }
    }
    return all;
  }

  private Fact of(Site site, Context reader, Set<Site> seen) {
    boolean isModule = classes.isModule(site.className());
    Fact cast = heap.load(site, Heap.CAST, reader);
    if (isModule && !(cast instanceof Fact.Nothing)) {
      return cast;
    }
    Fact all = isModule && Classes.isOfRuntime(site.className()) && !site.className().endsWith(".Sequential")
        ? made(site) : Fact.NOTHING;
    if (!isModule) {
      Fact elements = heap.get(site, null, reader);
      return elements instanceof Ref r ? ofAll(r, reader, seen) : elements;
    }
    for (Fact part : heap.parts(site, reader)) {
      all = all.join(switch (part) {
        case Known k -> k.dtype().isFloating() ? k : Fact.NOTHING;
        case Ref r -> ofAll(r, reader, seen);
        case Fact.Nothing _, Fact.Unknown _ -> Fact.NOTHING;
      });
    }
    return all;
  }

  /** The layers of the runtime make float32 parameters. */
  private static Fact made(Site layer) {
    return new Known(DType.FLOAT32, new Why(layer.at().span(), "made with float32 parameters here"),
        Set.of());
  }

  /** From now on all floating parameters of these modules have this dtype, or an unknown one. */
  void cast(Fact modules, Fact dtype, Context reader) {
    if (modules instanceof Ref r) {
      cast(r, dtype, reader, new HashSet<>());
    }
  }

  private void cast(Ref objects, Fact dtype, Context reader, Set<Site> seen) {
    for (Site site : objects.sites()) {
      if (seen.add(site)) {
        heap.store(site, Heap.CAST, dtype);
        heap.store(Classes.dotted(site.className()), Heap.CAST, dtype);
        for (Fact part : heap.parts(site, reader)) {
          if (part instanceof Ref r) {
            cast(r, dtype, reader, seen);
          }
        }
      }
    }
  }

  /**
   * What is in a field.
   *
   * @param object what holds it
   * @param anywhere what the program stores in this field of any object
   * @param unseen what it stores there in objects that are not known
   */
  Fact load(LoadField load, Fact object, Fact anywhere, Fact unseen, Context reader) {
    String name = Heap.place(load.field());
    boolean isPart = !load.field().isTransient();
    boolean ofRuntime = Classes.isOfRuntime(load.field().className());
    return switch (object) {
      case Fact.Nothing _ -> Fact.NOTHING;
      case Known k -> loadKnown(load, k, anywhere);
      case Fact.Unknown _ -> ofRuntime ? Fact.UNKNOWN : isPart ? Heap.cast(anywhere,
          heap.load(Classes.dotted(load.field().className()), Heap.CAST, reader)) : anywhere;
      case Ref r when ofRuntime -> dtype(r, reader);
      case Ref r -> r.sites().stream().map(s -> Heap.cast(heap.load(s, name, reader).join(unseen),
          isPart ? heap.load(s, Heap.CAST, reader) : Fact.NOTHING)).reduce(Fact.NOTHING, Fact::join);
    };
  }

  /** A module of which only the dtype is known. */
  private Fact loadKnown(LoadField load, Known module, Fact stored) {
    if (load.field().isTransient() || !holdsParameters(load.value().type())) {
      return stored;
    }
    boolean isFloating = stored instanceof Known k ? k.dtype().isFloating()
        : classes.isModule(load.value().type()) || Classes.isOfRuntime(load.field().className())
        || !(stored instanceof Fact.Unknown);
    return isFloating ? new Known(module.dtype(), module.why(), Set.of()) : stored;
  }

  private boolean holdsParameters(Type type) {
    return type.isArray() || classes.isModule(type)
        || type.arguments().stream().anyMatch(this::holdsParameters);
  }
}
