package io.mlxlint.rules.memory;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Loaded weights that are evaluated in full precision although only their half-precision casts are used. */
public final class EvalBeforeCast implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("MEM101", "eval-before-cast")
      .cost(Cost.PEAK_MEMORY)
      .fix(Safety.UNSAFE)
      .summary("loaded weights are evaluated before they are cast, so all of them are in memory twice")
      .why("""
          Loading is lazy. Evaluating the weights first brings all of them into memory in their own \
          precision, and the casts then come on top. Cast first and evaluate one tensor at a time, closing \
          the loaded one: then only one of them is there in both precisions. Casting first and evaluating \
          all at once is not enough, since the loads run far ahead of the casts.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;
          import java.nio.file.Files;
          import java.nio.file.Path;
          import java.util.LinkedHashMap;
          import java.util.Map;

          class HalfWeights {
            static Map<String, Array> load(Path file) {
              Map<String, Array> weights = MX.load(file);
              MX.eval(weights); // expect: eval-before-cast
              Map<String, Array> half = new LinkedHashMap<>();
              for (Map.Entry<String, Array> w : weights.entrySet()) {
                half.put(w.getKey(), w.getValue().astype(MX.float16));
              }
              return half;
            }

            static Array run() throws Exception {
              Path file = Files.createTempFile("weights", ".safetensors");
              MX.saveSafetensors(file, Map.of("a", MX.ones(64, 64), "b", MX.full(new int[] {64, 64}, 0.5)));
              Map<String, Array> weights = load(file);
              return weights.get("a").add(weights.get("b")).sum(0);
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;
          import java.nio.file.Files;
          import java.nio.file.Path;
          import java.util.LinkedHashMap;
          import java.util.Map;

          class HalfWeights {
            static Map<String, Array> load(Path file) {
              Map<String, Array> weights = MX.load(file);
              Map<String, Array> half = new LinkedHashMap<>();
              for (Map.Entry<String, Array> w : weights.entrySet()) {
                Array loaded = w.getValue();
                Array cast = loaded.astype(MX.float16);
                MX.eval(cast);
                loaded.close();
                half.put(w.getKey(), cast);
              }
              return half;
            }

            static Array run() throws Exception {
              Path file = Files.createTempFile("weights", ".safetensors");
              MX.saveSafetensors(file, Map.of("a", MX.ones(64, 64), "b", MX.full(new int[] {64, 64}, 0.5)));
              Map<String, Array> weights = load(file);
              return weights.get("a").add(weights.get("b")).sum(0);
            }
          }
          """)
      .whenNot("""
          The full precision is used, too. A file that is about to be overwritten must be read completely \
          before; evaluating the casts one by one does that as well.""")
      .origin("Writing Fast MLX, Lazy Loading; measured: 52 MiB tensor by tensor, 144 MiB either way at once")
      .build();

  /** What becomes of the evaluated weights. */
  private static final class Uses {
    final List<Operation> casts = new ArrayList<>();
    final Set<Method> open = new HashSet<>();
    boolean narrow = true;
    boolean other;

    void cast(Operation cast, Facts facts) {
      casts.add(cast);
      narrow &= narrows(cast, facts);
    }
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Force eval : facts.values().all(Force.class)) {
      Optional<Value> weights = eval.how() != Wait.EVALUATE || eval.uses().size() != 1 ? Optional.empty()
          : loaded(eval, facts);
      if (weights.isEmpty()) {
        continue;
      }
      Uses uses = new Uses();
      follow(weights.get(), eval, facts, uses);
      boolean isOneByOne = !weights.get().equals(facts.values().origin(eval.uses().getFirst()));
      if (!uses.other && !uses.casts.isEmpty() && uses.narrow
          && !(isOneByOne && isSharedLoop(eval, uses.casts, facts))) {
        var report = out.report(eval,
            "evaluated in full, although only the casts to half precision are used afterwards");
        report.note(uses.casts.getFirst().span(), "cast here");
        if (!isOneByOne) {
          report.fix("cast and evaluate one tensor at a time", fixes -> fix(eval, uses.casts, facts, fixes));
        }
      }
    }
  }

  /** The loaded weights that are evaluated, at once or each of them in a loop of its own. */
  private static Optional<Value> loaded(Force eval, Facts facts) {
    Values values = facts.values();
    Value value = values.origin(eval.uses().getFirst());
    Optional<Iterate> element = values.definition(value, Iterate.class)
        .filter(_ -> facts.loops().innermost(eval).filter(l -> facts.loops().isInEveryIteration(eval, l))
            .isPresent());
    if (element.isPresent()) {
      value = values.origin(element.get().uses().getFirst());
      value = values.definition(value, Call.class).filter(c -> isCalled(c, "values"))
          .map(c -> values.origin(c.uses().getFirst())).orElse(value);
    }
    return Optional.of(value).filter(v -> values.definition(v, Operation.class)
        .filter(o -> o.kind() == Creation.LOAD).isPresent());
  }

  /** Is a tensor cast, or released, in the loop that evaluates it? Then only one of them is there in full. */
  private static boolean isSharedLoop(Force eval, List<Operation> casts, Facts facts) {
    return facts.loops().innermost(eval).filter(loop -> loop.instructions()
        .anyMatch(i -> i instanceof Release || i instanceof Operation o && casts.contains(o)
            || i instanceof Closure)).isPresent();
  }

  /** A cast to half precision by some caller's word. */
  private static boolean narrows(Operation cast, Facts facts) {
    return facts.intendedDtypes().contexts().stream()
        .anyMatch(c -> c.of(cast.value()).filter(k -> k.dtype().isHalf()).isPresent());
  }

  /** Follows the weights through entries and elements to the operations on them. */
  private static void follow(Value value, Force eval, Facts facts, Uses found) {
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
        case Compute c when !c.operator().equals("cast") -> { }
        case Compute c -> follow(c.value(), eval, facts, found);
        case Iterate i -> follow(i.value(), eval, facts, found);
        case LoadElement e -> follow(e.value(), eval, facts, found);
        case Operation o when o.kind() == Converting.ASTYPE -> found.cast(o, facts);
        case Call c when c.target() instanceof Target.Library l && isView(l.name()) && c.hasReceiver()
            && c.uses().getFirst().equals(value) -> follow(c.value(), eval, facts, found);
        case Call c when c.target() instanceof Target.Library l && isRepeating(l.name()) && c.hasReceiver()
            && c.uses().getFirst().equals(value) -> {
          List<Closure> functions = functions(c, values);
          found.other |= functions.isEmpty();
          functions.stream().map(Closure::body)
              .forEach(b -> b.parameters().forEach(p -> follow(p, eval, facts.of(b), found)));
        }
        case Call c when c.target() instanceof Target.Methods m -> called(value, c, m, eval, facts, found);
        case Instruction _ -> found.other = true;
      }
    }
  }

  /** Goes on in the one method that is given the weights. */
  private static void called(Value value, Call call, Target.Methods target, Force eval, Facts facts,
      Uses found) {
    Method callee = target.candidates().size() != 1 ? null
        : facts.program().byRef().get(target.candidates().getFirst());
    if (callee == null || callee.parameters().size() != call.uses().size() || !found.open.add(callee)) {
      found.other = true;
      return;
    }
    for (int i = 0; i < call.uses().size(); i++) {
      if (call.uses().get(i).equals(value)) {
        follow(callee.parameters().get(i), eval, facts.of(callee), found);
      }
    }
    found.open.remove(callee);
  }

  /** A name, a size or the answer to a question: nothing of a tensor is in it. */
  private static boolean isHost(Type type) {
    return type.isNumber() || type.name().equals("boolean") || type.name().equals("java.lang.String");
  }

  private static boolean isCalled(Instruction use, String method) {
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

  private static boolean isView(String method) {
    return switch (method) {
      case "stream", "entrySet", "values", "keySet", "size", "isEmpty", "iterator", "hasNext", "getKey",
          "containsKey" -> true;
      default -> false;
    };
  }

  private static void fix(Force eval, List<Operation> casts, Facts facts, FixBuilder fixes) {
    Optional<Site> evalSite = facts.method().site(eval);
    Optional<Site> castSite = facts.method().site(casts.getFirst());
    Operation cast = casts.getFirst();
    boolean once = casts.size() == 1 && castSite.isPresent() && facts.loops().innermost(cast).isPresent();
    if (!once || evalSite.isEmpty() || castSite.isEmpty() || castSite.get().operands().isEmpty()) {
      return;
    }
    Span statement = castSite.get().statement();
    Span loaded = castSite.get().operands().getFirst();
    String array = fixes.type(statement, "Array");
    String text = fixes.text(loaded);
    String full = FixBuilder.isName(text) ? text : fixes.unusedName(statement, "loaded");
    String half = fixes.unusedName(statement, "cast");
    String indent = "\n" + fixes.indent(statement);
    fixes.deleteStatement(evalSite.get().statement());
    fixes.insertLineBefore(statement, (full.equals(text) ? "" : array + " " + full + " = " + text + ";"
        + indent)
        + array + " " + half + " = " + full
        + fixes.source(statement).substring(loaded.end(), cast.span().end()) + ";"
        + indent + fixes.mx(statement, "eval") + "(" + half + ");"
        + indent + full + ".close();");
    fixes.replace(cast.span(), half);
  }
}
