package io.mlxlint.rules.memory;

import io.mlxlint.analysis.evaluation.Updates;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeEnter;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which gradients does an evaluation find open that no one needs any more? */
final class OpenGradients {
  /** Through how many methods a result is followed to where it is made. */
  private static final int MOST_CALLS = 4;

  /**
   * Gradients that are open.
   *
   * @param at the call that makes them, or that leaves them open
   * @param made where they are made, in the method {@code in}
   * @param last their last use
   * @param late what releases them after the evaluation
   */
  record Held(Call at, Call made, Method in, Instruction last, Optional<Release> late) {

    /** Releases them before {@code eval}, or after their last use in the method that leaves them. */
    void close(Force eval, Facts facts, FixBuilder fixes) {
      Optional<Site> moved = late.flatMap(in::site)
          .filter(s -> isOfGradientsAlone(fixes.text(late.get().span())));
      if (moved.isPresent()) {
        in.site(eval).ifPresent(s -> {
          fixes.insertLineBefore(s.statement(), fixes.text(moved.get().statement()));
          fixes.deleteStatement(moved.get().statement());
        });
        return;
      }
      Optional<String> text = text(facts.of(in).values(), fixes);
      boolean isHere = in.equals(facts.method());
      Optional<Site> site = isHere ? in.site(eval) : in.site(last)
          .filter(_ -> isInOwnStatement(facts.of(in)));
      text.ifPresent(t -> site.ifPresent(s -> {
        if (isHere) {
          fixes.insertLineBefore(s.statement(), t);
        } else {
          fixes.insertLineAfter(s.statement(), t);
        }
      }));
    }

    /** Anything else may be among what is evaluated, as the loss is. */
    private boolean isOfGradientsAlone(String text) {
      return late.get().uses().size() == 1
          && (!late.get().uses().getFirst().equals(made.value()) || text.endsWith("closeGrads()"));
    }

    private boolean isInOwnStatement(Facts inside) {
      return inside.values().all(Return.class).stream().flatMap(r -> in.site(r).stream())
          .noneMatch(s -> s.statement().contains(last.span()));
    }

    private Optional<String> text(Values values, FixBuilder fixes) {
      String name = made.value().name();
      if (FixBuilder.isName(name)) {
        String close = fixes.mx(made.span(), "close");
        return Optional.of(isClipped(made) ? close + "(" + name + ".gradients());"
            : made.value().type().isArray() ? name + ".close();"
            : isMap(made) ? close + "(" + name + ");" : name + ".closeGrads();");
      }
      return values.usesThroughCasts(made.value()).stream().flatMap(u -> u.result().stream())
          .filter(v -> FixBuilder.isName(v.name())).map(v -> fixes.mx(made.span(), "close")
              + (v.type().isJavaArray() ? "((Object) " : "(") + v.name() + ");").findFirst();
    }
  }

  private final Facts facts;
  private final Values values;
  private final Loops loops;

  OpenGradients(Facts facts) {
    this.facts = facts;
    this.values = facts.values();
    this.loops = facts.loops();
  }

  /** Those of the same iteration of {@code loop}. */
  Optional<Held> heldAt(Force eval, Loop loop) {
    return values.all(Call.class).stream()
        .filter(c -> loops.dominates(c, eval) && facts.iteration(c).equals(Optional.of(loop))
            && !isScoped(c, eval, facts))
        .flatMap(c -> isResult(c) || isHandedOver(c, facts, MOST_CALLS) || isGradient(c)
            || isMap(c) && isApplied(c) ? here(c, eval, loop).stream() : leftBy(c).stream()).findFirst();
  }

  /** Does each method that may answer make gradients and give them to nobody but who calls it? */
  private static boolean isHandedOver(Call call, Facts facts, int calls) {
    return calls > 0 && call.target() instanceof Target.Methods m && isNamedResult(call.value())
        && m.candidates().stream().map(facts.program().byRef()::get).allMatch(callee -> {
          List<Return> returns = callee == null ? List.of() : facts.of(callee).values().all(Return.class);
          return !returns.isEmpty() && returns.stream().allMatch(r ->
              isMadeFor(r, facts.of(callee), calls - 1));
        });
  }

