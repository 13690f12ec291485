package io.mlxlint.analysis.runtime;

import io.mlxlint.analysis.runtime.RuntimeSummary.Outcome;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The summaries of {@code mx.nn} and {@code mx.optim}, made at build time by the linter's own analyses of
 * their sources: one line for each method, {@code name(types)}, the dtype of its result and {@code lazy}.
 */
public final class RuntimeSummaries {
  static final String RESOURCE = "runtime.summaries";

  private final Map<String, RuntimeSummary> byMethod;

  private RuntimeSummaries(Map<String, RuntimeSummary> byMethod) {
    this.byMethod = byMethod;
  }

  /** Those that ship with the linter. */
  public static RuntimeSummaries load() {
    try (InputStream in = RuntimeSummaries.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RuntimeSummaries parse(String text) {
    Map<String, RuntimeSummary> all = new TreeMap<>();
    text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(line -> {
      String[] columns = line.split("\t", -1);
      all.put(columns[0], new RuntimeSummary(outcome(columns[1]), columns[2].equals("lazy")));
    });
    return new RuntimeSummaries(all);
  }

  /** As {@link #parse} reads it. */
  public static String print(Map<MethodRef, RuntimeSummary> all) {
    Map<String, String> lines = new TreeMap<>();
    all.forEach((method, s) -> lines.put(key(method), key(method) + "\t" + words(s.dtype()) + "\t"
        + (s.isLazy() ? "lazy" : "")));
    return lines.values().stream().map(l -> l + "\n").collect(Collectors.joining());
  }

  public Optional<RuntimeSummary> of(MethodRef method) {
    return Optional.ofNullable(byMethod.get(key(method)));
  }

  private static String key(MethodRef m) {
    String types = String.join(", ", m.parameterTypes());
    return (m.className() + "." + m.name() + "(" + types + ")").replace('$', '.');
  }

  private static String words(Outcome rule) {
    return switch (rule) {
      case Outcome.Fixed f -> f.dtype().name();
      case Outcome.Promoted p -> "promoted " + numbers(p.uses());
      case Outcome.Inexact i -> "inexact " + numbers(i.uses());
      case Outcome.Floating f -> "floating " + numbers(f.uses());
      case Outcome.Agreed a -> "agreed " + numbers(a.uses());
      case Outcome.Unknown _ -> "";
    };
  }

  private static String numbers(List<Integer> uses) {
    return uses.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static Outcome outcome(String words) {
    String[] parts = words.split(" ");
    return switch (parts[0]) {
      case "" -> new Outcome.Unknown();
      case "promoted" -> new Outcome.Promoted(uses(parts));
      case "inexact" -> new Outcome.Inexact(uses(parts));
      case "floating" -> new Outcome.Floating(uses(parts));
      case "agreed" -> new Outcome.Agreed(uses(parts));
      default -> new Outcome.Fixed(DType.valueOf(parts[0]));
    };
  }

  private static List<Integer> uses(String[] parts) {
    return Arrays.stream(parts).skip(1).map(Integer::valueOf).toList();
  }
}
