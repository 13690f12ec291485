package io.mlxlint.model;

/**
 * The result of one instruction, or a parameter. Each value is defined once in its method.
 *
 * @param id unique in the method
 * @param name the variable it was last stored to, empty for an unnamed result; for messages only
 */
public record Value(int id, String name, Type type) {

  @Override
  public boolean equals(Object o) {
    return o instanceof Value v && v.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "%" + id : "%" + id + ":" + name;
  }
}
