package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.analysis.runtime.RuntimeSummary;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Value;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the runtime's functions make of their arguments, those that are no operations. */
final class RuntimeCalls {
  private static final String MODULE = "io.mlxlint.mx.nn.Module";

  private final DTypeAnalysis program;
  private final Context context;
  private final Code code;
  private final Fields fields;
  private final Functions functions;

  RuntimeCalls(DTypeAnalysis program, Context context, Code code, Fields fields, Functions functions) {
    this.program = program;
    this.context = context;
    this.code = code;
    this.fields = fields;
    this.functions = functions;
  }

  Fact result(Call c, MethodRef method) {
    Fact receiver = c.hasReceiver() ? context.fact(c.uses().getFirst()) : Fact.UNKNOWN;
    return switch (Classes.dotted(method.className())) {
      case MODULE -> module(c, method, receiver);
      case "io.mlxlint.mx.ValueAndGrad.Result" -> switch (method.name()) {
        case "value" -> part(receiver, "value");
        case "values" -> part(receiver, "values");
        case "grads", "grad", "gradsByName" -> part(receiver, "gradients");
        default -> Fact.UNKNOWN;
      };
      case "io.mlxlint.mx.optim.Optimizer.Clipped" -> part(receiver, method.name());
      case "io.mlxlint.mx.ValueAndGrad", "io.mlxlint.mx.Functions.Of1" ->
          functions.call(receiver, "apply", arguments(c), c.span());
      case "io.mlxlint.mx.Compiled", "io.mlxlint.mx.Compiled.With" -> switch (method.name()) {
        case "inputs", "outputs", "shapeless" -> receiver;
        case "apply", "applyAll" -> functions.call(receiver, "apply", arguments(c), c.span());
        default -> Fact.UNKNOWN;
      };
      case "io.mlxlint.mx.nn.Sequential" -> method.name().equals("forward")
          ? functions.call(receiver, "apply", arguments(c), c.span()) : other(c, method);
      default -> other(c, method);
    };
  }

  private List<Fact> arguments(Call c) {
    return c.uses().stream().skip(1).map(context::fact).toList();
  }

  private Fact part(Fact object, String name) {
    return switch (object) {
      case Ref r -> r.sites().stream().map(s -> program.heap().load(s, name, context))
          .reduce(Fact.NOTHING, Fact::join);
      case Fact.Nothing _ -> Fact.NOTHING;
      case Known _, Fact.Unknown _ -> Fact.UNKNOWN;
    };
  }

  private Fact module(Call c, MethodRef method, Fact receiver) {
    return switch (method.name()) {
      case "apply" -> functions.call(receiver, "forward", arguments(c), c.span());
      case "setDtype" -> {
        Fact asked =
            Transfer.reason(context.fact(c.uses().getLast()), c.span(), "the parameters are cast here");
        yield cast(receiver, asked instanceof Known k && !k.dtype().isFloating() ? Fact.UNKNOWN : asked);
      }
      case "loadWeights", "update" -> cast(receiver, Fact.UNKNOWN);
      case "train", "eval", "freeze", "unfreeze" -> receiver;
      case "parameters", "trainableParameters" -> program.parameters().dtype(receiver, context);
      case "parameter" -> context.fact(c.uses().getLast());
      default -> Fact.UNKNOWN;
    };
  }

  /** A module that is not known may be any; what its parts are made of is not known either from here on. */
  private Fact cast(Fact module, Fact dtype) {
    program.parameters().cast(module, dtype, context);
    return module instanceof Ref || module instanceof Fact.Nothing ? module
        : dtype instanceof Known ? dtype : Fact.UNKNOWN;
  }

  private Fact other(Call c, MethodRef method) {
    return switch (method.name()) {
      case "dtype" -> program.parameters().dtype(context.fact(c.uses().getFirst()), context);
      case "assign" -> {
        if (c.hasReceiver()) {
          fields.alter(c.uses().getFirst(), context.fact(c.uses().getLast()));
        }
        yield Fact.UNKNOWN;
      }
      case "<init>" -> made(c, method);
      case "clipGradNorm" -> {
        Site site = program.site(c, context, "clipped");
        Fact gradients = program.parameters().dtype(context.fact(c.uses().getFirst()), context);
        program.heap().store(site, "gradients", gradients);
        program.heap().store(site, "norm", gradients);
        yield Functions.ref(site);
      }
      default -> {
        List<Fact> uses = c.uses().stream().map(this::decisive).toList();
        yield program.runtime().of(method).map(s -> summarized(s, uses, c.span(), method.name()))
            .orElse(Fact.UNKNOWN);
      }
    };
  }

  private Fact decisive(Value use) {
    return program.parameters().dtype(context.fact(use), context);
  }

  private Fact made(Call c, MethodRef method) {
    if (c.hasReceiver()) {
      return Fact.UNKNOWN;
    }
    Site site = program.site(c, context, method.className());
    if (isChain(site)) {
      c.uses().forEach(layer -> program.heap().put(site, null, layer.type().isJavaArray()
          ? program.heap().elements(context.fact(layer), null, context) : context.fact(layer)));
    }
    return Functions.ref(site);
  }

  static boolean isChain(Site site) {
    return site.className().equals("io.mlxlint.mx.nn.Sequential");
  }

  static Optional<MethodRef> forward(String className, int arguments) {
    return Optional.of(new MethodRef(className, "forward",
        Collections.nCopies(arguments, "io.mlxlint.mx.Array")));
  }

  /** @param uses the dtypes of the receiver and of the arguments */
  static Fact summarized(RuntimeSummary summary, List<Fact> uses, Span at, String name) {
    List<Known> known = new ArrayList<>();
    for (int use : summary.decisive()) {
      switch (uses.get(use)) {
        case Fact.Nothing _ -> {
          return Fact.NOTHING;
        }
        case Known k -> known.add(k);
        case Ref r when r.isNull() -> { }
        case Ref _, Fact.Unknown _ -> {
          return Fact.UNKNOWN;
        }
      }
    }
    Optional<DType> dtype = summary.result(known.stream().map(Known::dtype).toList());
    if (dtype.isEmpty()) {
      return Fact.UNKNOWN;
    }
    String text = "`" + name + "` gives " + dtype.get() + " here";
    Why why = known.stream().filter(k -> k.dtype() == dtype.get()).findFirst()
        .map(k -> k.why().then(at, text)).orElseGet(() -> new Why(at, text));
    return new Known(dtype.get(), why, Set.of());
  }
}
