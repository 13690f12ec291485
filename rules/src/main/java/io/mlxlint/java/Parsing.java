package io.mlxlint.java;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Suppression;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to syntax tree. */
final class Parsing {
  private static final Pattern FOUND = Pattern.compile("Found (?:\"(.*?)\"|<EOF>|(\\S+))|Encountered.*?\"(.*?)\"");

  private Parsing() {}

  /** A tree without tokens and comments, or the reason why there is none. */
  sealed interface Outcome {}

  record Parsed(CompilationUnit unit, List<Suppression> suppressions) implements Outcome {}

  record Failed(Problem problem) implements Outcome {}

  static Outcome parse(SourceFile source) {
    ParserConfiguration configuration = new ParserConfiguration()
        .setLanguageLevel(LanguageLevel.JAVA_25)
        .setAttributeComments(false)
        .setPreprocessUnicodeEscapes(source.text().contains("\\u"));
    ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(source.parsable());
    // What the parser itself stumbled over has a cause; what has none is a validator's opinion of a good tree.
    var stumbled = result.getProblems().stream().filter(p -> p.getCause().isPresent())
        .min(Comparator.comparing(Parsing::begin));
    if (stumbled.isPresent() || result.getResult().isEmpty()) {
      return new Failed(stumbled.map(p -> problem(source, p))
          .orElseGet(() -> new Problem(source.path(), 0, Problem.Kind.UNPARSABLE, "cannot parse this file")));
    }
    CompilationUnit unit = result.getResult().get();
    List<Suppression> suppressions =
        Suppressions.of(source, unit, result.getCommentsCollection().map(c -> c.getComments()).orElse(null));
    forgetTokens(unit);
    return new Parsed(unit, suppressions);
  }

  private static Position begin(com.github.javaparser.Problem p) {
    return p.getLocation().flatMap(l -> l.getBegin().getRange()).map(r -> r.begin).orElse(Position.HOME);
  }

  private static Problem problem(SourceFile source, com.github.javaparser.Problem p) {
    Position at = begin(p);
    Matcher found = FOUND.matcher(p.getMessage());
    String text = !found.find() ? "" : found.group(1) != null ? found.group(1)
        : found.group(2) != null ? found.group(2) : found.group(3) != null ? found.group(3) : "";
    String message = p.getMessage().contains("<EOF>") && text.isEmpty() ? "cannot parse: the file ends too early"
        : text.isEmpty() ? "cannot parse this line" : "cannot parse: unexpected '" + text.strip() + "'";
    return new Problem(source.path(), at.line, Problem.Kind.UNPARSABLE, message);
  }

  /** Tokens are three quarters of a tree's memory, and ranges are all that is needed of them. */
  private static void forgetTokens(Node node) {
    Range range = node.getRange().orElse(null);
    node.setTokenRange(null);
    node.setRange(range);
    for (Node child : node.getChildNodes()) {
      forgetTokens(child);
    }
  }
}
