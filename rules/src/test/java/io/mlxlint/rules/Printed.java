package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.mx.Random;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;

/** What programs print, for a comparison before and after a fix. */
final class Printed {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern CLASS =
      Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|record|interface) (\\w+)");
  private static final Pattern DTYPE = Pattern.compile("\\bb?float(?:16|32)\\b");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?|NaN|-?Infinity");

  private Printed() {}

  /** The class whose {@code main} starts the program. */
  static Optional<String> main(Collection<String> sources) {
    return sources.stream().filter(s -> s.contains("public static void main(String[] args)")).map(s -> {
      Matcher pack = PACKAGE.matcher(s);
      Matcher type = CLASS.matcher(s);
      return (pack.find() ? pack.group(1) + "." : "") + (type.find() ? type.group(1) : "");
    }).findFirst();
  }

  /** What {@code main} prints with the random numbers of a fixed seed. */
  static String of(String main, Path classes) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()},
        ClassLoader.getPlatformClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
          return super.findClass(name);
        } catch (ClassNotFoundException e) {
          return Printed.class.getClassLoader().loadClass(name);
        }
      }
    }) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Random.seed(11);
      var method = loader.loadClass(main).getDeclaredMethod("main", String[].class);
      method.setAccessible(true);
      method.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The same words, and the same numbers but for rounding; a dtype may be another one. */
  static void assertSame(String printedBefore, String printedAfter) {
    String before = DTYPE.matcher(printedBefore).replaceAll("dtype");
    String after = DTYPE.matcher(printedAfter).replaceAll("dtype");
    assertThat(NUMBER.matcher(after).replaceAll("#")).isEqualTo(NUMBER.matcher(before).replaceAll("#"));
    List<Double> first = numbers(before);
    List<Double> second = numbers(after);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).as("number " + i + " of\n" + before + "\nand of\n" + after)
          .isCloseTo(first.get(i), Offset.offset(1e-2 * Math.max(1, Math.abs(first.get(i)))));
    }
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(r -> Double.valueOf(r.group())).toList();
  }
}
