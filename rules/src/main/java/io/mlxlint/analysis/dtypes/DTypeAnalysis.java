package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.analysis.runtime.RuntimeSummaries;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dtypes of a whole program: the least facts that hold for every call that the program proves.
 *
 * <p>A method runs in one context for each combination of dtypes and objects that callers give it, and again
 * whenever something that it has read says more. In the end only those contexts count that the last runs
 * reach.
 */
public final class DTypeAnalysis {
  /** A method called with more combinations than this no longer tells objects apart. */
  private static final int MOST_CONTEXTS = 32;
  private static final int MOST_COARSE_CONTEXTS = 64;

  private record Written(String className, String field) {}

  private final Program program;
  private final boolean intended;
  private final RuntimeSummaries runtime;
  private final Classes classes;
  private final Relevance relevance;
  private final Heap heap = new Heap(this::wake);
  private final Parameters parameters;
  private final Map<Method, Code> codes = new IdentityHashMap<>();
  private final Map<Method, Map<List<Object>, Context>> contexts = new IdentityHashMap<>();
  private final Map<Instruction, Integer> numbers = new IdentityHashMap<>();
  private final Set<Written> written = new HashSet<>();
  private final Set<Context> roots = new LinkedHashSet<>();
  private final Set<Context> open = new LinkedHashSet<>();
  private final Map<Method, List<Fact>> closures = new LinkedHashMap<>();
  private final Map<Method, List<Context>> live = new IdentityHashMap<>();

  /**
   * @param intended whether half precision that meets an array made without a dtype counts as half
   *     afterwards, as it would be once that is mended; otherwise what really happens
   */
  public DTypeAnalysis(Program program, boolean intended, RuntimeSummaries runtime) {
    this.program = program;
    this.intended = intended;
    this.runtime = runtime;
    classes = new Classes(program);
    relevance = new Relevance(program);
    parameters = new Parameters(classes, heap);
    runAll();
    markLive();
  }

  /** The dtypes in {@code method}. */
  public DTypes of(Method method) {
    return new DTypes(live.getOrDefault(method, List.of()));
  }

  private void runAll() {
    Set<Method> called = called();
    List<Method> outer = program.methods().stream().filter(m -> m.enclosing().isEmpty()).toList();
    outer.stream().filter(m -> !called.contains(m)).forEach(this::runAlone);
    finish();
    outer.forEach(this::runAlone);
    finish();
    program.methods().forEach(this::runAlone);
    finish();
  }

  private Set<Method> called() {
    Set<Method> called = Collections.newSetFromMap(new IdentityHashMap<>());
    program.each(method -> method.instructions().forEach(i -> {
      if (i instanceof StoreField s) {
        written.add(new Written(s.field().className(), s.field().name()));
      }
      if (i instanceof Call c && c.target() instanceof Target.Methods m) {
        m.candidates().stream().filter(r -> !r.equals(method.ref())).map(program.byRef()::get)
            .filter(Objects::nonNull).forEach(called::add);
      }
    }));
    return called;
  }

  /** A method that nobody called so far may be called with anything. */
  private void runAlone(Method method) {
    if (relevance.touchesArrays(method) && !contexts.containsKey(method)) {
      List<Fact> captures = closures.get(method);
      List<Fact> arguments = unknown(method.parameters());
      roots.add(context(method, captures == null ? unknown(arguments, method.captures())
          : both(arguments, captures)));
    }
  }

  private void finish() {
    settle();
    // bodies of closures that nobody in the program has called run with unknown arguments
    List<Method> uncalled = closures.keySet().stream()
        .filter(b -> relevance.touchesArrays(b) && !contexts.containsKey(b)).toList();
    if (!uncalled.isEmpty()) {
      uncalled.forEach(this::runAlone);
      finish();
    }
  }

  /** Runs until nothing changes any more. */
  private void settle() {
    while (!open.isEmpty()) {
      Context next = open.iterator().next();
      open.remove(next);
      run(next);
    }
  }

  private void run(Context context) {
    context.running(true);
    context.callees().clear();
    boolean changed = CodeFailure.in(context.method(), () -> new Transfer(this, context).run());
    context.running(false);
    if (changed) {
      context.callers().forEach(this::wake);
    }
  }

