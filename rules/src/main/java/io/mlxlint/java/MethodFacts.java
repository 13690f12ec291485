package io.mlxlint.java;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.java.ClassFacts.Origin;
import io.mlxlint.java.ClassFacts.Variable;
import io.mlxlint.model.Type;
import io.mlxlint.op.Effect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method as declared.
 *
 * @param ref with the erased types of the declaration
 * @param owner the class that declares it, with dots only
 * @param performs what the runtime says it does
 */
record MethodFacts(MethodRef ref, String owner, Origin origin, List<Variable> typeParameters,
    List<Type> parameters,
    Type returns, boolean isStatic, boolean isAbstract, boolean isVarargs, Optional<Performed> performs) {

  /** A {@code @Performs}: the MLX name of the operation, or empty, and the effect. */
  record Performed(String operation, Effect effect) {}

  /** Reflection promises no order, and an answer must not depend on it. */
  static final Comparator<MethodFacts> ORDER = Comparator.comparing((MethodFacts m) -> m.ref.name())
      .thenComparing(m -> m.ref.parameterTypes().size()).thenComparing(m ->
          m.ref.parameterTypes().toString());

  String name() {
    return ref.name();
  }

  /**
   * With the type parameters of the class bound; those of the method itself stay open, whatever their names.
   */
  MethodFacts with(Map<String, Type> ofClass) {
    if (ofClass.isEmpty() || isStatic) {
      return this;
    }
    Map<String, Type> bound = ofClass;
    if (!typeParameters.isEmpty()) {
      bound = new HashMap<>(ofClass);
      for (Variable v : typeParameters) {
        bound.remove("#" + v.name());
      }
    }
    Map<String, Type> all = bound;
    return new MethodFacts(ref, owner, origin, typeParameters,
        parameters.stream().map(p -> Types.substitute(p, all)).toList(), Types.substitute(returns, all),
        isStatic, isAbstract, isVarargs, performs);
  }

  boolean accepts(int arguments) {
    return arguments == parameters.size() || isVarargs && arguments >= parameters.size() - 1;
  }

  /** The type of the parameter that takes the argument at this place, spread if varargs are spread. */
  Type parameter(int at, boolean spread) {
    return spread && at >= parameters.size() - 1 ? parameters.getLast().element() : parameters.get(at);
  }
}
