package io.mlxlint.java;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Calls.Bound;
import io.mlxlint.java.MethodFacts.Performed;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a resolved call into the instruction that says what it does. */
final class Effects {
  private static final String SCOPE = "io.mlxlint.mx.Scope";
  private static final String MODULE = "io.mlxlint.mx.nn.Module";

  private final Body body;
  private final Strings strings;
  private final Containers containers;

  Effects(Body body, Strings strings) {
    this.body = body;
    this.strings = strings;
    this.containers = new Containers(body);
  }

  Value of(Bound b) {
    return switch (b.method().origin()) {
      case RUNTIME -> b.method().performs().map(p -> performed(b, p)).orElseGet(() -> runtime(b));
      case SOURCES -> ofSources(b);
      case LIBRARY -> ofLibrary(b);
    };
  }

  private Value result(Bound b) {
    return body.flow.value(b.hint().name(), b.result());
  }

  private boolean hasReceiver(Bound b) {
    return b.site().receiver() != null && !b.method().isStatic();
  }

  private Value call(Bound b, Target target) {
    Value value = result(b);
    body.add(new Instruction.Call(value, target, hasReceiver(b), b.uses(), b.span()), b.spans());
    return value;
  }

  // --- the array runtime

  private Value performed(Bound b, Performed p) {
    String name = b.method().name();
    return switch (p.effect()) {
      case LAZY -> Kind.named(p.operation()).map(k -> operation(b, k)).orElseGet(() -> runtime(b));
      case FORCES -> force(b, Wait.EVALUATE, name);
      case READS_HOST -> force(b, name.equals("toString") ? Wait.STRING : Wait.READ, name);
      case SUBMITS -> submit(b);
      case TRANSFORMS -> transform(b, name);
      case RELEASES -> {
        body.add(b.site().type().name().equals(SCOPE) && hasReceiver(b)
            ? new Instruction.ScopeExit(b.uses(), b.span()) : new Instruction.Release(b.uses(), b.span()),
                b.spans());
        yield result(b);
      }
    };
  }

  private Value operation(Bound b, Kind kind) {
    boolean inPlace = b.result().equals(Type.VOID);
    Value value = inPlace ? body.flow.value(hasReceiver(b) ? b.uses().getFirst().name() : "", Type.ARRAY)
        : result(b);
    body.add(new Instruction.Operation(value, kind, b.method().name(), b.uses(), b.span()), b.spans());
    if (inPlace && hasReceiver(b)) {
      Calls.replace(body, b.site().place(), value, b.span());
    }
    return value;
  }

  private Value force(Bound b, Wait how, String method) {
    Value value = result(b);
    body.add(new Instruction.Force(value, how, method, b.uses(), b.span()), b.spans());
    return value;
  }

  /** With one argument the call gives that argument back. */
  private Value submit(Bound b) {
    Value nothing = body.flow.value("", Type.VOID);
    body.add(new Instruction.Submit(nothing, b.uses(), b.span()), b.spans());
    return b.uses().size() == 1 && !b.result().equals(Type.VOID) ? b.uses().getFirst() : nothing;
  }

  private Value transform(Bound b, String name) {
    if (b.result().name().equals(SCOPE)) {
      Value scope = result(b);
      body.add(new Instruction.ScopeEnter(scope, b.span()), List.of());
      return scope;
    }
    if (name.equals("keep")) {
      body.add(new Instruction.Transform(body.flow.value("", Type.VOID), name, b.uses(), b.span()),
          b.spans());
      return b.uses().getLast();
    }
    Value value = result(b);
    List<Value> uses = new ArrayList<>(b.uses());
    List<Span> spans = new ArrayList<>(b.spans());
    for (int i = 0; i < uses.size(); i++) {
      if (body.universe.functional(uses.get(i).type()).isPresent()
          || body.calls.closures.isClosure(uses.get(i))) {
        uses.addFirst(uses.remove(i));
        spans.addFirst(spans.remove(i));
        break;
      }
    }
    body.add(new Instruction.Transform(value, name, uses, b.span()), spans);
    return value;
  }

  private Value runtime(Bound b) {
    if (hasReceiver(b) && b.method().owner().equals(MODULE)) {
      return module(b);
    }
    boolean isFunction = b.site().receiver() != null && b.method().isAbstract()
        && body.universe.functional(b.site().type()).isPresent();
    return call(b, isFunction ? new Target.Functional(b.method().name())
        : new Target.Runtime(b.method().ref()));
  }

