package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Target;

/** Which calls of the JDK run a function in each comparison of the things that they put in order? */
public final class Sorts {
  private Sorts() {}

  /** Does the call sort by what it is given, or make a comparator that the method sorts by? */
  public static boolean compares(Call call, Values values) {
    return call.target() instanceof Target.Library l && (isSort(l) || isComparator(l)
        && values.usesThroughCasts(call.value()).stream()
            .anyMatch(u -> u instanceof Call next && compares(next, values)));
  }

  private static boolean isSort(Target.Library l) {
    return l.className().startsWith("java.util.") && switch (l.name()) {
      case "sort", "parallelSort", "sorted", "maxBy", "minBy" -> true;
      case "max", "min" -> Streams.isStream(l) || l.className().equals("java.util.Collections");
      case "<init>" -> switch (l.className()) {
        case "java.util.PriorityQueue", "java.util.TreeMap", "java.util.TreeSet" -> true;
        default -> false;
      };
      default -> false;
    };
  }

  private static boolean isComparator(Target.Library l) {
    return l.className().equals("java.util.Comparator") && !l.name().equals("compare")
        || l.className().equals("java.util.Collections") && l.name().equals("reverseOrder");
  }
}
