package io.mlxlint.mx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A view of nested containers of arrays, as MLX's functions take them: {@link Array}, {@code Array[]} and
 * other object arrays, {@link Collection}, {@link Map} by name, records, and whatever is a {@link Container}
 * (modules, optimizers). Anything else (numbers, strings, {@code null}) is a {@link Constant} and carries no
 * array.
 *
 * <p>The order is that of the collection's and of the map's iteration (sorted by name where the map promises
 * no order), of the record's components. Leaves are named by their path, such as {@code layers.0.weight}.
 */
public sealed interface Tree {

  /** An array. */
  record Leaf(Array array) implements Tree {}

  /** Something without arrays. */
  record Constant(Object value) implements Tree {}

  /** Named parts; {@code source} is the container they were read from. */
  record Branch(Object source, Map<String, Object> parts) implements Tree {}

  /** Something that holds arrays by name, such as a module. */
  interface Container {
    /** The parts, in a fixed order: arrays or further containers. */
    Map<String, ?> children();
  }

  /** Views {@code value}. */
  static Tree of(Object value) {
    return switch (value) {
      case Array a -> new Leaf(a);
      case Object[] items -> indexed(value, Arrays.asList(items));
      case Collection<?> items -> indexed(value, items);
      case Container container -> named(value, container.children());
      case Map<?, ?> map -> named(value, inOrder(map));
      case Record record -> named(value, Components.of(record));
      case null, default -> new Constant(value);
    };
  }

  /** Whether {@link #of} makes a {@link Constant} of {@code value}; it does not look inside. */
  static boolean isConstant(Object value) {
    return switch (value) {
      case Array _, Object[] _, Collection<?> _, Container _, Map<?, ?> _, Record _ -> false;
      case null, default -> true;
    };
  }

  /** The arrays by path, in order. An array that occurs twice is named twice. */
  default Map<String, Array> leaves() {
    Map<String, Array> out = new LinkedHashMap<>();
    collect("", out);
    return out;
  }

  /** The arrays in order. */
  default List<Array> arrays() {
    return new ArrayList<>(leaves().values());
  }

  /**
   * The same structure with each array replaced, in order; containers that are no Java collection or record
   * become maps by name.
   */
  default Object map(UnaryOperator<Array> function) {
    return switch (this) {
      case Leaf(Array a) -> function.apply(a);
      case Constant(Object value) -> value;
      case Branch(Object source, Map<String, Object> parts) -> {
        Map<String, Object> mapped = new LinkedHashMap<>();
        parts.forEach((name, part) -> mapped.put(name, of(part).map(function)));
        yield rebuild(source, mapped);
      }
    };
  }

  private void collect(String path, Map<String, Array> out) {
    switch (this) {
      case Leaf(Array a) -> out.put(path, a);
      case Constant _ -> { }
      case Branch(Object _, Map<String, Object> parts) ->
          parts.forEach((name, part) -> of(part).collect(path.isEmpty() ? name : path + "." + name, out));
    }
  }

  private static Tree indexed(Object source, Collection<?> items) {
    Map<String, Object> named = new LinkedHashMap<>();
    items.forEach(item -> named.put(Integer.toString(named.size()), item));
    return named(source, named);
  }

  private static Tree named(Object source, Map<?, ?> parts) {
    Map<String, Object> copy = new LinkedHashMap<>();
    parts.forEach((name, part) -> copy.put(String.valueOf(name), part));
    return new Branch(source, Collections.unmodifiableMap(copy));
  }

  private static Map<String, Object> inOrder(Map<?, ?> map) {
    List<String> names = new ArrayList<>();
    Map<String, Object> byName = new LinkedHashMap<>();
    map.forEach((name, part) -> {
      names.add(String.valueOf(name));
      byName.put(String.valueOf(name), part);
    });
    if (!(map instanceof java.util.SequencedMap<?, ?>)) {
      Collections.sort(names);
    }
    Map<String, Object> out = new LinkedHashMap<>();
    names.forEach(name -> out.put(name, byName.get(name)));
    return out;
  }

  private static Object rebuild(Object source, Map<String, Object> parts) {
    return switch (source) {
      case Object[] items -> parts.values().toArray(Arrays.copyOf(items, items.length));
      case Collection<?> _ -> new ArrayList<>(parts.values());
      case Record record -> Components.record(record, parts);
      case Object _ -> parts;
    };
  }
}
