package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What calls return, and what they do to what they are given. */
final class Calls {
  private final DTypeAnalysis program;
  private final Context context;
  private final Code code;
  private final Fields fields;
  private final Functions functions;
  private final Collections collections;
  private final RuntimeCalls runtime;

  Calls(Transfer transfer, Fields fields) {
    program = transfer.program;
    context = transfer.context;
    code = transfer.code;
    this.fields = fields;
    functions = new Functions(program, context);
    collections = new Collections(program, context, functions);
    runtime = new RuntimeCalls(program, context, code, fields, functions);
  }

  Fact result(Call c) {
    return switch (c.target()) {
      case Target.Methods m -> methods(c, m.candidates());
      case Target.Functional f ->
          functions.call(context.fact(c.uses().getFirst()), f.name(), rest(c), c.span());
      case Target.Runtime r -> runtime.result(c, r.method());
      case Target.Library l -> collections.result(c, l);
      case Target.Unknown _ -> unknown(c);
    };
  }

  private List<Fact> rest(Call c) {
    return c.uses().stream().skip(1).map(context::fact).toList();
  }

  /** It may do anything with the containers that it is given. */
  private Fact unknown(Call c) {
    for (Value v : c.uses()) {
      if (isContainer(v.type())) {
        fields.put(v, null, Fact.UNKNOWN);
      }
    }
    return Fact.UNKNOWN;
  }

  private static boolean isContainer(Type type) {
    return !type.isArray() && (type.isJavaArray() && Promotion.mayHoldArrays(type)
        || type.name().startsWith("java.util.") && !type.name().startsWith("java.util.function."));
  }

  Fact transform(Transform t) {
    if (t.uses().isEmpty()) {
      return Fact.UNKNOWN;
    }
    Fact function = context.fact(t.uses().getFirst());
    if (t.method().equals("tidy")) {
      return functions.call(function, "get", List.of(), t.span());
    }
    Site site = program.site(t, context, "");
    program.heap().store(site, Functions.FUNCTION, function);
    if (t.uses().size() > 1) {
      program.heap().store(site, Functions.MODEL, context.fact(t.uses().get(1)));
    }
    Object argument = t.uses().size() == 2 ? code.constant(t.uses().get(1)) : null;
    if (argument instanceof Integer number) {
      program.heap().store(site, Functions.ARGUMENT + number, Fact.UNKNOWN);
    }
    return new Ref(Set.of(site));
  }

  private Fact methods(Call c, List<MethodRef> candidates) {
    if (isConstructor(c)) {
      Site site = program.site(c, context, candidates.getFirst().className());
      Method constructor = program.program().byRef().get(candidates.getFirst());
      Ref made = new Ref(Set.of(site));
      if (constructor != null && constructor.parameters().size() == c.uses().size() + 1) {
        List<Value> given = new ArrayList<>();
        given.add(null);
        given.addAll(c.uses());
        invoke(c, constructor, given, made);
      }
      return made;
    }
    Map<MethodRef, Fact> receivers = receivers(c, candidates);
    Fact result = Fact.NOTHING;
    for (Map.Entry<MethodRef, Fact> e : receivers.entrySet()) {
      Method callee = program.program().byRef().get(e.getKey());
      boolean fits = callee != null && callee.parameters().size() == c.uses().size();
      result = result.join(fits ? invoke(c, callee, c.uses(), e.getValue()) : Fact.UNKNOWN);
    }
    return candidates.isEmpty() ? Fact.UNKNOWN : result;
  }

  private static boolean isConstructor(Call c) {
    return !c.hasReceiver() && c.target() instanceof Target.Methods m && m.candidates().size() == 1
        && m.candidates().getFirst().name().equals("<init>");
  }

  /**
   * Which objects each of the methods may be called on; only those that run it, where their classes are
   * known.
   */
  private Map<MethodRef, Fact> receivers(Call c, List<MethodRef> candidates) {
    Map<MethodRef, Fact> all = new LinkedHashMap<>();
    Fact receiver = c.hasReceiver() ? context.fact(c.uses().getFirst()) : Fact.UNKNOWN;
    candidates.forEach(m -> all.put(m, receiver));
    if (candidates.size() < 2 || !(receiver instanceof Ref r)) {
      return all;
    }
    Map<MethodRef, Fact> chosen = new LinkedHashMap<>();
    for (Site site : r.sites()) {
      Optional<MethodRef> own = program.classes()
          .method(site.className(), candidates.getFirst().name(), c.uses().size()).map(Method::ref);
      if (own.filter(candidates::contains).isEmpty()) {
        return all;
      }
      chosen.merge(own.get(), Functions.ref(site), Fact::join);
    }
    return chosen;
  }

  /** @param receiver what is called, if it is not static; a constructor's has no place in {@code given} */
  private Fact invoke(Call c, Method callee, List<Value> given, Fact receiver) {
    List<Fact> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Fact fact = given.get(i) == null || i == 0 && c.hasReceiver() ? receiver : context.fact(given.get(i));
      if (fact instanceof Fact.Nothing) {
        return Fact.NOTHING;
      }
      arguments.add(Transfer.reason(fact, operand(c, given.getFirst() == null ? i - 1 : i),
          "passed as `" + callee.parameters().get(i).name() + "` here"));
    }
    Optional<Context> called = program.call(callee, arguments, context);
    called.ifPresent(k -> fields.alterArguments(given, k, callee.parameters()));
    return called.map(k ->
        Transfer.reason(k.returned(), c.span(), "returned by `" + callee.ref().name() + "` here"))
        .orElse(Fact.UNKNOWN);
  }

  private Span operand(Call c, int use) {
    return code.method().site(c).filter(s -> use >= 0 && s.operands().size() > use)
        .map(s -> s.operands().get(use))
        .orElse(c.span());
  }
}
