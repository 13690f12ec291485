package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JDK's collections, streams and optionals hold and hand to functions. Streams, iterators, entries
 * and optionals count as views of what they come from; nothing else of the JDK is followed.
 */
final class Collections {
  private final DTypeAnalysis program;
  private final Context context;
  private final Functions functions;

  Collections(DTypeAnalysis program, Context context, Functions functions) {
    this.program = program;
    this.context = context;
    this.functions = functions;
  }

  Fact result(Call c, Target.Library target) {
    if (target.className().endsWith("[]")) {
      return made(c);
    }
    if (target.className().startsWith("java.util.function.")) {
      return function(c, target.name());
    }
    if (target.className().equals("java.util.Objects")) {
      return target.name().startsWith("requireNonNull") ? first(c) : Fact.UNKNOWN;
    }
    if (target.className().equals("java.util.stream.Collectors")) {
      return collector(c);
    }
    if (target.className().equals("java.util.concurrent.CompletableFuture")) {
      return future(c, target.name());
    }
    boolean followed = target.className().startsWith("java.util.")
        && !target.className().startsWith("java.util.concurrent.");
    if (!followed) {
      return Fact.UNKNOWN;
    }
    return c.hasReceiver() ? ofObject(c, target.name()) : ofClass(c, target.name());
  }

  private Fact first(Call c) {
    return context.fact(c.uses().getFirst());
  }

  private Ref made(Call c) {
    return Functions.ref(program.site(c, context, ""));
  }

  private Fact holding(Call c, Fact elements) {
    Site site = program.site(c, context, "");
    program.heap().put(site, null, elements);
    return Functions.ref(site);
  }

  private Fact elements(Fact container) {
    return program.heap().elements(container, null, context);
  }

  /** A function made of functions. */
  private Fact function(Call c, String name) {
    Site site = program.site(c, context, "");
    if ((name.equals("andThen") || name.equals("compose")) && c.uses().size() == 2) {
      boolean forward = name.equals("andThen");
      program.heap().store(site, Functions.FIRST, context.fact(c.uses().get(forward ? 0 : 1)));
      program.heap().store(site, Functions.SECOND, context.fact(c.uses().get(forward ? 1 : 0)));
      return Functions.ref(site);
    }
    return name.equals("identity") ? Functions.ref(site) : Fact.UNKNOWN;
  }

  /** A collector holds the functions that it was made of, by their place. */
  private Fact collector(Call c) {
    Site site = program.site(c, context, "");
    for (int i = 0; i < c.uses().size(); i++) {
      program.heap().put(site, i, context.fact(c.uses().get(i)));
    }
    return Functions.ref(site);
  }

  /** Something that is computed elsewhere, and what is made of it then. */
  private Fact future(Call c, String name) {
    return switch (name) {
      case "supplyAsync" -> holding(c, apply(c, c.uses().getFirst(), List.of()));
      case "completedFuture" -> holding(c, first(c));
      case "thenApply", "thenApplyAsync" ->
          holding(c, apply(c, c.uses().get(1), List.of(elements(first(c)))));
      case "join", "get" -> first(c) instanceof Fact.Nothing ? Fact.NOTHING : elements(first(c));
      default -> Fact.UNKNOWN;
    };
  }

  /** Constructors and factories. */
  private Fact ofClass(Call c, String name) {
    Site site = program.site(c, context, "");
    return switch (name) {
      case "iterate" -> {
        Fact seed = context.fact(c.uses().getFirst());
        Fact next = apply(c, c.uses().getLast(), List.of(seed));
        yield holding(c, seed.join(next));
      }
      case "generate" -> holding(c, apply(c, c.uses().getLast(), List.of()));
      case "setAll" -> {
        Fact element = apply(c, c.uses().getLast(), List.of(Fact.UNKNOWN));
        yield added(c, element);
      }
      case "addAll", "fill" -> added(c, c.uses().stream().skip(1).map(v -> v.type().isJavaArray()
          ? elements(context.fact(v)) : context.fact(v)).reduce(Fact.NOTHING, Fact::join));
      default -> {
        for (Value v : c.uses()) {
          if (isHolder(v.type())) {
            program.heap().put(site, null, copied(name, v));
          } else if (Promotion.mayHoldArrays(v.type()) && isMaker(name)) {
            program.heap().put(site, null, context.fact(v));
          }
        }
        yield Functions.ref(site);
      }
    };
  }

  private static boolean isMaker(String name) {
    return switch (name) {
      case "of", "ofNullable", "asList", "entry", "singletonList", "singleton", "nCopies" -> true;
      default -> false;
    };
  }

  /** A copy has the same elements; what is made of several collections has them as elements. */
  private Fact copied(String name, Value argument) {
    boolean isElement = isMaker(name) && !argument.type().isJavaArray();
    return isElement ? context.fact(argument) : elements(context.fact(argument));
  }

  static boolean isHolder(Type type) {
    return type.isJavaArray() || type.name().startsWith("java.util.")
        && !type.name().startsWith("java.util.function.");
  }

  private Fact added(Call c, Fact element) {
    if (first(c) instanceof Ref r) {
      r.sites().forEach(s -> program.heap().put(s, null, element));
    }
    return Fact.UNKNOWN;
  }

