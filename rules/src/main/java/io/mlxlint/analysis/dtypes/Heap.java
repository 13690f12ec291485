package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.model.FieldRef;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What objects hold: fields by name, elements of containers by key. It only grows; who has read a place is
 * told when it does.
 */
final class Heap {
  /** The place for all elements of a container, whatever their keys. */
  static final String ELEMENTS = "[*]";
  private static final String UNKEYED = "[]";
  private static final String TRANSIENT = "transient ";
  /** What all arrays of a module were cast to. */
  static final String CAST = "#cast";

  private record Place(Object owner, String name) {}

  private static final class Cell {
    Fact fact = Fact.NOTHING;
    final Set<Context> readers = new LinkedHashSet<>();
  }

  private final Map<Place, Cell> cells = new HashMap<>();
  private final Map<Site, Set<String>> names = new HashMap<>();
  private final Map<Site, Set<Context>> wholeReaders = new HashMap<>();
  private final Consumer<Context> wake;

  /** @param wake told about each reader of a place that has changed */
  Heap(Consumer<Context> wake) {
    this.wake = wake;
  }

  private Cell cell(Object owner, String name) {
    return cells.computeIfAbsent(new Place(owner, name), _ -> new Cell());
  }

  /** What is in a place; {@code reader} (null if nobody) runs again when that changes. */
  Fact load(Object owner, String name, Context reader) {
    Cell cell = reader == null ? cells.get(new Place(owner, name)) : cell(owner, name);
    if (cell == null) {
      return Fact.NOTHING;
    }
    if (reader != null) {
      cell.readers.add(reader);
    }
    return cell.fact;
  }

  void store(Object owner, String name, Fact fact) {
    if (fact instanceof Fact.Nothing) {
      return;
    }
    Cell cell = cell(owner, name);
    Fact joined = cell.fact.join(fact);
    if (!joined.says(cell.fact)) {
      cell.fact = joined;
      cell.readers.forEach(wake);
      if (owner instanceof Site site) {
        names.computeIfAbsent(site, _ -> new LinkedHashSet<>()).add(name);
        wholeReaders.getOrDefault(site, Set.of()).forEach(wake);
      }
    }
  }

  /** Puts an element into a container; {@code key} is null where it is not a constant. */
  void put(Site container, Object key, Fact element) {
    store(container, key == null ? UNKEYED : "[" + key + "]", element);
    store(container, ELEMENTS, element);
  }

  /** The element under a key, or any element. */
  Fact get(Site container, Object key, Context reader) {
    Fact cast = load(container, CAST, reader);
    Fact element = key == null ? load(container, ELEMENTS, reader)
        : load(container, "[" + key + "]", reader).join(load(container, UNKEYED, reader));
    return cast(element, cast);
  }

  /** Any element of what this may be; a container of known arrays is known itself. */
  Fact elements(Fact container, Object key, Context reader) {
    return switch (container) {
      case Ref r -> r.sites().stream().map(s -> get(s, key, reader)).reduce(Fact.NOTHING, Fact::join);
      case Known _, Fact.Nothing _, Fact.Unknown _ -> container;
    };
  }

  /** The place of a field in its object. */
  static String place(FieldRef field) {
    return field.isTransient() ? TRANSIENT + field.name() : field.name();
  }

  /** All that is part of an object, but for what it was cast to. */
  List<Fact> parts(Site object, Context reader) {
    if (reader != null) {
      wholeReaders.computeIfAbsent(object, _ -> new LinkedHashSet<>()).add(reader);
    }
    return names.getOrDefault(object, Set.of()).stream()
        .filter(n -> !n.equals(CAST) && !n.startsWith(TRANSIENT)).map(n -> load(object, n, null)).toList();
  }

  /** A floating array has the dtype that the module around it was cast to last. */
  static Fact cast(Fact stored, Fact cast) {
    boolean isFloating = stored instanceof Known k && k.dtype().isFloating();
    return cast instanceof Fact.Nothing || !isFloating ? stored : cast;
  }
}
