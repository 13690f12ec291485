package io.mlxlint.java;

import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.Type;
import java.util.List;
import java.util.Optional;

/** What does a name stand for? */
final class Meanings {

  /** What a name stands for. */
  sealed interface Meaning {}

  record Variable(Local local) implements Meaning {}

  /** {@code holder} is the class whose instance has it; for a static import the class itself. */
  record Member(FieldFacts field, Optional<DeclaredClass> holder) implements Meaning {}

  private Meanings() {}

  /** The nearest variable or field of that name, lambdas and classes outward, then what is imported. */
  static Optional<Meaning> of(Body body, String name) {
    Body b = body;
    while (true) {
      for (Body.Names n = b.names; n != null; n = n.around()) {
        Local local = n.here().get(name);
        if (local != null) {
          return Optional.of(new Variable(local));
        }
      }
      if (!b.isLambda) {
        Optional<Meaning> field = field(body, b.self, name);
        if (field.isPresent()) {
          return field;
        }
        if (b.outer == null) {
          break;
        }
      }
      b = b.outer;
    }
    for (DeclaredClass c = b.self.outer().orElse(null); c != null; c = c.outer().orElse(null)) {
      Optional<Meaning> field = field(body, c, name);
      if (field.isPresent()) {
        return field;
      }
    }
    Scope.Imports imports = body.types.imports();
    for (String owner : imports.members.getOrDefault(name, List.of())) {
      Optional<FieldFacts> field = body.universe.field(Type.of(owner), name);
      if (field.isPresent()) {
        return Optional.of(new Member(field.get(), Optional.empty()));
      }
    }
    for (String owner : imports.memberClasses) {
      Optional<FieldFacts> field = body.universe.field(Type.of(owner), name);
      if (field.isPresent()) {
        return Optional.of(new Member(field.get(), Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Meaning> field(Body body, DeclaredClass c, String name) {
    return body.universe.field(body.selfType(c), name).map(f -> new Member(f, Optional.of(c)));
  }
}
