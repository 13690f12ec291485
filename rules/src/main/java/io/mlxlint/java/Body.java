package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.Parameter;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One body while it is lowered: its names, its flow, and what it is nested in. */
final class Body {

  /** Something that a break, continue, return or yield may have to pass or may aim at. */
  sealed interface Region {}

  /** {@code continueTo} is null in a switch; both may be, for a labelled block. */
  record Target(String label, boolean isPlain, Draft breakTo, Draft continueTo) implements Region {}

  /** A switch expression: {@code yield} stores and leaves. */
  record YieldTarget(Local result, Draft to) implements Region {}

  /** What must run on the way out, such as a finally block. */
  record Cleanup(Runnable code, List<Draft> guards, Names names) implements Region {}

  /** The names of a block, and those around it. */
  record Names(Names around, Map<String, Local> here) {}

  final Unit unit;
  final Universe universe;
  final DeclaredClass self;
  final Scope types;
  final Flow flow;
  final MethodRef ref;
  final Body outer;
  final boolean isLambda;
  final Output output;
  final Statements statements;
  final Expressions expressions;
  final Calls calls;
  final Deque<Region> regions = new ArrayDeque<>();
  /** In a lambda, what it captures; in a class, the locals of the method around it, shared by its methods. */
  final Map<Local, Value> captured;
  final Type returns;
  /** The type of what a lambda was seen to return, which its target's type parameters follow from. */
  Type returned = Type.VOID;
  private Local self0;
  Names names = new Names(null, new HashMap<>());
  private Span statement;

  /** Where finished methods go, with the count of lambdas in the member being lowered. */
  static final class Output {
    final List<Method> methods = new ArrayList<>();
    final Map<MethodRef, Integer> lambdas = new HashMap<>();
    final Map<Node, Closures.Lowered> closures = new IdentityHashMap<>();
    /** The methods that lambdas and method references implement, see {@link Lambdas}. */
    final Set<String> functions = new HashSet<>();
    /** For each local or anonymous class, the variables of the method around it that it keeps in fields. */
    final Map<DeclaredClass, Map<Local, Value>> captured = new IdentityHashMap<>();
  }

  Body(Unit unit, DeclaredClass self, Scope types, MethodRef ref, Body outer, boolean isLambda,
      Map<Local, Value> captured, Output output, Span span, Type returns) {
    this.unit = unit;
    this.universe = unit.universe();
    this.self = self;
    this.types = types;
    this.ref = ref;
    this.outer = outer;
    this.isLambda = isLambda;
    this.captured = captured;
    this.output = output;
    this.statement = span;
    this.returns = returns;
    this.flow = new Flow(span, this::capture);
    this.statements = new Statements(this);
    this.expressions = new Expressions(this);
    this.calls = new Calls(this);
  }

  private Value capture(Local local) {
    return captured.computeIfAbsent(local, l -> flow.value(l.name, l.type));
  }

  void note(Type result) {
    returned = returned.equals(Type.VOID) || returned.isUnknown() || returned.equals(Types.NULL) ? result
        : returned;
  }

  // --- text

  Span span(Node node) {
    return unit.source().span(node);
  }

  Span statement() {
    return statement;
  }

  void atStatement(Node node) {
    statement = span(node);
  }

  void atStatement(Span span) {
    statement = span;
  }

  // --- types

  Type type(com.github.javaparser.ast.type.Type node) {
    return seen(types.type(node));
  }

  /** As the body sees it: a type parameter of the class is its bound. */
  Type seen(Type type) {
    return seen(self, type);
  }

  static Type seen(DeclaredClass from, Type type) {
    return Types.isGround(type) ? type : Types.ground(Types.substitute(type, bounds(from)));
  }

  private static Map<String, Type> bounds(DeclaredClass c) {
    Map<String, Type> bounds = new HashMap<>();
    for (DeclaredClass d = c; d != null; d = d.outer().orElse(null)) {
      for (ClassFacts.Variable v : d.typeParameters()) {
        if (!v.bound().equals(Types.OBJECT)) {
          bounds.putIfAbsent("#" + v.name(), v.bound());
        }
      }
    }
    return bounds;
  }

  Type selfType(DeclaredClass c) {
    if (c.typeParameters().isEmpty()) {
      return c.type();
    }
    Map<String, Type> bounds = bounds(c);
    return new Type(c.name(), c.typeParameters().stream()
        .map(v -> bounds.getOrDefault("#" + v.name(), Type.UNKNOWN)).toList());
  }

