package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Moves the compilation of a function to where it happens once, if nothing in it depends on where it stands.
 */
final class Hoisting {
  private static final Pattern DECLARATION =
      Pattern.compile("(?:final\\s+)?([\\w.]+(?:<[^=]*>)?)\\s+(\\w+)\\s*=\\s*");

  private final CompiledFunction function;
  private final Facts facts;
  private final FixBuilder fixes;

  Hoisting(CompiledFunction function, Facts facts, FixBuilder fixes) {
    this.function = function;
    this.facts = facts;
    this.fixes = fixes;
  }

  /** In front of the loop; what the function captures must be made before. */
  void before(Loop loop) {
    boolean free = function.closure().isPresent()
        && function.closure().get().uses().stream().noneMatch(v -> facts.loops().isMadeIn(v, loop))
        && settings().stream().flatMap(c -> c.uses().stream().skip(1)).allMatch(v ->
            !facts.loops().isMadeIn(v, loop) || facts.values().definition(v, LoadField.class).isPresent()
                && !facts.loops().changesIn(v, loop));
    Optional<Span> statement = facts.method().site(function.compile()).map(Site::statement);
    if (!free || statement.isEmpty() || isMoreThanMade() || usesNamesOf(loop)) {
      return;
    }
    if (declaration(statement.get()).filter(d -> !isTaken(d.group(2))).isPresent()) {
      fixes.insertLineBefore(loop.span(),
          reindented(fixes.text(statement.get()), statement.get(), fixes.indent(loop.span())));
      fixes.deleteStatement(statement.get());
    } else {
      String compiled = fixes.unusedName(loop.span(), "compiled");
      fixes.insertLineBefore(loop.span(),
          "var " + compiled + " = " + fixes.text(whole()) + ";");
      fixes.replace(whole(), compiled);
    }
  }

  /** Into a field above the method; nothing but the instance may be captured. */
  void toField() {
    Method method = facts.method();
    Optional<Span> statement = method.site(function.compile()).map(Site::statement);
    boolean free = function.closure().isPresent() && method.enclosing().isEmpty() && settings().isEmpty()
        && function.closure().get().uses().stream().allMatch(v -> v.name().equals("this"));
    if (!free || statement.isEmpty() || isMoreThanMade()) {
      return;
    }
    Optional<Matcher> declaration = declaration(statement.get()).filter(d -> !d.group(1).equals("var"));
    if (declaration.isEmpty() || isTaken(declaration.get().group(2))) {
      return;
    }
    boolean isStatic = method.parameters().stream().noneMatch(p -> p.name().equals("this"));
    String indent = fixes.indent(method.span());
    String text = reindented(fixes.text(statement.get()).replaceFirst("^final\\s+", ""), statement.get(),
        indent);
    int at = aboveJavadoc(method.span());
    fixes.replace(method.span(), at, at,
        indent + "private " + (isStatic ? "static " : "") + "final " + text + "\n\n");
    fixes.deleteStatement(statement.get());
  }

  /** Type and name, if {@code statement} declares the compiled function itself and not what a call gives. */
  private Optional<Matcher> declaration(Span statement) {
    String text = fixes.text(statement);
    String compile = fixes.text(whole()) + ";";
    if (!text.endsWith(compile)) {
      return Optional.empty();
    }
    return Optional.of(DECLARATION.matcher(text.substring(0, text.length() - compile.length())))
        .filter(Matcher::matches);
  }

  /** {@code .inputs(state).shapeless()}: what is said of the function before it is called. */
  private List<Call> settings() {
    return facts.values().all(Call.class).stream().filter(c -> c.hasReceiver() && !c.uses().isEmpty()
        && c.target() instanceof Target.Runtime r && isSetting(r.method().name())
        && facts.values().origin(c.uses().getFirst()).type().name().startsWith("io.mlxlint.mx.Compiled")
        && made(c.uses().getFirst()).equals(function.compile().value())).toList();
  }

  /** What is compiled, without the settings on the way. */
  private Value made(Value compiled) {
    Value v = facts.values().origin(compiled);
    return facts.values().definition(v, Call.class).filter(c -> c.hasReceiver()
        && c.target() instanceof Target.Runtime r && isSetting(r.method().name()))
        .map(c -> made(c.uses().getFirst())).orElse(v);
  }

  private static boolean isSetting(String name) {
    return name.equals("inputs") || name.equals("outputs") || name.equals("shapeless");
  }

  /** The expression with its settings. */
  private Span whole() {
    List<Call> settings = settings();
    return settings.isEmpty() ? function.compile().span() : settings.getLast().span();
  }

  /**
   * Is it one of several to choose from, closed after the call, or set up in other statements? Then its
   * statement cannot just move.
   */
  private boolean isMoreThanMade() {
    Values values = facts.values();
    List<Call> settings = settings();
    boolean isOneExpression = settings.stream().allMatch(c -> c.span().contains(function.compile().span()));
    return !isOneExpression || Stream.concat(Stream.of(function.compile().value()),
        settings.stream().map(Call::value)).flatMap(v -> values.usesThroughCasts(v).stream())
        .anyMatch(u -> u instanceof Phi || u instanceof Release || u instanceof Call c
            && c.target() instanceof Target.Runtime r && r.method().name().equals("close"));
  }

  /** Does the function call what it captures by a name that the loop declares? Before it there is none. */
  private boolean usesNamesOf(Loop loop) {
    Span body = function.closure().orElseThrow().span();
    String around = fixes.source(body).substring(loop.span().start(), body.start());
    return function.closure().get().body().captures().stream().anyMatch(c -> Pattern.compile(
        "[\\w>\\]]\\s+" + Pattern.quote(c.name()) + "\\s*[=:;,)]").matcher(around).find());
  }

  /** Is something else of the file declared or assigned under this name? */
  private boolean isTaken(String name) {
    Matcher others = Pattern.compile("[\\w>\\]]\\s+" + name
        + "\\s*[=;,:)]").matcher(fixes.source(facts.method().span()));
    int count = 0;
    while (others.find()) {
      count++;
    }
    return count > 1;
  }

  private String reindented(String text, Span from, String indent) {
    return Pattern.compile("(\\R)" + Pattern.quote(fixes.indent(from))).matcher(text)
        .replaceAll("$1" + Matcher.quoteReplacement(indent));
  }

  /** The start of the line on which the method, or the comment that belongs to it, begins. */
  private int aboveJavadoc(Span method) {
    String source = fixes.source(method);
    int start = method.start();
    String before = source.substring(0, start).stripTrailing();
    if (before.endsWith("*/")) {
      start = before.lastIndexOf("/*");
    }
    return fixes.lineStart(method, start);
  }
}
