package io.mlxlint.java;

import com.github.javaparser.JavaParser;
import com.github.javaparser.JavaToken;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to syntax tree. */
final class Parsing {
  private static final Pattern FOUND = Pattern.compile("(?:Found|Encountered:?)[^\"<]*(?:\"(.*?)\"|<EOF>)");
  private static final Pattern LEXICAL = Pattern.compile("Lexical error at line (\\d+), column (\\d+)");

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
    if (!configuration.isPreprocessUnicodeEscapes()) {
      // Validators walk the tree once more for each rule of the language, and a linter has no use for their
      // opinion.
      configuration.getProcessors().clear();
    }
    ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(source.parsable());
    // What the parser itself stumbled over has a cause; what has none is a validator's opinion of a good
    // tree.
    var stumbled = result.getProblems().stream().filter(p -> p.getCause().isPresent())
        .min(Comparator.comparing(Parsing::begin));
    if (stumbled.isPresent() || result.getResult().isEmpty()) {
      return new Failed(stumbled.map(p -> problem(source, p))
          .orElseGet(() -> new Problem(source.path(), 0, Problem.Kind.UNPARSABLE, "cannot parse this file")));
    }
    CompilationUnit unit = result.getResult().get();
    nameCompactClass(unit, source);
    List<Suppression> suppressions =
        Suppressions.of(source, unit, result.getCommentsCollection().map(c -> c.getComments()).orElse(null));
    forgetTokens(unit);
    return new Parsed(unit, suppressions);
  }

  /** The class that a compact source file does not write down has the file's name, as compilers give it. */
  private static void nameCompactClass(CompilationUnit unit, SourceFile source) {
    String name = source.path().getFileName().toString().replaceFirst("\\.java$", "");
    unit.getTypes().stream().filter(t -> t.isClassOrInterfaceDeclaration())
        .map(t -> t.asClassOrInterfaceDeclaration()).filter(c -> c.isCompact())
        .forEach(c -> c.setName(name));
  }

  private static Position begin(com.github.javaparser.Problem p) {
    Matcher lexical = LEXICAL.matcher(p.getMessage());
    return lexical.find() ? new Position(Integer.parseInt(lexical.group(1)),
        Integer.parseInt(lexical.group(2)))
        : p.getLocation().map(l -> offending(l.getBegin())).flatMap(JavaToken::getRange).map(r -> r.begin)
            .orElse(Position.HOME);
  }

  /** A problem is located at the last token that was fine; the one after it is what the message is about. */
  private static JavaToken offending(JavaToken last) {
    Optional<JavaToken> next = last.getNextToken();
    while (next.isPresent() && next.get().getCategory().isWhitespaceOrComment()) {
      next = next.get().getNextToken();
    }
    return next.filter(t -> !t.getText().isEmpty()).orElse(last);
  }

  private static Problem problem(SourceFile source, com.github.javaparser.Problem p) {
    Matcher found = FOUND.matcher(p.getMessage());
    boolean isFound = found.find();
    boolean isLexical = LEXICAL.matcher(p.getMessage()).find();
    String text = isFound && found.group(1) != null ? found.group(1).strip() : "";
    boolean isEnd = isFound && found.group(1) == null || p.getMessage().contains("<EOF>");
    String message = isLexical && (text.equals("\\n") || text.equals("\\r"))
        ? "a string that does not end on its line"
        : !text.isEmpty() && !text.equals("<EOF>") ? "unexpected '" + text + "'"
        : isEnd ? "the file ends too early" : "this line is no Java";
    return new Problem(source.path(), begin(p).line, Problem.Kind.UNPARSABLE, "cannot parse: " + message);
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