  private Fact ofObject(Call c, String name) {
    Fact container = first(c);
    if (container instanceof Fact.Nothing) {
      return Fact.NOTHING;
    }
    Fact element = elements(container);
    return switch (name) {
      case "<init>" -> Fact.UNKNOWN;
      case "map", "mapToObj" -> container instanceof Fact.Unknown && name.equals("map")
          ? appliedToUnknown(c) : holding(c, repeated(c, element));
      case "flatMap" -> holding(c, elements(repeated(c, element)));
      case "reduce" -> reduced(c, element);
      case "collect" -> collected(c, container, element);
      case "computeIfAbsent", "compute", "computeIfPresent" -> {
        Fact computed = repeated(c, element);
        added(c, computed);
        yield name.equals("compute") ? computed : element.join(computed);
      }
      case "merge" -> {
        Fact given = c.uses().size() > 2 ? context.fact(c.uses().get(2)) : Fact.UNKNOWN;
        added(c, given);
        Fact merged = repeated(c, element.join(given));
        added(c, merged);
        yield given.join(merged);
      }
      case "replaceAll" -> added(c, repeated(c, element));
      case "putAll", "addAll" -> added(c, elements(context.fact(c.uses().getLast())));
      case "orElseGet" -> element.join(repeated(c, element));
      case "add", "addFirst", "addLast", "put", "putIfAbsent", "putFirst", "putLast", "push", "offer",
          "set" ->
          added(c, context.fact(c.uses().getLast()));
      default -> {
        repeated(c, element);
        Type type = c.value().type();
        yield isHolder(type) ? container : Promotion.mayHoldArrays(type) ? element : Fact.UNKNOWN;
      }
    };
  }

  private Fact appliedToUnknown(Call c) {
    return holding(c, repeated(c, Fact.UNKNOWN));
  }

  /** What the functions among the arguments return for the elements. */
  private Fact repeated(Call c, Fact element) {
    Fact result = Fact.NOTHING;
    for (Value argument : c.uses().subList(1, c.uses().size())) {
      if (isFunction(context.fact(argument))) {
        result = result.join(apply(c, argument, List.of(element, element)));
      }
    }
    return result;
  }

  private static boolean isFunction(Fact fact) {
    return fact instanceof Ref r && r.sites().stream().anyMatch(s -> s.at() instanceof Closure
        || s.at() instanceof io.mlxlint.model.Instruction.Transform || !s.className().isEmpty()
        || s.at() instanceof Call call && call.target() instanceof Target.Library l
        && l.className().startsWith("java.util.function."));
  }

  /** Runs each function with as many of the arguments as it takes; what can hold no array is unknown. */
  private Fact apply(Call c, Value function, List<Fact> given) {
    if (!(context.fact(function) instanceof Ref r)) {
      return context.fact(function) instanceof Fact.Nothing ? Fact.NOTHING : Fact.UNKNOWN;
    }
    Fact result = Fact.NOTHING;
    for (Site site : r.sites()) {
      List<Fact> arguments = new ArrayList<>(given.subList(0, Math.min(1, given.size())));
      if (site.at() instanceof Closure closure) {
        List<Value> parameters = closure.body().parameters();
        arguments = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
          boolean holds = Promotion.mayHoldArrays(parameters.get(i).type()) && !given.isEmpty();
          arguments.add(holds ? given.get(Math.min(i, given.size() - 1)) : Fact.UNKNOWN);
        }
      }
      result = result.join(functions.call(Functions.ref(site), "apply", arguments, c.span()));
    }
    return result;
  }

  private Fact reduced(Call c, Fact element) {
    boolean hasIdentity = c.uses().size() > 2;
    Fact result = hasIdentity ? context.fact(c.uses().get(1)) : element;
    Value function = c.uses().get(hasIdentity ? 2 : 1);
    while (true) {
      Fact next = result.join(apply(c, function, List.of(result, element)));
      if (next.says(result)) {
        break;
      }
      result = next;
    }
    return hasIdentity ? result : holding(c, result);
  }

  private Fact collected(Call c, Fact container, Fact element) {
    if (!(context.fact(c.uses().getLast()) instanceof Ref r)) {
      return Fact.UNKNOWN;
    }
    Fact result = Fact.NOTHING;
    for (Site site : r.sites()) {
      String kind = site.at() instanceof Call made && made.target() instanceof Target.Library l ? l.name()
          : "";
      result = result.join(switch (kind) {
        case "toList", "toSet", "toUnmodifiableList", "toUnmodifiableSet", "toCollection" -> container;
        case "toMap", "toUnmodifiableMap" -> {
          call(site, 0, c, element);
          yield holding(c, call(site, 1, c, element));
        }
        case "groupingBy" -> {
          call(site, 0, c, element);
          Fact second = program.heap().get(site, 1, context);
          yield second instanceof Fact.Nothing ? holding(c, container) : Fact.UNKNOWN;
        }
        default -> Fact.UNKNOWN;
      });
    }
    return result;
  }

  private Fact call(Site collector, int function, Call c, Fact element) {
    Fact f = program.heap().get(collector, function, context);
    return functions.call(f, "apply", List.of(element), c.span());
  }
}
