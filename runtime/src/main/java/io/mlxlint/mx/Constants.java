package io.mlxlint.mx;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Constants of a compiled function as keys: equal only if values and types are. */
final class Constants {
  private record OfRecord(Class<?> type, List<Object> components) {}

  private record OfList(List<Object> items) {}

  private record OfMap(Map<Object, Object> entries) {}

  private Constants() {}

  /**
   * A copy that later changes of {@code value} do not reach.
   *
   * @throws IllegalArgumentException for anything but numbers, booleans, strings, enums, records, lists and
   * maps
   */
  static Object key(Object value) {
    return switch (value) {
      case null -> List.of();
      case Number n -> n;
      case Boolean b -> b;
      case Character c -> c;
      case String s -> s;
      case Enum<?> e -> e;
      case List<?> items -> {
        List<Object> copy = new ArrayList<>();
        items.forEach(item -> copy.add(key(item)));
        yield new OfList(copy);
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(key(k), key(v)));
        yield new OfMap(copy);
      }
      case Record record -> new OfRecord(record.getClass(), components(record));
      case Array _ -> throw new IllegalArgumentException(
          "compile: an array among the constants, pass it as an input instead");
      default -> throw new IllegalArgumentException(
          "compile: constants are numbers, booleans, strings, enums, or records, lists and maps of these, "
              + "not " + value.getClass().getName());
    };
  }

  private static List<Object> components(Record record) {
    List<Object> out = new ArrayList<>();
    try {
      for (RecordComponent c : record.getClass().getRecordComponents()) {
        c.getAccessor().setAccessible(true);
        out.add(key(c.getAccessor().invoke(record)));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("record " + record.getClass().getName() + " cannot be read", e);
    }
    return out;
  }
}
