package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;

/** The JDK's own loops: which of its methods run a function once per element, and of what? */
public final class Streams {
  private Streams() {}

  /** Does the call run its function once per element, of which there may be more than two? */
  static boolean repeats(Call call, Values values) {
    return call.target() instanceof Target.Library l && !isShort(call, values) && switch (l.name()) {
      case "filter", "peek", "flatMap" -> isStream(l);
      case "forEach", "forEachOrdered", "setAll", "replaceAll", "forEachRemaining" ->
          !l.className().equals("java.util.Optional");
      default -> isMapping(l) || isCollector(l);
    };
  }

  /** Does it make a collector that runs its function once per element? */
  private static boolean isCollector(Target.Library l) {
    return l.className().equals("java.util.stream.Collectors") && switch (l.name()) {
      case "groupingBy", "groupingByConcurrent", "partitioningBy", "toMap", "toConcurrentMap", "mapping",
          "filtering", "averagingInt", "averagingLong", "averagingDouble", "summingInt", "summingLong",
          "summingDouble", "summarizingInt", "summarizingLong", "summarizingDouble" -> true;
      default -> false;
    };
  }

  /** What a call that runs a function once per element takes these from; a collector, from its stream. */
  public static Optional<Value> elements(Call call, Values values) {
    if (call.hasReceiver()) {
      return Optional.of(call.uses().getFirst());
    }
    return !(call.target() instanceof Target.Library l) || !isCollector(l) ? Optional.empty()
        : values.usesThroughCasts(call.value()).stream()
            .filter(u -> u instanceof Call c && c.hasReceiver() && c.uses().size() == 2
                && c.target() instanceof Target.Library t && isStream(t) && t.name().equals("collect"))
            .map(u -> u.uses().getFirst()).findFirst();
  }

  /** Is it a stream of one or two numbers? */
  private static boolean isShort(Call call, Values values) {
    List<Object> bounds = call.uses().stream().flatMap(v -> values.constant(v).stream()).toList();
    if (call.target() instanceof Target.Library l && isStream(l) && l.name().equals("range")) {
      return bounds.size() == 2 && bounds.getFirst() instanceof Integer from
          && bounds.getLast() instanceof Integer to && to - from <= 2;
    }
    return call.hasReceiver() && values.definition(call.uses().getFirst(), Call.class)
        .filter(c -> isShort(c, values)).isPresent();
  }

  /** Does it hand the elements, or the entries, of its receiver to a function that gives nothing back? */
  public static boolean isForEach(Call call) {
    return call.target() instanceof Target.Library l
        && (l.name().equals("forEach") || l.name().equals("forEachOrdered"));
  }

  static boolean isStream(Target.Library l) {
    return l.className().startsWith("java.util.stream.") && !l.className().endsWith(".Collectors");
  }

  private static boolean isMapping(Target.Library l) {
    return isStream(l) && switch (l.name()) {
      case "map", "mapToObj", "mapToInt", "mapToLong", "mapToDouble" -> true;
      default -> false;
    };
  }

  /** Does the call give a stream of what its function makes of each element? */
  public static boolean isMapping(Call call) {
    return call.target() instanceof Target.Library l && isMapping(l);
  }

  /** What the call makes a stream or list of, element by element and as they are. */
  public static Optional<Value> source(Call call) {
    if (!(call.target() instanceof Target.Library l)) {
      return Optional.empty();
    }
    boolean passes = switch (l.name()) {
      case "filter", "peek", "skip", "limit", "takeWhile", "dropWhile", "parallel", "sequential", "unordered",
          "boxed" -> isStream(l);
      case "stream" -> l.className().startsWith("java.util.");
      case "spliterator" -> call.hasReceiver();
      case "of" -> isStream(l) && call.uses().size() == 1 && call.uses().getFirst().type().isJavaArray();
      default -> false;
    };
    return passes ? call.uses().stream().findFirst() : Optional.empty();
  }

  /** Does the stream that the call goes over count, one number after the other? */
  public static boolean isCounting(Call call, Values values) {
    return call.hasReceiver() && values.definition(values.origin(call.uses().getFirst()), Call.class)
        .filter(c -> c.target() instanceof Target.Library l && isStream(l)
            && (l.name().equals("range") || l.name().equals("rangeClosed")
                || source(c).isPresent() && isCounting(c, values))).isPresent();
  }

  /**
   * May what follows the call leave elements out, or is it not known what follows? A search looks at few
   * elements.
   */
  static boolean mayStop(Call call, Values values) {
    return isLazy(call) && values.usesThroughCasts(call.value()).stream().anyMatch(u -> switch (u) {
      case Call next when next.target() instanceof Target.Library l && isStream(l)
          && next.hasReceiver() -> switch (l.name()) {
            case "limit", "takeWhile", "findFirst", "findAny", "anyMatch", "allMatch", "noneMatch",
                "iterator", "spliterator" -> true;
            // takes all of them first
            case "sorted" -> false;
            default -> mayStop(next, values);
          };
      case Instruction _ -> true;
    });
  }

  private static boolean isLazy(Call call) {
    return call.value().type().name().startsWith("java.util.stream.");
  }
}