  void wake(Context context) {
    open.add(context);
  }

  private void markLive() {
    Deque<Context> next = new ArrayDeque<>(roots);
    Set<Context> seen = new HashSet<>();
    while (!next.isEmpty()) {
      Context c = next.pop();
      if (seen.add(c)) {
        next.addAll(c.callees());
      }
    }
    contexts.forEach((method, all) ->
        live.put(method, all.values().stream().filter(seen::contains).toList()));
  }

  /** The context of a call; a new one is run at once, so that the caller can go on with what it returns. */
  Optional<Context> call(Method method, List<Fact> arguments, Context caller) {
    if (!relevance.matters(method)) {
      return Optional.empty();
    }
    Context context = context(method, arguments);
    context.callers().add(caller);
    caller.callees().add(context);
    return Optional.of(context);
  }

  /** @param arguments captures included */
  private Context context(Method method, List<Fact> arguments) {
    Map<List<Object>, Context> all = contexts.computeIfAbsent(method, _ -> new LinkedHashMap<>());
    List<Object> key = arguments.stream().map(DTypeAnalysis::key).toList();
    if (!all.containsKey(key) && all.size() >= MOST_CONTEXTS) {
      key = all.size() < MOST_COARSE_CONTEXTS ? arguments.stream().map(DTypeAnalysis::coarse).toList()
          : List.of();
    }
    Context known = all.get(key);
    if (known != null) {
      if (known.widen(arguments)) {
        wake(known);
      }
      return known;
    }
    Context made = new Context(method, code(method).values(), arguments, parameters::dtype);
    all.put(key, made);
    run(made);
    return made;
  }

  /** What a context is told apart by: dtypes, and where objects are made, but not in which context. */
  private static Object key(Fact fact) {
    return fact instanceof Ref r ? r.sites().stream().map(Site::instruction).sorted().distinct().toList()
        : coarse(fact);
  }

  private static Object coarse(Fact fact) {
    return switch (fact) {
      case Fact.Nothing _ -> "nothing";
      case Fact.Unknown _ -> "unknown";
      case Known k -> k.origins().isEmpty() ? k.dtype() : k.dtype() + " made without a dtype";
      case Ref r -> r.isNull() ? "null" : "object";
    };
  }

  /** What the method returns for these arguments, whatever it was asked before. */
  Fact ask(Method method, List<Fact> arguments) {
    contexts.clear();
    Context asked = context(method, unknown(arguments, method.captures()));
    settle();
    return parameters.dtype(asked.returned());
  }

  /** Whether all that a field may hold is stored by methods that run here. */
  boolean isFollowed(FieldRef field) {
    return written.contains(new Written(field.className(), field.name()))
        && !relevance.isFilledElsewhere(field);
  }

  Code code(Method method) {
    return codes.computeIfAbsent(method, m -> CodeFailure.in(m, () -> new Code(m)));
  }

  /** The site of an instruction that makes objects, one for each context. */
  Site site(Instruction at, Context in, String className) {
    return in.site(at, className, i -> numbers.computeIfAbsent(i, _ -> numbers.size()));
  }

  /** Remembers a closure, in case nobody calls it. */
  void closure(Method body, List<Fact> captures) {
    closures.merge(body, captures, DTypeAnalysis::joined);
  }

  Program program() {
    return program;
  }

  Heap heap() {
    return heap;
  }

  RuntimeSummaries runtime() {
    return runtime;
  }

  Classes classes() {
    return classes;
  }

  Parameters parameters() {
    return parameters;
  }

  boolean isIntended() {
    return intended;
  }

  static List<Fact> both(List<Fact> first, List<Fact> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static List<Fact> unknown(List<Fact> arguments, List<Value> captures) {
    return both(arguments, unknown(captures));
  }

  private static List<Fact> unknown(List<Value> values) {
    return Collections.nCopies(values.size(), Fact.UNKNOWN);
  }

  private static List<Fact> joined(List<Fact> a, List<Fact> b) {
    List<Fact> out = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      out.add(a.get(i).join(b.get(i)));
    }
    return out;
  }
}
