package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Containers;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Is a container read array by array that a method has made and filled with arrays which nobody has computed
 * when the first one is read?
 */
final class LazyElements {

  /**
   * Such a container.
   *
   * @param made what puts a lazy array there
   * @param read the statement that reads them all
   * @param in the method of both
   */
  record Container(Value value, StoreElement made, Optional<Span> read, Facts in) {

    /** Computes all of them before the first one is read. */
    void fix(FixBuilder fixes) {
      read.filter(_ -> FixBuilder.isName(value.name())).ifPresent(s ->
          fixes.insertLineBefore(s, fixes.mx(s, "eval") + "(" + value.name() + ");"));
    }
  }

  private final Facts facts;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;

  private LazyElements(Facts facts) {
    this.facts = facts;
    this.values = facts.values();
    this.loops = facts.loops();
    this.evaluation = facts.evaluation();
  }

  /** The container of which each iteration of the loop reads another array. */
  static Optional<Container> of(Force read, Loop loop, Facts facts) {
    LazyElements here = new LazyElements(facts);
    return facts.values().definition(read.uses().getFirst()).filter(d -> switch (d) {
      case Iterate _ -> true;
      case LoadElement e -> e.uses().size() == 2 && facts.loops().changesIn(e.uses().getLast(), loop);
      case Instruction _ -> false;
    }).filter(_ -> facts.loops().isInEveryIteration(read, loop))
        .flatMap(d -> here.container(d.uses().getFirst(), read, i -> facts.loops().isInside(i, loop),
            Optional.of(loop), Optional.of(loop.span())))
        .filter(c -> !facts.loops().isMadeIn(c.value(), loop)
            && facts.loops().innermost(c.value()).equals(loop.parent()));
  }

  /** The container whose arrays the JDK hands to the lambda of these facts, one by one. */
  static Optional<Container> of(Force read, Repetition repetition, Facts facts) {
    Value array = facts.values().origin(read.uses().getFirst());
    if (!(repetition.at() instanceof Call call) || !facts.method().parameters().equals(List.of(array))
        || !facts.loops().isInEveryRun(read)) {
      return Optional.empty();
    }
    Facts by = facts.of(repetition.handed().by());
    LazyElements there = new LazyElements(by);
    return Streams.elements(call, by.values())
        .flatMap(e -> there.container(e, call, i -> i instanceof Closure c && c.body().equals(facts.method()),
            by.loops().innermost(call), by.method().site(call).map(Site::statement)))
        .filter(c -> by.loops().innermost(c.value()).equals(by.loops().innermost(call)));
  }

  /**
   * @param isPart whether an instruction is part of the reading
   * @param loop what runs the reading and its parts
   */
  private Optional<Container> container(Value elements, Instruction read, Predicate<Instruction> isPart,
      Optional<Loop> loop, Optional<Span> statement) {
    Value v = values.origin(elements);
    Optional<Value> source = values.definition(v, Call.class).flatMap(Streams::source);
    if (source.isPresent()) {
      return container(source.get(), read, isPart, loop, statement);
    }
    List<StoreElement> stores = values.usesThroughCasts(v).stream().filter(StoreElement.class::isInstance)
        .map(StoreElement.class::cast).toList();
    return stores.stream().findFirst().filter(_ -> isOwn(v) && areMany(stores)
        && stores.stream().noneMatch(isPart)
        && stores.stream().allMatch(s -> isLazy(s.uses().getLast(), v, read, isPart, loop)))
        .map(s -> new Container(v, s, statement, facts));
  }

  /** Is it made here and only looked at, so that it holds what is put there and nothing else? */
  private boolean isOwn(Value container) {
    return Containers.isMade(container, values) && Containers.isOnlyUsed(container, values, u ->
        u instanceof Submit || u instanceof Return || u instanceof Call c && isLook(c));
  }

  private static boolean isLook(Call call) {
    return Streams.source(call).isPresent() || Streams.isForEach(call)
        || call.target() instanceof Target.Library l
            && (l.name().equals("size") || l.name().equals("isEmpty"));
  }

  /** One evaluation instead of two is little gain. */
  private boolean areMany(List<StoreElement> stores) {
    return stores.size() > 2
        || stores.stream().flatMap(s -> loops.innermost(s).stream()).anyMatch(l -> !loops.runsAtMost(l, 2));
  }

  /** Does it take work to compute the array, and may nothing have done so when its turn comes? */
  private boolean isLazy(Value array, Value container, Instruction read, Predicate<Instruction> isPart,
      Optional<Loop> loop) {
    Value v = values.origin(array);
    return v.type().isArray() && evaluation.isBornLazy(v) && evaluation.isWork(v)
        && values.instructions().filter(i -> i != read && evaluation.possiblyComputed(i).contains(v))
            .noneMatch(i -> isPart.test(i) ? loop.isPresent() && loops.isInside(i, loop.get())
                && loops.mayFollow(i, read, loop) : loops.mayFollow(i, read, loops.innermost(container)));
  }
}
