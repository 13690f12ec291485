package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Site;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the constant of a compiled lambda into one more array among its inputs. */
final class ConstantToInput {
  private static final Pattern PARAMETERS =
      Pattern.compile("\\(\\s*(?:[\\w.]+\\s+)?(\\w+)\\s*,\\s*((?:Array\\[\\]\\s+)?)(\\w+)\\s*\\)(?=\\s*->)");
  private static final Pattern TYPE = Pattern.compile(
      "^((?:(?:private|static|final)\\s+)*)(Compiled\\.With<[^<>]*>|var)(?=\\s+\\w+\\s*=)");

  /** A name, a field, or one element of what has a name. */
  private static final Pattern NAME = Pattern.compile("[\\w.]+(?:\\[\\w+])?");

  private final CompiledFunction function;
  private final Facts facts;

  ConstantToInput(CompiledFunction function, Facts facts) {
    this.function = function;
    this.facts = facts;
  }

  void fix(FixBuilder fixes) {
    Optional<Span> declaration = site(function.compile()).map(Site::statement);
    if (function.closure().isEmpty() || !function.staysHere() || declaration.isEmpty()) {
      return;
    }
    Closure closure = function.closure().get();
    Matcher type = TYPE.matcher(fixes.text(declaration.get()));
    Matcher parameters = PARAMETERS.matcher(fixes.text(closure.span()));
    long inputs = function.calls().stream().map(c -> c.uses().size()).distinct().count();
    boolean located = function.calls().stream()
        .allMatch(c -> c.uses().size() > 2
            && site(c).filter(s -> s.operands().size() == c.uses().size()).isPresent());
    String compile = fixes.text(function.compile().span());
    if (!type.find() || !parameters.lookingAt() || inputs != 1 || !located
        || !compile.startsWith("MX.compileWith(")) {
      return;
    }
    int arrays = function.calls().getFirst().uses().size() - 2;
    Optional<Map<Span, String>> terms = new ConstantTerms(closure.body(), facts.of(closure.body()).values(),
        parameters.group(3) + "[" + arrays + "]", fixes).rewritten();
    if (terms.isEmpty()) {
      return;
    }
    int from = declaration.get().start();
    fixes.replace(declaration.get(), from + type.start(2), from + type.end(2), "Compiled");
    int call = function.compile().span().start();
    fixes.replace(function.compile().span(), call, call + "MX.compileWith".length(), "MX.compileArrays");
    int lambda = closure.span().start();
    String in = parameters.group(2).isEmpty() ? parameters.group(3)
        : "(" + parameters.group(2) + parameters.group(3) + ")";
    fixes.replace(closure.span(), lambda + parameters.start(), lambda + parameters.end(), in);
    terms.get().forEach(fixes::replace);
    function.calls().forEach(c -> pass(c, fixes));
  }

  private Optional<Site> site(Instruction instruction) {
    return facts.owner(instruction).flatMap(m -> m.site(instruction));
  }

  /**
   * {@code f.apply(c, x)} becomes {@code f.applyAll(x, MX.array(c, x.dtype()))}; what has no name gets one,
   * since making it twice may cost, or draw other random numbers.
   */
  private void pass(Call call, FixBuilder fixes) {
    Site site = site(call).orElseThrow();
    List<Span> operands = site.operands();
    Span first = operands.get(2);
    Span last = operands.getLast();
    String array = fixes.text(first);
    if (!NAME.matcher(array).matches()) {
      String name = fixes.unusedName(call.span(), "input");
      fixes.insertLineBefore(site.statement(), fixes.type(call.span(), "Array") + " " + name + " = " + array
          + ";");
      array = name;
    }
    String arrays = array + fixes.source(call.span()).substring(first.end(), last.end());
    String text = fixes.text(operands.getFirst()) + ".applyAll(" + arrays + ", MX.array("
        + fixes.text(operands.get(1)) + ", " + array + ".dtype()))";
    fixes.replace(call.span(), text);
  }
}