  /**
   * {@code apply} runs {@code forward}; what casts or loads parameters leaves another module in its place.
   */
  private Value module(Bound b) {
    String name = b.method().name();
    if (name.equals("apply")) {
      return call(b, forward(b));
    }
    if (!name.equals("setDtype") && !name.equals("loadWeights") && !name.equals("update")) {
      return call(b, new Target.Runtime(b.method().ref()));
    }
    Value changed = call(b, new Target.Runtime(b.method().ref()));
    Value receiver = b.uses().getFirst();
    Value module = body.flow.value(receiver.name(), receiver.type());
    body.add(new Instruction.Compute(module, "cast", List.of(changed), b.span()), List.of());
    Calls.replace(body, b.site().place(), module, b.span());
    return module;
  }

  private Target forward(Bound b) {
    Type type = b.site().type();
    Optional<MethodFacts> nearest = body.universe.methods(type, "forward").stream()
        .filter(m -> m.parameters().equals(b.method().parameters())).findFirst()
        .filter(m -> !m.owner().equals(MODULE));
    if (nearest.isEmpty()) {
      return new Target.Runtime(b.method().ref());
    }
    Set<MethodRef> candidates = new LinkedHashSet<>(List.of(nearest.get().ref()));
    body.universe.overriding(nearest.get(), type.name()).forEach(o -> candidates.add(o.ref()));
    return nearest.get().origin() == ClassFacts.Origin.RUNTIME ? new Target.Runtime(nearest.get().ref())
        : new Target.Methods(List.copyOf(candidates));
  }

  // --- the linted sources

  private Value ofSources(Bound b) {
    MethodFacts m = b.method();
    Optional<DeclaredClass> owner = body.universe.declared(m.owner());
    if (owner.filter(c -> c.isImplicitAccessor(m)).isPresent() && !b.uses().isEmpty()) {
      FieldFacts component = owner.get().components().stream().filter(c -> c.name().equals(m.name()))
          .findFirst()
          .orElseThrow();
      Value value = body.flow.value(b.hint().name().isEmpty() ? m.name() : b.hint().name(), b.result());
      body.add(new Instruction.LoadField(value, component.ref(), b.uses(), b.span()), b.spans());
      return value;
    }
    return call(b, target(b));
  }

  private Target target(Bound b) {
    MethodFacts m = b.method();
    if (!b.isCertain()) {
      return new Target.Unknown(m.name());
    }
    if (b.site().isExact() || m.isStatic() || m.name().equals("<init>")) {
      return new Target.Methods(List.of(m.ref()));
    }
    Set<MethodRef> candidates = new LinkedHashSet<>();
    if (!m.isAbstract()) {
      candidates.add(m.ref());
    }
    body.universe.overriding(m, b.site().type().name()).forEach(o -> candidates.add(o.ref()));
    if (candidates.isEmpty()) {
      return body.universe.functional(b.site().type()).isPresent() ? new Target.Functional(m.name())
          : new Target.Unknown(m.name());
    }
    return new Target.Methods(List.copyOf(candidates));
  }

  // --- the JDK and the class path

  private Value ofLibrary(Bound b) {
    MethodFacts m = b.method();
    String owner = b.site().receiver() == null ? m.owner() : b.site().type().name();
    if (hasReceiver(b) && Strings.isToString(b.site().type(), m.name(), b.uses().size() - 1)) {
      return force(b, Wait.STRING, "toString");
    }
    if (Strings.takesText(owner, m.name()) || Strings.takesText(m.owner(), m.name())) {
      return call(texts(b), new Target.Library(owner, m.name()));
    }
    if (hasReceiver(b)) {
      if (m.isAbstract() && body.universe.functional(b.site().type()).filter(f -> f.name().equals(m.name()))
          .isPresent() && !owner.equals("java.lang.Iterable") && !owner.equals("java.lang.AutoCloseable")) {
        return call(b, new Target.Functional(m.name()));
      }
      Optional<Value> element = containers.call(b.site().type(), m.name(), b.uses(), b.spans(), b.result(),
          b.span(), b.hint());
      if (element.isPresent()) {
        return element.get();
      }
      if (m.isAbstract() && b.isCertain() && body.universe.declared(owner).isPresent()
          && !body.universe.overriding(m, owner).isEmpty()) {
        // a class of the program leaves to those below it what a library's interface demands
        return call(b, target(b));
      }
    }
    Value value = call(b, new Target.Library(owner, m.name()));
    if (!hasReceiver(b)) {
      containers.filled(owner, m.name(), value, b.uses(), b.spans(), b.span());
    }
    return value;
  }

  private Bound texts(Bound b) {
    List<Value> uses = new ArrayList<>();
    for (int i = 0; i < b.uses().size(); i++) {
      uses.add(strings.forced(b.uses().get(i), b.spans().get(i)));
    }
    return new Bound(b.site(), b.method(), b.isCertain(), uses, b.spans(), b.result(), b.span(), b.hint());
  }
}