  private static boolean isMadeFor(Return answer, Facts inside, int calls) {
    Values values = inside.values();
    return !answer.uses().isEmpty() && values.definition(answer.uses().getFirst(), Call.class)
        .filter(c -> isResult(c) || isHandedOver(c, inside, calls))
        .filter(c -> values.all(ScopeEnter.class).isEmpty() && values.usesThroughCasts(c.value()).stream()
            .allMatch(u -> u instanceof Return || u instanceof Call look
                && look.target() instanceof Target.Runtime r && r.method().name().equals("value")))
        .isPresent();
  }

  private static boolean isNamedResult(Value value) {
    return value.type().name().endsWith("ValueAndGrad.Result") && FixBuilder.isName(value.name());
  }

  /** A gradient that has a name, from a function that {@code grad} has made. */
  private boolean isGradient(Call call) {
    return call.target() instanceof Target.Functional && call.value().type().isArray()
        && FixBuilder.isName(call.value().name())
        && values.definition(call.uses().getFirst(), Transform.class)
            .filter(t -> t.method().equals("grad")).isPresent();
  }

  private static boolean isResult(Call call) {
    return call.target() instanceof Target.Runtime
        && (call.value().type().name().endsWith("ValueAndGrad.Result") || isClipped(call));
  }

  /** Gradients of their own, beside those that they are made of. */
  private static boolean isClipped(Call call) {
    return call.value().type().name().endsWith("Optimizer.Clipped");
  }

  private static boolean isMap(Call call) {
    return call.target() instanceof Target.Library l && l.name().equals("<init>")
        && l.className().startsWith("java.util.") && l.className().endsWith("Map");
  }

  /** Is it a new map of gradients for an optimizer, such as scaled ones? */
  private boolean isApplied(Call map) {
    return map.uses().isEmpty() && values.usesThroughCasts(map.value()).stream().anyMatch(u ->
        u instanceof Call c && Updates.isByOptimizer(c)
            && values.origin(c.uses().getLast()).equals(map.value()));
  }

  private Optional<Held> here(Call made, Force eval, Loop loop) {
    List<Instruction> uses = new ArrayList<>();
    if (isMap(made) ? !onlyFilled(made.value(), facts, uses)
        : !GradientUses.only(made.value(), isGradient(made), facts, uses)) {
      return Optional.empty();
    }
    List<Release> late = uses.stream().filter(u -> loops.dominates(eval, u))
        .flatMap(u -> u instanceof Release r ? Stream.of(r) : Stream.empty()).toList();
    uses.removeIf(u -> late.contains(u) || isOnlyFor(late, u));
    boolean held = !uses.isEmpty() && isFirst(eval, made, uses, loop) && !areClippedLater(uses, eval, loop)
        && uses.stream().noneMatch(u -> u instanceof Release || u == eval
            || loops.mayFollow(eval, u, Optional.of(loop)));
    return held ? Optional.of(new Held(made, made, facts.method(), uses.getLast(),
        late.stream().findFirst())) : Optional.empty();
  }

  /** Are clipped ones used after {@code eval} only? What clips them holds them until then. */
  private boolean areClippedLater(List<Instruction> all, Force eval, Loop loop) {
    return all.stream().filter(u -> u instanceof Call c && isClipped(c)).anyMatch(clip -> {
      List<Instruction> uses = new ArrayList<>();
      return !GradientUses.only(((Call) clip).value(), false, facts, uses) || uses.stream()
          .filter(u -> !(u instanceof Release) && u.result().stream().flatMap(v -> values.uses(v).stream())
              .noneMatch(Release.class::isInstance))
          .anyMatch(u -> loops.mayFollow(eval, u, Optional.of(loop)));
    });
  }

  private boolean isOnlyFor(List<Release> late, Instruction use) {
    return use.result().filter(v -> !values.uses(v).isEmpty()
        && late.containsAll(values.usesThroughCasts(v))).isPresent();
  }

