package io.mlxlint.rules;

import io.mlxlint.mx.Array;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one source against the runtime, and runs it. */
final class Compiled {
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public |final |abstract )*class (\\w+)");

  private final String className;
  private final Path classes;
  private final String errors;

  private Compiled(String className, Path classes, String errors) {
    this.className = className;
    this.classes = classes;
    this.errors = errors;
  }

  static Compiled of(String source, Path directory) throws IOException {
    return of(source, directory, Path.of("none"));
  }

  /** @param others the root of sources that this one may need */
  static Compiled of(String source, Path directory, Path others) throws IOException {
    Matcher m = CLASS.matcher(source);
    String name = m.find() ? m.group(1) : "Test";
    Path classes = Files.createTempDirectory(directory, name);
    return new Compiled(name, classes, errors(Map.of(Path.of(name + ".java"), source), classes, others));
  }

  /** What the compiler says about these files of one program; empty if it is content. */
  static String errors(Map<Path, String> sources, Path classes, Path others) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<SimpleJavaFileObject> files = sources.entrySet().stream().map(e -> file(e.getKey(), e.getValue()))
        .toList();
    StringWriter errors = new StringWriter();
    boolean ok = compiler.getTask(errors, null, null,
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none",
            "-sourcepath", others.toString()), null, files).call();
    return ok ? "" : errors.toString();
  }

  private static SimpleJavaFileObject file(Path path, String source) {
    return new SimpleJavaFileObject(URI.create("string:///" + path.getFileName()),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** What the compiler says; empty if it is content. */
  String errors() {
    return errors;
  }

  /** What each static method without parameters returns, as numbers. */
  Map<String, List<Double>> run() throws Exception {
    Map<String, List<Double>> results = new TreeMap<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()},
        Compiled.class.getClassLoader())) {
      for (Method method : loader.loadClass(className).getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0
            && !method.isSynthetic() && method.getName().equals("run")) {
          method.setAccessible(true);
          results.put(method.getName(), numbers(call(method)));
        }
      }
    }
    return results;
  }

  private static Object call(Method method) throws Exception {
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception x ? x : e;
    }
  }

  private static List<Double> numbers(Object result) {
    return switch (result) {
      case Array a -> Arrays.stream(a.toDoubleArray()).boxed().toList();
      case Number n -> List.of(n.doubleValue());
      case double[] d -> Arrays.stream(d).boxed().toList();
      case Array[] all -> {
        List<Double> out = new ArrayList<>();
        for (Array a : all) {
          out.addAll(numbers(a));
        }
        yield out;
      }
      case null, default -> throw new AssertionError("run() returns " + result + ", not arrays or numbers");
    };
  }
}
