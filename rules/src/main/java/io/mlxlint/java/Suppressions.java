package io.mlxlint.java;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NormalAnnotationExpr;
import com.github.javaparser.ast.expr.SingleMemberAnnotationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Suppression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where findings are not wanted. A comment of its own covers the statement or declaration after it; one at
 * the end of a line covers that line and the simple statement that ends there; an annotation covers what it
 * stands on.
 */
final class Suppressions {
  private static final Pattern ALLOW =
      Pattern.compile("^\\s*mlxlint:\\s*allow\\(\\s*([\\w\\s,-]+?)\\s*\\)(.*)$", Pattern.DOTALL);
  private static final String PREFIX = "mlxlint:";

  private Suppressions() {}

  static List<Suppression> of(SourceFile source, CompilationUnit unit, Collection<Comment> comments) {
    if (!source.text().contains(PREFIX)) {
      return List.of();
    }
    List<Suppression> found = new ArrayList<>();
    if (comments != null) {
      comments.forEach(c -> comment(source, unit, c, found));
    }
    unit.walk(AnnotationExpr.class, a -> annotation(source, a, found));
    found.sort(Comparator.comparing(Suppression::span));
    return List.copyOf(found);
  }

  private static void comment(SourceFile source, CompilationUnit unit, Comment comment,
      List<Suppression> found) {
    Matcher allow = ALLOW.matcher(comment.getContent());
    if (comment.getRange().isEmpty() || !allow.find()) {
      return;
    }
    Span span = source.span(comment);
    Span covers = covers(source, unit, span);
    for (String rule : allow.group(1).split(",")) {
      found.add(new Suppression(rule.strip(), allow.group(2).strip(), span, covers));
    }
  }

  private static Span covers(SourceFile source, CompilationUnit unit, Span comment) {
    int lineStart = source.start(comment.line());
    int before = comment.start() - 1;
    while (before >= lineStart && Character.isWhitespace(source.text().charAt(before))) {
      before--;
    }
    if (before < lineStart) {
      return after(source, unit, comment).orElse(source.span(lineStart, source.end(comment.endLine())));
    }
    int code = before;
    Optional<Span> statement = unit.stream().filter(n -> n instanceof Statement && !(n instanceof BlockStmt))
        .filter(n -> n.findFirst(BlockStmt.class).isEmpty())
        .map(source::span).filter(s -> s.start() <= code && code < s.end())
        .min(Comparator.comparingInt(s -> s.end() - s.start()));
    int start = statement.map(s -> Math.min(s.start(), lineStart)).orElse(lineStart);
    return source.span(start, source.end(comment.line()));
  }

  private static Optional<Span> after(SourceFile source, CompilationUnit unit, Span comment) {
    return unit.stream().filter(n -> n instanceof Statement || n instanceof BodyDeclaration)
        .map(source::span).filter(s -> s.start() >= comment.end())
        .min(Comparator.comparingInt(Span::start).thenComparing(s -> -s.end()));
  }

  private static void annotation(SourceFile source, AnnotationExpr annotation, List<Suppression> found) {
    if (!annotation.getName().getIdentifier().equals("SuppressWarnings")) {
      return;
    }
    Optional<Expression> value = switch (annotation) {
      case SingleMemberAnnotationExpr s -> Optional.of(s.getMemberValue());
      case NormalAnnotationExpr n -> n.getPairs().stream()
          .filter(p -> p.getNameAsString().equals("value")).map(p -> p.getValue()).findFirst();
      default -> Optional.empty();
    };
    Node on = annotation.getParentNode().orElse(annotation);
    if (!(on instanceof BodyDeclaration || on instanceof Parameter)) {
      Node up = on;
      while (up != null && !(up instanceof Statement)) {
        up = up.getParentNode().orElse(null);
      }
      on = up == null ? on : up;
    }
    Span covers = source.span(on);
    value.ifPresent(v -> v.walk(StringLiteralExpr.class, s -> {
      if (s.asString().startsWith(PREFIX)) {
        found.add(new Suppression(s.asString().substring(PREFIX.length()).strip(), "", source.span(s),
            covers));
      }
    }));
  }
}
