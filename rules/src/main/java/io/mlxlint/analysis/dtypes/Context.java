package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What holds in a method when it is called with arguments of certain dtypes. */
public final class Context {
  private final Method method;
  private final Function<Fact, Fact> dtype;
  private final Fact[] arguments;
  private final Fact[] facts;
  /** What arrays were made to stand for, and containers received, besides their definition. */
  private final Fact[] received;
  private final Map<String, Map<Instruction, Site>> sites = new HashMap<>();
  private final Set<Context> callers = new LinkedHashSet<>();
  private final Set<Context> callees = new LinkedHashSet<>();
  private Fact returned = Fact.NOTHING;
  private boolean isRunning;

  /** @param dtype what the dtype of a container or a module is, from its fact */
  Context(Method method, int values, List<Fact> arguments, Function<Fact, Fact> dtype) {
    this.method = method;
    this.dtype = dtype;
    this.arguments = arguments.toArray(Fact[]::new);
    facts = new Fact[values];
    received = new Fact[values];
    Arrays.fill(facts, Fact.NOTHING);
    Arrays.fill(received, Fact.NOTHING);
  }

  /** The dtype of an array, of all arrays in a container, or that a {@code DType} value stands for. */
  public Optional<Known> of(Value value) {
    return dtype.apply(fact(value)) instanceof Known k ? Optional.of(k) : Optional.empty();
  }

  Method method() {
    return method;
  }

  Fact fact(Value value) {
    return facts[value.id()].join(received[value.id()]);
  }

  /** Whether this says more than was known of {@code value}. */
  boolean set(Value value, Fact fact) {
    if (facts[value.id()].says(fact)) {
      return false;
    }
    facts[value.id()] = fact;
    return true;
  }

  /** Adds what {@code value} may stand for besides its definition. */
  boolean receive(Value value, Fact fact) {
    Fact joined = received[value.id()].join(fact);
    boolean changed = !joined.says(received[value.id()]);
    received[value.id()] = joined;
    return changed;
  }

  Fact received(Value value) {
    return received[value.id()];
  }

  List<Fact> arguments() {
    return Arrays.asList(arguments);
  }

  /** Another call with the same key: whether its arguments say more. */
  boolean widen(List<Fact> others) {
    boolean changed = false;
    for (int i = 0; i < arguments.length; i++) {
      Fact joined = arguments[i].join(others.get(i));
      changed |= !joined.says(arguments[i]);
      arguments[i] = joined.says(arguments[i]) ? arguments[i] : joined;
    }
    return changed;
  }

  /** The objects that an instruction makes in this context; {@code number} is the instruction's own. */
  Site site(Instruction at, String className, ToIntFunction<Instruction> number) {
    return sites.computeIfAbsent(className, _ -> new IdentityHashMap<>())
        .computeIfAbsent(at, i -> new Site(i, number.applyAsInt(i), className));
  }

  Set<Context> callers() {
    return callers;
  }

  /** Those that the last run has called. */
  Set<Context> callees() {
    return callees;
  }

  Fact returned() {
    return returned;
  }

  boolean returns(Fact fact) {
    Fact joined = returned.join(fact);
    boolean changed = !joined.says(returned);
    returned = changed ? joined : returned;
    return changed;
  }

  boolean isRunning() {
    return isRunning;
  }

  void running(boolean value) {
    isRunning = value;
  }
}
