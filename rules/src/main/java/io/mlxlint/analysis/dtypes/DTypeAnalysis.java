package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Function;
import io.mlxlint.analysis.runtime.RuntimeSummaries;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The dtypes of a whole program.
 *
 * <p>Runs in rounds. In one round what fields hold and what recursive calls return is taken from the round before;
 * the rounds end when nothing changes, so that the contexts left are those that the final facts justify.
 */
public final class DTypeAnalysis {
  /** A method called with more combinations than this is analysed once, for any arguments. */
  private static final int MOST_CONTEXTS = 16;
  private static final int MOST_ROUNDS = 50;

  private record FieldKey(String className, String name) {}

  private final Program program;
  private final boolean intended;
  private final RuntimeSummaries runtime;
  private final Modules modules;
  private final Set<FieldKey> written = new HashSet<>();
  private final Set<Method> called = Collections.newSetFromMap(new IdentityHashMap<>());
  private Map<FieldKey, Fact> fields = new HashMap<>();
  private Map<FieldKey, Fact> storedFields = new HashMap<>();
  private Map<Method, List<Context>> before = new IdentityHashMap<>();
  private Map<Method, List<Context>> contexts = new IdentityHashMap<>();
  private final Map<Method, List<Fact>> pendingClosures = new IdentityHashMap<>();

  /**
   * @param intended whether half precision that meets an array made without a dtype counts as half afterwards, as it
   *     would be once that is mended; otherwise what really happens
   */
  public DTypeAnalysis(Program program, boolean intended, RuntimeSummaries runtime) {
    this.program = program;
    this.intended = intended;
    this.runtime = runtime;
    modules = new Modules(program);
    for (Method method : program.methods()) {
      method.blocks().forEach(b -> b.instructions().forEach(i -> {
        if (i instanceof StoreField s) {
          written.add(key(s.field()));
        }
        if (i instanceof Call c && c.target() instanceof Target.Methods m) {
          m.candidates().stream().filter(r -> !r.equals(method.ref())).map(program.byRef()::get)
              .filter(Objects::nonNull).forEach(called::add);
        }
      }));
    }
    for (int round = 0; round < MOST_ROUNDS && !runRound(); round++) {
      before = contexts;
      fields = storedFields;
    }
  }

  /** The dtypes in {@code method}. */
  public DTypes of(Method method) {
    return new DTypes(contexts.get(method));
  }

  /** Whether the round confirmed what it started from. */
  private boolean runRound() {
    contexts = new IdentityHashMap<>();
    storedFields = new HashMap<>();
    pendingClosures.clear();
    program.methods().stream().filter(m -> !called.contains(m) && m.enclosing().isEmpty()).forEach(this::runAlone);
    finishClosures();
    program.methods().stream().filter(m -> m.enclosing().isEmpty()).forEach(this::runAlone);
    finishClosures();
    program.methods().forEach(this::runAlone);
    return isConfirmed();
  }

  /** A method that nobody called so far may be called with anything. */
  private void runAlone(Method method) {
    if (!contexts.containsKey(method)) {
      call(method, unknown(method.parameters()), unknown(method.captures()));
    }
  }

  /** Bodies of closures that nobody in the program called run with unknown arguments. */
  private void finishClosures() {
    while (!pendingClosures.isEmpty()) {
      Method body = pendingClosures.keySet().iterator().next();
      List<Fact> captures = pendingClosures.remove(body);
      if (!contexts.containsKey(body)) {
        call(body, unknown(body.parameters()), captures);
      }
    }
  }

  private boolean isConfirmed() {
    if (!fields.keySet().equals(storedFields.keySet())
        || !fields.entrySet().stream().allMatch(e -> e.getValue().says(storedFields.get(e.getKey())))) {
      return false;
    }
    return contexts.entrySet().stream().allMatch(e -> e.getValue().stream().allMatch(c -> {
      Context old = find(before, e.getKey(), c.arguments(), c.captures());
      return old != null && old.returned().says(c.returned());
    }));
  }

  /** The context of this call, analysed if it is new in this round. */
  Context call(Method method, List<Fact> arguments, List<Fact> captures) {
    Context known = find(contexts, method, arguments, captures);
    if (known != null) {
      return known;
    }
    List<Context> all = contexts.computeIfAbsent(method, _ -> new ArrayList<>());
    if (all.size() >= MOST_CONTEXTS && isKnown(arguments, captures)) {
      return call(method, unknown(method.parameters()), unknown(method.captures()));
    }
    Context made = new Context(arguments, captures);
    Context old = find(before, method, arguments, captures);
    if (old != null) {
      made.returns(old.returned());
    }
    all.add(made);
    new Transfer(this, method, made).run();
    return made;
  }

  /** What the method returns for these arguments, whatever it was asked before. */
  Fact ask(Method method, List<Fact> arguments) {
    contexts = new IdentityHashMap<>();
    return call(method, arguments, unknown(method.captures())).returned();
  }

  RuntimeSummaries runtime() {
    return runtime;
  }

  Modules modules() {
    return modules;
  }

  boolean isIntended() {
    return intended;
  }

  Method method(MethodRef ref) {
    return program.byRef().get(ref);
  }

  void closure(Function function) {
    pendingClosures.putIfAbsent(function.body(), function.captures());
  }

  /** A field that the program never writes is filled by somebody else. */
  Fact load(FieldRef field) {
    return fields.getOrDefault(key(field), written.contains(key(field)) ? Fact.NOTHING : Fact.UNKNOWN);
  }

  void store(FieldRef field, Fact fact) {
    storedFields.merge(key(field), fact, Fact::join);
  }

  static List<Fact> unknown(List<Value> values) {
    return Collections.nCopies(values.size(), Fact.UNKNOWN);
  }

  private static boolean isKnown(List<Fact> arguments, List<Fact> captures) {
    Set<Fact> all = new HashSet<>(arguments);
    all.addAll(captures);
    return all.stream().anyMatch(f -> !(f instanceof Fact.Unknown));
  }

  private static FieldKey key(FieldRef field) {
    return new FieldKey(field.className(), field.name());
  }

  private static Context find(Map<Method, List<Context>> in, Method method, List<Fact> arguments,
      List<Fact> captures) {
    return in.getOrDefault(method, List.of()).stream().filter(c -> c.accepts(arguments, captures)).findFirst()
        .orElse(null);
  }
}
