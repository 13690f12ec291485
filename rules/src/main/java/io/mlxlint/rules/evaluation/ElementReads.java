package io.mlxlint.rules.evaluation;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Replaces the reads of an array's elements in a loop by one read of them all before it. */
final class ElementReads {
  private static final Pattern FOR_EACH =
      Pattern.compile("(for\\s*\\(\\s*(?:final\\s+)?)(\\w+)(\\s+)(\\w+)(\\s*:\\s*)"
          // a name, or a chain of names and calls
          + "([\\w.]+(?:\\([^()]*\\)(?:\\.[\\w.]+)?)*)(\\s*\\))", Pattern.UNICODE_CHARACTER_CLASS);

  /** {@code batch.scores()}, {@code this.scores} */
  private static final Pattern ACCESSOR = Pattern.compile("(?:\\w+\\.)?(\\w+)(?:\\(\\))?");

  private final Facts facts;
  private final Loop loop;
  private final Value array;

  ElementReads(Facts facts, Loop loop, Value array) {
    this.facts = facts;
    this.loop = loop;
    this.array = array;
  }

  void fix(Force read, FixBuilder fixes) {
    if (!read.method().startsWith("item")) {
      return;
    }
    facts.values().definition(read.uses().getFirst()).ifPresent(element -> {
      if (element instanceof Iterate i && facts.values().origin(i.uses().getFirst()).equals(array)) {
        iterateNumbers(i, read.method(), fixes);
      } else if (element instanceof Operation o && isIndexed(o)) {
        index(read.method(), fixes);
      }
    });
  }

  /** {@code for (Array x : xs)} becomes {@code for (double x : xs.toDoubleArray())}. */
  private void iterateNumbers(Iterate element, String method, FixBuilder fixes) {
    List<Instruction> uses = facts.values().uses(element.value());
    Matcher header = FOR_EACH.matcher(fixes.text(loop.headerSpan()));
    if (!header.lookingAt() || isRow()
        || !uses.stream().allMatch(u -> u instanceof Force f && f.method().equals(method))) {
      return;
    }
    int start = loop.headerSpan().start();
    fixes.replace(loop.headerSpan(), start + header.start(2), start + header.end(2), number(method));
    fixes.replace(loop.headerSpan(), start + header.start(6), start + header.end(6),
        header.group(6) + "." + wholeRead(method) + "()");
    uses.forEach(u -> fixes.replace(u.span(), header.group(4)));
  }

  /** {@code xs.at(i).item()} becomes {@code xsValues[i]}, all of them at once. */
  private void index(String method, FixBuilder fixes) {
    List<Force> reads = facts.values().all(Force.class).stream()
        .filter(f -> f.method().equals(method) && facts.loops().isInside(f, loop) && !f.uses().isEmpty())
        .filter(f -> facts.values().definition(f.uses().getFirst(), Operation.class).filter(this::isIndexed)
            .isPresent())
        .toList();
    Operation first = facts.values().definition(reads.getFirst().uses().getFirst(), Operation.class)
        .orElseThrow();
    String name = fixes.text(operand(first, 0));
    boolean before = !facts.loops().isMadeIn(array, loop) || isField();
    Matcher accessor = ACCESSOR.matcher(name);
    boolean isNamed = FixBuilder.isName(name) || accessor.matches() && isOfKnownObject();
    if (!before || !isNamed || isRow() || readsRows(first)) {
      return;
    }
    String base = accessor.matches() ? accessor.group(1) : name;
    String numbers = fixes.unusedName(loop.span(), base + "Values");
    fixes.insertLineBefore(outermost().span(), number(method) + "[] " + numbers + " = " + name
        + fixed(first, fixes) + "."
        + wholeRead(method) + "();");
    for (Force read : reads) {
      Operation at = facts.values().definition(read.uses().getFirst(), Operation.class).orElseThrow();
      if (fixed(at, fixes).equals(fixed(first, fixes))) {
        fixes.replace(read.span(), numbers + "[" + fixes.text(operand(at, at.uses().size() - 1)) + "]");
      }
    }
  }

  /** The outermost loop that leaves the array alone: the numbers are needed once only. */
  private Loop outermost() {
    return facts.loops().around(loop.header()).stream()
        .filter(l -> isField() ? !facts.loops().changesIn(array, l) : !facts.loops().isMadeIn(array, l))
        .findFirst().orElse(loop);
  }

  /** Is it a field or component of something that has a name before the loop? */
  private boolean isOfKnownObject() {
    return facts.values().definition(array, Instruction.LoadField.class)
        .filter(l -> l.uses().stream().noneMatch(o -> facts.loops().isMadeIn(o, outermost()))).isPresent();
  }

  private boolean isField() {
    return facts.values().definition(array, Instruction.LoadField.class).isPresent();
  }

  /** The array is itself an element, in a loop around this one: reading it whole is the defect again. */
  private boolean isRow() {
    ArrayElements elements = new ArrayElements(facts);
    return facts.loops().around(loop.header()).stream()
        .anyMatch(l -> !l.equals(loop) && elements.isPart(array, l));
  }

  /**
   * The subscripts before the last one change in a loop around this one: reading row by row is the defect
   * again.
   */
  private boolean readsRows(Operation at) {
    return facts.loops().around(loop.header()).stream()
        .filter(l -> !l.equals(loop) && !facts.loops().changesIn(array, l))
        .anyMatch(l -> at.uses().subList(1, at.uses().size() - 1).stream()
            .anyMatch(v -> facts.loops().changesIn(v, l)));
  }

  /** The subscripts that stay, as a call: {@code .at(0)} of {@code xs.at(0, i)}. */
  private String fixed(Operation at, FixBuilder fixes) {
    List<String> subscripts = IntStream.range(1, at.uses().size() - 1).mapToObj(i ->
        fixes.text(operand(at, i))).toList();
    return subscripts.isEmpty() ? "" : ".at(" + String.join(", ", subscripts) + ")";
  }

  /** {@code at(0, i)} of the array: numbers of which only the last one changes, and whose text is known. */
  private boolean isIndexed(Operation o) {
    List<Value> subscripts = o.uses().subList(1, o.uses().size());
    return o.method().equals("at") && !subscripts.isEmpty()
        && subscripts.stream().allMatch(v -> v.type().name().equals("int"))
        && subscripts.subList(0, subscripts.size() - 1).stream()
            .allMatch(v -> facts.values().constant(v).isPresent() || !facts.loops().isMadeIn(v, loop))
        && facts.values().origin(o.uses().getFirst()).equals(array)
        && facts.method().site(o).filter(s -> s.operands().size() == o.uses().size()).isPresent();
  }

  private Span operand(Operation o, int i) {
    return facts.method().site(o).map(Site::operands).orElseThrow().get(i);
  }

  private static String wholeRead(String method) {
    return switch (method) {
      case "itemFloat" -> "toFloatArray";
      case "itemInt" -> "toIntArray";
      case "itemLong" -> "toLongArray";
      case "itemBoolean" -> "toBooleanArray";
      default -> "toDoubleArray";
    };
  }

  private static String number(String method) {
    String read = wholeRead(method);
    return read.substring(2, read.length() - "Array".length()).toLowerCase();
  }
}
