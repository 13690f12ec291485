package io.mlxlint.model;

/**
 * A field by the qualified name of its class; a record component is a field.
 *
 * @param isTransient declared so, or made by the compiler: what it holds is no part of a module
 */
public record FieldRef(String className, String name, Type type, boolean isStatic, boolean isTransient) {

  /** Of the names alone, which suffice: fields are looked up often. */
  @Override
  public int hashCode() {
    return 31 * className.hashCode() + name.hashCode();
  }
}
