package io.mlxlint.rule;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Lines;
import io.mlxlint.finding.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Makes text edits from spans; what is not edited keeps its comments and layout. */
public final class FixBuilder {
  private static final String MX = "io.mlxlint.mx";
  private static final Pattern CLASS_HEAD =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+\\w[^;{}]*$");

  private final Sources sources;
  private final Optional<Span> method;
  private final List<Edit> edits = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private boolean impossible;

  /** @param method what the edits are in, if that is a method */
  FixBuilder(Sources sources, Optional<Span> method) {
    this.sources = sources;
    this.method = method;
  }

  /** The source text of {@code span}. */
  public String text(Span span) {
    return source(span).substring(span.start(), span.end());
  }

  /** The whole text of the file that {@code span} lies in. */
  public String source(Span span) {
    return sources.text(span.path());
  }

  public FixBuilder replace(Span span, String replacement) {
    edits.add(new Edit(span, replacement));
    return this;
  }

  /** Replaces part of the file that {@code in} lies in, by offsets into its text. */
  public FixBuilder replace(Span in, int start, int end, String replacement) {
    return replace(sources.lines(in.path()).span(in.path(), start, end), replacement);
  }

  /** Adds a line above {@code statement}, indented as it is; on the same line if something is before it. */
  public FixBuilder insertLineBefore(Span statement, String line) {
    int start = lineStart(statement, statement.start());
    boolean first = source(statement).substring(start, statement.start()).isBlank();
    requireInList(statement);
    requireVisible(line, statement, statement.start());
    return first ? replace(statement, start, start, indent(statement) + line + "\n")
        : replace(statement, statement.start(), statement.start(), line + " ");
  }

  /** Adds a line below {@code statement}, indented as it is; a comment behind the statement stays there. */
  public FixBuilder insertLineAfter(Span statement, String line) {
    int end = statement.end();
    String rest = source(statement).substring(end, lineEnd(statement)).strip();
    requireInList(statement);
    requireVisible(line, statement, end);
    if (!rest.isEmpty() && !rest.startsWith("//")) {
      return replace(statement, end, end, " " + line);
    }
    int at = rest.isEmpty() ? end : source(statement).indexOf(rest, end) + rest.length();
    return replace(statement, at, at, "\n" + indent(statement) + line);
  }

  /** Takes {@code statement} away, with its line if nothing else is on it. */
  public FixBuilder deleteStatement(Span statement) {
    requireInList(statement);
    return delete(statement);
  }

  /** Takes {@code span} away, with its line if nothing else is on it. */
  FixBuilder delete(Span span) {
    String text = source(span);
    int start = lineStart(span, span.start());
    Lines lines = sources.lines(span.path());
    int end = lines.next(lines.at(span.end()));
    boolean alone = text.substring(start, span.start()).isBlank()
        && text.substring(span.end(), end).isBlank();
    if (alone) {
      return replace(span, start, end, "");
    }
    boolean last = text.substring(span.end(), lineEnd(span)).isBlank();
    int from = span.start();
    while (last && text.charAt(from - 1) == ' ') {
      from--;
    }
    int rest = span.end();
    while (rest < text.length() && text.charAt(rest) == ' ') {
      rest++;
    }
    return replace(span, from, rest, "");
  }

  /** A field, or the only statement of an {@code if} or a loop without braces, cannot go nor get company. */
  private void requireInList(Span statement) {
    String before = Sources.code(source(statement).substring(0, statement.start())).stripTrailing();
    impossible |= before.isEmpty() || "{};".indexOf(before.charAt(before.length() - 1)) < 0
        || CLASS_HEAD.matcher(before.substring(0, lastOpen(before))).find();
  }

  /** The names in the line must be known at {@code offset}. */
  private void requireVisible(String line, Span statement, int offset) {
    impossible |= method.filter(m -> m.contains(statement))
        .filter(m -> !new VisibleNames(Sources.code(source(m).substring(m.start(), offset))).allow(line))
        .isPresent();
  }

  /** Where the last brace is that is still open; 0 if there is none. */
  private static int lastOpen(String code) {
    int open = 1;
    int at = code.length();
    while (at > 0 && open > 0) {
      at--;
      open += code.charAt(at) == '}' ? 1 : code.charAt(at) == '{' ? -1 : 0;
    }
    return at;
  }

  /** The white space before the first character of the line on which {@code span} starts. */
  public String indent(Span span) {
    String text = source(span);
    int start = lineStart(span, span.start());
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }

  /** {@code base}, with a number behind it if a variable of the file that {@code in} lies in is called so. */
  public String unusedName(Span in, String base) {
    String unused = IntStream.iterate(1, i -> i + 1).mapToObj(i -> i == 1 ? base : base + i)
        .filter(name -> !sources.isTaken(in.path(), name)).findFirst().orElseThrow();
    names.add(unused);
    return unused;
  }

  /** Is the text one name, and no longer expression? */
  public static boolean isName(String text) {
    return !text.isEmpty() && Character.isJavaIdentifierStart(text.codePointAt(0))
        && text.codePoints().allMatch(Character::isJavaIdentifierPart);
  }

  /** A type of the runtime's main package as the file that {@code in} lies in can write it: {@code Array}. */
  public String type(Span in, String name) {
    boolean known = declares(in, "import " + MX + "." + name) || declares(in, "import " + MX + ".*")
        || declares(in, "package " + MX);
    return known ? name : MX + "." + name;
  }

  /** A static member of {@code MX}, likewise: {@code MX.eval}. */
  public String mx(Span in, String member) {
    String type = type(in, "MX");
    boolean bare = !type.equals("MX") && declares(in, "import static " + MX + ".MX." + member);
    return bare ? member : type + "." + member;
  }

  private boolean declares(Span in, String declaration) {
    return sources.declares(in.path(), declaration);
  }

  /** Where the line begins which has this offset, in the file that {@code in} lies in. */
  public int lineStart(Span in, int offset) {
    Lines lines = sources.lines(in.path());
    return lines.start(lines.at(offset));
  }

  /** Is there nothing to change, or no place for what would have to be there? */
  boolean isEmpty() {
    return edits.isEmpty() || impossible;
  }

  /** Does a comment go with the code it stands in? One that is replaced by itself is meant to go. */
  boolean losesComment() {
    return edits.stream().map(e -> text(e.span()).strip())
        .flatMap(t -> Sources.comments(t).stream().filter(c -> !c.equals(t)))
        .anyMatch(c -> edits.stream().noneMatch(e -> e.replacement().contains(c)));
  }

  /** What {@link #unusedName} has given. */
  Set<String> names() {
    return names;
  }

  List<Edit> edits() {
    return edits.stream().sorted(Comparator.comparing(Edit::span)).toList();
  }

  /** Where the line on which {@code span} ends is over, but for what ends it. */
  private int lineEnd(Span span) {
    Lines lines = sources.lines(span.path());
    return lines.end(lines.at(span.end()));
  }
}
