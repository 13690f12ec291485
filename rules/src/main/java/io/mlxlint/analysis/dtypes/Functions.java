package io.mlxlint.analysis.dtypes;

import static java.util.Collections.nCopies;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a function returns that is a value: a closure, a transformed function, a layer, an object with a
 * method.
 */
final class Functions {
  /** Parts of a transformed function: what it was made of, and with respect to what. */
  static final String FUNCTION = "function";
  static final String MODEL = "model";
  static final String ARGUMENT = "argument ";
  /** Parts of two functions that run one after the other. */
  static final String FIRST = "first";
  static final String SECOND = "second";

  private final DTypeAnalysis program;
  private final Context context;
  private final Set<Site> open = new HashSet<>();
  /** Sites that were called while open: {@code f = f.andThen(g)} in a loop makes one that holds itself. */
  private final Set<Site> recursive = new HashSet<>();

  Functions(DTypeAnalysis program, Context context) {
    this.program = program;
    this.context = context;
  }

  /** @param method what is called on an object that is no closure */
  Fact call(Fact function, String method, List<Fact> given, Span at) {
    return switch (function) {
      case Fact.Nothing _ -> Fact.NOTHING;
      case Known _, Fact.Unknown _ -> Fact.UNKNOWN;
      case Ref r -> r.sites().stream().map(s -> call(s, method, given, at)).reduce(Fact.NOTHING, Fact::join);
    };
  }

  private Fact call(Site site, String method, List<Fact> given, Span at) {
    if (open.contains(site) || !open.isEmpty() && recursive.contains(site)) {
      recursive.add(site);
      return Fact.UNKNOWN;
    }
    open.add(site);
    Fact result = run(site, method, given, at);
    if (recursive.contains(site)) {
      // the calls that were cut short may give its parts anything
      result = run(site, method, nCopies(given.size(), Fact.UNKNOWN), at);
    }
    open.remove(site);
    return result;
  }

  private Fact run(Site site, String method, List<Fact> given, Span at) {
    return switch (site.at()) {
      case Closure c -> closure(site, c.body(), given, at);
      case Transform t -> transformed(site, t, given, at);
      case Call c when program.classes().isModule(site.className()) -> module(site, given, at);
      case Call c when c.target() instanceof Target.Library l -> composed(site, l.name(), method, given, at);
      case Call _ -> program.classes().method(site.className(), method, given.size() + 1)
          .map(m -> body(m, DTypeAnalysis.both(List.of(ref(site)), given), List.of(), at))
              .orElse(Fact.UNKNOWN);
      case Instruction _ -> Fact.UNKNOWN;
    };
  }

  static Ref ref(Site site) {
    return new Ref(Set.of(site));
  }

  private Fact closure(Site site, Method body, List<Fact> given, Span at) {
    List<Fact> captured = IntStream.range(0, body.captures().size())
        .mapToObj(i -> program.heap().load(site, "capture " + i, context)).toList();
    List<Value> parameters = body.parameters();
    if (given.size() == parameters.size()) {
      return body(body, given, captured, at);
    }
    // a function of Array[] gets its arguments in one
    if (parameters.isEmpty() || !parameters.getLast().type().isJavaArray()
        || given.size() < parameters.size() - 1) {
      return body(body, nCopies(parameters.size(), Fact.UNKNOWN), captured, at);
    }
    List<Fact> arguments = new ArrayList<>(given.subList(0, parameters.size() - 1));
    List<Fact> spread = given.subList(parameters.size() - 1, given.size());
    Site array = program.site(site.at(), context, "arguments");
    for (int i = 0; i < spread.size(); i++) {
      program.heap().put(array, i, spread.get(i));
    }
    arguments.add(ref(array));
    return body(body, arguments, captured, at);
  }

