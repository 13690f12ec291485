package io.mlxlint.java;

import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Type;
import java.util.Map;
import java.util.Optional;

/**
 * A field as declared.
 *
 * @param constant its value, if the source says it by a literal and it cannot change
 */
record FieldFacts(String owner, String name, Type type, boolean isStatic, boolean isTransient,
    Optional<Object> constant) {

  FieldFacts(String owner, String name, Type type, boolean isStatic, Optional<Object> constant) {
    this(owner, name, type, isStatic, false, constant);
  }

  FieldFacts with(Map<String, Type> bound) {
    Type seen = Types.substitute(type, bound);
    return seen == type ? this : new FieldFacts(owner, name, seen, isStatic, isTransient, constant);
  }

  FieldRef ref() {
    return new FieldRef(owner, name, Types.ground(type), isStatic, isTransient);
  }
}
