package io.mlxlint.rules.memory;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Converting;
import io.mlxlint.rule.Facts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What becomes of evaluated weights, in the method, in those that get them and in those that called it. */
final class WeightUses {
  private final Force eval;
  private final List<Operation> casts = new ArrayList<>();
  private final Set<Method> open = new HashSet<>();
  /** Methods whose callers get what they return. */
  private final Set<Method> returning = new HashSet<>();
  private boolean narrow = true;
  private boolean other;

  WeightUses(Force eval, Method method) {
    this.eval = eval;
    returning.add(method);
  }

  List<Operation> casts() {
    return casts;
  }

  /** Is nothing else done to them than casts to half precision? */
  boolean areOnlyNarrowed() {
    return !other && !casts.isEmpty() && narrow;
  }

  private void cast(Operation cast, Facts facts) {
    casts.add(cast);
    narrow &= narrows(cast, facts);
  }

  /** A cast to half precision by some caller's word. */
  private static boolean narrows(Operation cast, Facts facts) {
    return facts.intendedDtypes().contexts().stream()
        .anyMatch(c -> c.of(cast.value()).filter(k -> k.dtype().isHalf()).isPresent());
  }

  /** Follows the weights through entries and elements to the operations on them. */
  void follow(Value value, Facts facts) {
    Values values = facts.values();
    if (isHost(value.type())) {
      return;
    }
    Optional<Instruction> replaced = values.uses(value).stream().filter(u -> isCalled(u, "replaceAll"))
        .findFirst();
    for (Instruction use : values.uses(value)) {
      // from there on it holds what it was replaced by
      if (replaced.filter(r -> facts.loops().dominates(r, use)).isPresent()) {
        continue;
      }
      switch (use) {
        case Force f when f == eval -> { }
        case Release _ -> { }
        // that is how it was filled
        case StoreElement s when isFilled(s, value, facts) -> { }
        case Call c when isCalled(c, "putAll") && isFilled(c, value, facts) -> { }
        case Return _ when returning.contains(facts.method()) -> returned(facts);
        case Phi p when p.inputs().values().stream().anyMatch(v -> isCastOf(v, value, values)) -> { }
        case Compute c when !c.operator().equals("cast") -> { }
        case Compute c -> follow(c.value(), facts);
        case Iterate i -> follow(i.value(), facts);
        case LoadElement e -> follow(e.value(), facts);
        case Operation o when o.kind() == Converting.ASTYPE -> cast(o, facts);
        case Call c when c.target() instanceof Target.Library l && isView(l.name()) && c.hasReceiver()
            && c.uses().getFirst().equals(value) -> follow(c.value(), facts);
        case Call c when c.target() instanceof Target.Library l && isRepeating(l.name()) && c.hasReceiver()
            && c.uses().getFirst().equals(value) -> {
          List<Closure> functions = functions(c, values);
          other |= functions.isEmpty();
          functions.stream().map(Closure::body)
              .forEach(b -> b.parameters().forEach(p -> follow(p, facts.of(b))));
        }
        case Call c when c.target() instanceof Target.Methods m -> called(value, c.uses(),
            m.candidates().stream().map(facts.program().byRef()::get).toList(), facts);
        case Call c when c.target() instanceof Target.Functional && !c.uses().getFirst().equals(value) ->
            called(value, c.uses().subList(1, c.uses().size()), facts.functions(c).orElse(List.of()).stream()
                .map(Closure::body).toList(), facts);
        case Instruction _ -> other = true;
      }
    }
  }

  /** Is it put into the container before the evaluation? */
  private boolean isFilled(Instruction put, Value container, Facts facts) {
    Values values = facts.values();
    return values.origin(put.uses().getFirst()).equals(values.origin(container))
        && facts.method().site(eval).isPresent() && !facts.loops().mayFollow(eval, put, Optional.empty());
  }

  /** One of two ways casts it. */
  private static boolean isCastOf(Value value, Value loaded, Values values) {
    return values.definition(value, Operation.class)
        .filter(o -> o.kind() == Converting.ASTYPE && o.uses().getFirst().equals(loaded)).isPresent();
  }

  /** Goes on in all methods that call this one. */
  private void returned(Facts facts) {
    List<CallSite> sites = CallSite.of(facts);
    for (CallSite site : sites) {
      Method caller = site.in().method();
      if (site.isCertain() && returning.add(caller)) {
        follow(site.call().value(), site.in());
        returning.remove(caller);
      } else {
        other = true;
      }
    }
    other |= sites.isEmpty();
  }

  /** Goes on in all methods, or functions, that may be given the weights. */
  private void called(Value value, List<Value> arguments, List<Method> callees, Facts facts) {
    other |= callees.isEmpty();
    for (Method callee : callees) {
      if (callee == null || callee.parameters().size() != arguments.size() || !open.add(callee)) {
        other = true;
        return;
      }
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).equals(value)) {
          follow(callee.parameters().get(i), facts.of(callee));
        }
      }
      open.remove(callee);
    }
  }

  /** A name, a size or the answer to a question: nothing of a tensor is in it. */
  private static boolean isHost(Type type) {
    return type.isNumber() || type.name().equals("boolean") || type.name().equals("java.lang.String");
  }

  static boolean isCalled(Instruction use, String method) {
    return use instanceof Call c && c.target() instanceof Target.Library l && l.name().equals(method);
  }

  /** Each element is handed to the functions among the arguments, and what they return is something new. */
  private static boolean isRepeating(String method) {
    return switch (method) {
      case "forEach", "replaceAll", "map", "collect" -> true;
      default -> false;
    };
  }

  /**
   * The functions that a call hands the elements to, those of a collector included; none if that is not
   * known. What {@code toMap} merges is what the first two made.
   */
  private static List<Closure> functions(Call call, Values values) {
    return call.uses().stream().skip(1).flatMap(v -> values.definition(v).stream()).flatMap(d -> switch (d) {
      case Closure c -> Stream.of(c);
      case Call c when c.target() instanceof Target.Library l && l.className().endsWith("Collectors") ->
          c.uses().stream().limit(l.name().equals("toMap") ? 2 : c.uses().size())
              .flatMap(v -> values.definition(v, Closure.class).stream());
      case Instruction _ -> Stream.<Closure>of();
    }).toList();
  }

  /** Does the method of a map leave it as it is? */
  static boolean isLooking(String method) {
    return isView(method) || method.equals("forEach");
  }

  private static boolean isView(String method) {
    return switch (method) {
      case "stream", "entrySet", "values", "keySet", "size", "isEmpty", "iterator", "hasNext", "getKey",
          "containsKey" -> true;
      default -> false;
    };
  }
}