  private Fact body(Method body, List<Fact> given, List<Fact> captured, Span at) {
    List<Fact> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Fact.Nothing) {
        return Fact.NOTHING;
      }
      arguments.add(Transfer.reason(given.get(i), at, "passed as `" + body.parameters().get(i).name()
          + "` here"));
    }
    if (captured.stream().anyMatch(Fact.Nothing.class::isInstance)) {
      return Fact.NOTHING;
    }
    arguments.addAll(captured);
    return program.call(body, arguments, context).map(c -> Transfer.reason(c.returned(), at, "returned here"))
        .orElse(Fact.UNKNOWN);
  }

  private Fact module(Site site, List<Fact> given, Span at) {
    if (Classes.isOfRuntime(site.className())) {
      return RuntimeCalls.isChain(site) ? chain(site, given, at) : layer(site, given);
    }
    return program.classes().method(site.className(), "forward", given.size() + 1)
        .map(m -> body(m, DTypeAnalysis.both(List.of(ref(site)), given), List.of(), at)).orElse(Fact.UNKNOWN);
  }

  /** One layer after the other, whichever comes first. */
  private Fact chain(Site site, List<Fact> given, Span at) {
    Fact layers = program.heap().load(site, Heap.ELEMENTS, context);
    Fact passed = given.getFirst();
    while (true) {
      Fact next = passed.join(call(layers, "apply", List.of(passed), at));
      if (next.says(passed)) {
        return passed;
      }
      passed = next;
    }
  }

  /** A layer of the runtime, by the summary of its {@code forward}. */
  private Fact layer(Site site, List<Fact> given) {
    List<Fact> uses = DTypeAnalysis.both(List.of(ref(site)), given).stream()
        .map(f -> program.parameters().dtype(f, context)).toList();
    return RuntimeCalls.forward(site.className(), given.size())
        .flatMap(m -> program.runtime().of(m)
            .map(s -> RuntimeCalls.summarized(s, uses, site.at().span(), m.name())))
        .orElse(Fact.UNKNOWN);
  }

  private Fact transformed(Site site, Transform t, List<Fact> given, Span at) {
    Fact function = program.heap().load(site, FUNCTION, context);
    Fact value = call(function, "apply", given, at);
    return switch (t.method()) {
      case "compile", "compileArrays", "compileWith", "checkpoint", "checkpointArrays",
          "checkpointTree", "vmap", "vmapArrays" -> value;
      case "grad" -> Transfer.reason(gradient(site, given), at, "a gradient has the dtype of its array");
      case "valueAndGrad", "valueAndGradArrays", "valueAndGradTree" -> {
        Site result = program.site(t, context, "result");
        program.heap().store(result, "value", first(value));
        program.heap().store(result, "values", value);
        program.heap().store(result, "gradients", gradient(site, given));
        yield ref(result);
      }
      default -> Fact.UNKNOWN;
    };
  }

  private Fact first(Fact results) {
    return program.heap().elements(results, 0, context);
  }

  /** The dtype of what the gradient is taken for. */
  private Fact gradient(Site site, List<Fact> given) {
    Fact model = program.heap().load(site, MODEL, context);
    if (model instanceof Ref || model instanceof Known) {
      Fact dtype = program.parameters().dtype(model, context);
      return dtype instanceof Known k ? new Known(k.dtype(), k.why(), Set.of()) : dtype;
    }
    List<Fact> chosen = IntStream.range(0, given.size())
        .filter(i -> !(program.heap().load(site, ARGUMENT + i, context) instanceof Fact.Nothing))
        .mapToObj(given::get).toList();
    List<Fact> all = !chosen.isEmpty() ? chosen : model instanceof Fact.Nothing ? given.subList(0, 1) : given;
    return all.stream().map(f -> program.parameters().dtype(f, context))
        .map(f -> f instanceof Known k ? new Known(k.dtype(), k.why(), Set.of()) : f)
        .reduce(Fact.NOTHING, Fact::join);
  }

  /** What the JDK's own functions are made of. */
  private Fact composed(Site site, String maker, String method, List<Fact> given, Span at) {
    return switch (maker) {
      case "identity" -> given.size() == 1 ? given.getFirst() : Fact.UNKNOWN;
      case "andThen", "compose" -> {
        Fact between = call(program.heap().load(site, FIRST, context), method, given, at);
        yield call(program.heap().load(site, SECOND, context), "apply", List.of(between), at);
      }
      default -> Fact.UNKNOWN;
    };
  }
}