  // --- names

  void push() {
    names = new Names(names, new HashMap<>());
  }

  void pop() {
    names = names.around;
  }

  Names names() {
    return names;
  }

  void restore(Names before) {
    names = before;
  }

  Local declare(String name, Type type) {
    Local local = flow.local(name, type);
    names.here.put(name, local);
    return local;
  }

  /** A variable of the lowering itself, which no name finds. */
  Local hidden(String name, Type type) {
    return flow.local(name, type);
  }

  Value parameter(String name, Type type) {
    Value value = flow.value(name, type);
    flow.write(declare(name, type), value);
    return value;
  }

  Value parameter(Parameter p, Type type) {
    return parameter(p.getNameAsString(), type);
  }

  /** Gives an instance method its {@code this}. */
  Value receiver() {
    self0 = flow.local("this", selfType(self));
    Value value = flow.value("this", self0.type);
    flow.write(self0, value);
    return value;
  }

  /** See {@link Meanings#of}. */
  Optional<Meanings.Meaning> meaning(String name) {
    return Meanings.of(this, name);
  }

  // --- values

  Value read(Local local) {
    if (local.owner == flow || isLambda) {
      return flow.read(local);
    }
    captured.putIfAbsent(local, flow.value("", local.type));
    Value value = flow.value(local.name, local.type);
    add(new Instruction.LoadField(value, captureField(self, local), List.of(self()), statement), List.of());
    return value;
  }

  /** Where a local or anonymous class keeps a variable of the method around it. */
  static FieldRef captureField(DeclaredClass c, Local local) {
    return new FieldRef(c.name(), "val$" + local.name, local.type, false, true);
  }

  Optional<Local> selfLocal() {
    Body b = this;
    while (b.isLambda) {
      b = b.outer;
    }
    return Optional.ofNullable(b.self0);
  }

  /** {@code this}; in a static context, where no program asks for it, an unknown value. */
  Value self() {
    return selfLocal().map(flow::read).orElseGet(() -> constant(null, selfType(self), statement, Hint.NONE));
  }

  /** The instance of this class that is around the code: {@code this}, or an outer instance. */
  Value self(DeclaredClass holder) {
    Value value = self();
    DeclaredClass at = self;
    while (at != holder && !universe.isSubtype(at.type(), holder.name()) && at.outer().isPresent()) {
      FieldRef field = outerField(at);
      Value next = flow.value("", field.type());
      add(new Instruction.LoadField(next, field, List.of(value), statement), List.of());
      value = next;
      at = at.outer().get();
    }
    return value;
  }

  /** Where an inner class keeps the instance of the class around it. */
  static FieldRef outerField(DeclaredClass inner) {
    return new FieldRef(inner.name(), "this$0", inner.outer().orElseThrow().type(), false, true);
  }

  // --- instructions

  void add(Instruction instruction, List<Span> operands) {
    flow.add(instruction, new Site(statement, operands));
  }

  Value constant(Object literal, Type type, Span span, Hint hint) {
    Value value = flow.value(hint.name(), type);
    add(new Instruction.Constant(value, literal, span), List.of());
    return value;
  }

  Value compute(String operator, Type type, List<Value> uses, Span span, List<Span> operands, Hint hint) {
    Value value = flow.value(hint.name(), type);
    add(new Instruction.Compute(value, operator, uses, span), operands);
    return value;
  }

  void branch(Value condition, Draft yes, Draft no, Span span) {
    flow.branch(condition, yes, no, span, new Site(statement, List.of(span)));
  }

  /** The finished method. */
  Method finish(MethodRef ref, List<Value> parameters, Optional<MethodRef> enclosing, boolean isPublic,
      Span span) {
    add(new Instruction.Return(List.of(), span), List.of());
    flow.end();
    Flow.Finished finished = flow.finish();
    List<Value> captures = isLambda ? List.copyOf(captured.values()) : List.of();
    return new Method(ref, parameters, captures, returns.isUnknown() ? returned : returns, finished.blocks(),
        finished.loops(), enclosing, isPublic, span, finished.sites());
  }

  static Map<Local, Value> noCaptures() {
    return new LinkedHashMap<>();
  }
}
