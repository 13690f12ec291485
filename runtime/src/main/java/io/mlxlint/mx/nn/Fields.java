package io.mlxlint.mx.nn;

import io.mlxlint.mx.Tree;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of a module that may hold arrays, by MLX's names. */
final class Fields {

  private Fields() {}

  /** What the fields hold now, in the order they are declared, those of superclasses first. */
  static Map<String, Object> of(Module module) {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Part part : PARTS.get(module.getClass())) {
      Object value = value(module, part.field());
      if (value != null) {
        parts.put(part.name(), value);
      }
    }
    return parts;
  }

  /** A field that may hold arrays, and what its value is called. */
  private record Part(String name, Field field) {}

  /** Looked up once for each class: parameters are walked at every training step. */
  private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
    @Override
    protected List<Part> computeValue(Class<?> type) {
      List<Part> parts = new ArrayList<>();
      if (type != Module.class) {
        parts.addAll(computeValue(type.getSuperclass()));
        for (Field field : type.getDeclaredFields()) {
          if (mayHoldArrays(field)) {
            field.setAccessible(true);
            parts.add(new Part(snakeCase(field.getName()), field));
          }
        }
      }
      return List.copyOf(parts);
    }
  };

  private static boolean mayHoldArrays(Field field) {
    return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
        && !field.isSynthetic() && !field.getType().isPrimitive();
  }

  private static Object value(Module module, Field field) {
    try {
      Object value = field.get(module);
      return Tree.isConstant(value) ? null : value;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field " + field + " cannot be read", e);
    }
  }

  private static String snakeCase(String name) {
    return Character.isUpperCase(name.charAt(0)) ? name
        : name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