  /** Is no evaluation before {@code eval} the one that computes the gradients and all made of them? */
  private boolean isFirst(Force eval, Call made, List<Instruction> uses, Loop loop) {
    return !isOfLoss(eval, made) && values.all(Force.class).stream().noneMatch(f -> f != eval
        && f.how() == Wait.EVALUATE && loops.dominates(made, f) && !isOfLoss(f, made)
        && !areClippedLater(uses, f, loop)
        && facts.iteration(f).equals(Optional.of(loop)) && loops.mayFollow(f, eval, Optional.of(loop)));
  }

  /** Does it compute the loss alone, so that the gradients are not arrays yet? */
  private boolean isOfLoss(Force eval, Call made) {
    return !eval.uses().isEmpty() && eval.uses().stream().allMatch(v -> values
        .definition(values.origin(v), Call.class).filter(c -> c.target() instanceof Target.Runtime r
            && r.method().name().equals("value")
            && values.origin(c.uses().getFirst()).equals(values.origin(made.value()))).isPresent());
  }

  /** A method that makes gradients, uses them up, neither closes nor evaluates anything, and returns. */
  private Optional<Held> leftBy(Call call) {
    return callee(call).flatMap(callee -> {
      Facts inside = facts.of(callee);
      boolean isPlain = inside.values().instructions().noneMatch(i -> i instanceof ScopeEnter
          || inside.evaluation().mayForce(i));
      return !isPlain ? Optional.empty() : inside.values().all(Call.class).stream()
          .filter(c -> isResult(c) && inside.loops().innermost(c).isEmpty()).flatMap(made -> {
            List<Instruction> uses = new ArrayList<>();
            boolean left = GradientUses.only(made.value(), false, inside, uses) && !uses.isEmpty()
                && uses.stream().noneMatch(Release.class::isInstance);
            return left ? Stream.of(new Held(call, made, callee, uses.getLast(),
                Optional.empty())) : Stream.empty();
          }).findFirst();
    });
  }

  /** The one method, or function, that the call runs. */
  private Optional<Method> callee(Call call) {
    return switch (call.target()) {
      case Target.Methods m when m.candidates().size() == 1 ->
          Optional.ofNullable(facts.program().byRef().get(m.candidates().getFirst()));
      case Target.Functional _ -> facts.functions(call).filter(all -> all.size() == 1)
          .map(all -> all.getFirst().body());
      case Target.Methods _, Target.Library _, Target.Runtime _, Target.Unknown _ -> Optional.empty();
    };
  }

  /** A scope around the call ends before the evaluation. */
  private static boolean isScoped(Call call, Force eval, Facts facts) {
    return facts.values().all(ScopeExit.class).stream().filter(x -> facts.loops().dominates(x, eval))
        .flatMap(x -> facts.values().definition(x.uses().getFirst(), ScopeEnter.class).stream())
        .anyMatch(s -> facts.loops().dominates(s, call));
  }

  /** Does it get nothing but what is computed for it, here or by functions over other gradients? */
  private static boolean onlyFilled(Value map, Facts in, List<Instruction> uses) {
    Values values = in.values();
    return values.uses(map).stream().allMatch(use -> note(use, uses) && switch (use) {
      case StoreElement s -> s.uses().getFirst().equals(map) && values.definition(s.uses().getLast())
          .filter(d -> d instanceof Operation o && values.uses(o.value()).size() == 1
              && !o.method().equals("set") && !o.method().equals("assign")).isPresent();
      case Closure c -> values.uses(c.value()).stream().allMatch(u -> u instanceof Call k
              && k.target() instanceof Target.Library l && l.name().equals("forEach"))
          && onlyFilled(c.body().captures().get(c.uses().indexOf(map)), in.of(c.body()), new ArrayList<>());
      case Compute c when c.operator().equals("cast") -> onlyFilled(c.value(), in, uses);
      case Call c -> c.target() instanceof Target.Runtime;
      case Force _, Release _ -> true;
      case Instruction _ -> false;
    });
  }

  private static boolean note(Instruction use, List<Instruction> uses) {
    uses.add(use);
    return true;
  }
}
