package io.mlxlint.mx;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The components of records by name; what reflection finds is looked up once for each class. */
final class Components {
  private static final ClassValue<Components> KNOWN = new ClassValue<>() {
    @Override
    protected Components computeValue(Class<?> type) {
      return new Components(type);
    }
  };

  private final Method[] accessors;
  private final Constructor<?> constructor;

  private Components(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    accessors = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      accessors[i] = components[i].getAccessor();
      accessors[i].setAccessible(true);
    }
    try {
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("record " + type.getName() + " has no canonical constructor", e);
    }
  }

  static Map<String, Object> of(Record record) {
    Map<String, Object> parts = new LinkedHashMap<>();
    try {
      for (Method accessor : KNOWN.get(record.getClass()).accessors) {
        parts.put(accessor.getName(), accessor.invoke(record));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("record " + record.getClass().getName() + " cannot be read", e);
    }
    return parts;
  }

  /** A record of the class of {@code like} with other components. */
  static Object record(Record like, Map<String, Object> parts) {
    try {
      return KNOWN.get(like.getClass()).constructor.newInstance(parts.values().toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("record " + like.getClass().getName() + " cannot be made anew", e);
    }
  }
}
