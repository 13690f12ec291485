package io.mlxlint.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the linted sources as they are, and single files with a fix on top of that. */
final class Variants {
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final List<Path> classPath;

  Variants(List<Path> classPath) {
    this.classPath = classPath;
  }

  /** The first error of a file that does not compile; no path if the compiler named none. */
  record Failure(Path path, String message) {}

  /**
   * Compiles {@code sources} to class files in {@code into}, against {@code earlier} output folders.
   *
   * @return one failure for each file with errors; empty if everything compiles
   */
  List<Failure> compile(Map<Path, String> sources, List<Path> earlier, Path into) throws IOException {
    if (compiler == null) {
      return List.of(new Failure(null, "this Java has no compiler; run with a JDK"));
    }
    Files.createDirectories(into);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      var units = sources.entrySet().stream().map(e -> new Text(e.getKey(), e.getValue())).toList();
      List<String> entries = new ArrayList<>();
      earlier.forEach(p -> entries.add(p.toString()));
      classPath.forEach(p -> entries.add(p.toString()));
      List<String> options = List.of("-d", into.toString(), "-cp",
          String.join(java.io.File.pathSeparator, entries),
          "-proc:none", "-g", "-parameters", "-nowarn", "-implicit:none");
      if (compiler.getTask(null, files, diagnostics, options, null, units).call()) {
        return List.of();
      }
    }
    Map<Path, Failure> first = new LinkedHashMap<>();
    diagnostics.getDiagnostics().stream()
        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .map(Variants::failure)
        .forEach(f -> first.putIfAbsent(f.path(), f));
    return first.isEmpty() ? List.of(new Failure(null, "the compiler gave no reason"))
        : List.copyOf(first.values());
  }

  private static Failure failure(Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    return error.getSource() instanceof Text text
        ? new Failure(text.path, text.path + ":" + error.getLineNumber() + ": " + message)
        : new Failure(null, message);
  }

  private static final class Text extends SimpleJavaFileObject {
    private final Path path;
    private final String text;

    Text(Path path, String text) {
      super(URI.create("text:///" + path.getFileName()), Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    @Override
    public String getName() {
      return path.toString();
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE && path.getFileName().toString().equals(simpleName + ".java");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
