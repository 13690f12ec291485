package io.mlxlint.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Compiles {@code sources} to class files in {@code into}, against {@code earlier} output folders.
   *
   * @return the first error, if it does not compile
   */
  Optional<String> compile(Map<Path, String> sources, List<Path> earlier, Path into) throws IOException {
    if (compiler == null) {
      return Optional.of("this Java has no compiler; run with a JDK");
    }
    Files.createDirectories(into);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      var units = sources.entrySet().stream().map(e -> new Text(e.getKey(), e.getValue())).toList();
      List<String> entries = new ArrayList<>();
      earlier.forEach(p -> entries.add(p.toString()));
      classPath.forEach(p -> entries.add(p.toString()));
      List<String> options = List.of("-d", into.toString(), "-cp", String.join(java.io.File.pathSeparator, entries),
          "-proc:none", "-g", "-parameters", "-nowarn", "-implicit:none");
      if (compiler.getTask(null, files, diagnostics, options, null, units).call()) {
        return Optional.empty();
      }
    }
    return diagnostics.getDiagnostics().stream()
        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .findFirst()
        .map(Variants::oneLine)
        .or(() -> Optional.of("the compiler gave no reason"));
  }

  private static String oneLine(Diagnostic<? extends JavaFileObject> error) {
    String where = error.getSource() == null ? "" : error.getSource().getName() + ":" + error.getLineNumber() + ": ";
    return where + error.getMessage(Locale.ROOT).lines().findFirst().orElse("");
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
