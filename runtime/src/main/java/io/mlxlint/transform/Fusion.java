package io.mlxlint.transform;

import io.mlxlint.op.Elementwise;
import io.mlxlint.op.Fused;
import io.mlxlint.transform.Tape.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one step of element-wise steps of a tape whose results nobody else wants, as MLX's {@code compile}
 * does: what is between them then needs no array.
 */
final class Fusion {
  /** A pass of fewer costs as much as it saves. */
  private static final int FEWEST_STEPS = 3;
  /** What one pass reads and holds must fit into a cache; MLX has such a limit as well. */
  private static final int MOST_STEPS = 24;

  private final Tape tape;
  private final int first;
  /** For each step the last one of its group, itself if it has none. */
  private final int[] last;
  private final int[] size;

  private Fusion(Tape tape) {
    this.tape = tape;
    first = tape.inputs() + tape.constants().length;
    last = new int[tape.steps().length];
    size = new int[last.length];
    Arrays.fill(size, 1);
  }

  /** A tape that does the same. */
  static Tape of(Tape tape) {
    Fusion fusion = new Fusion(tape);
    fusion.group();
    return fusion.rewritten();
  }

  /** From the last step to the first, so that those that want a result are in their groups already. */
  private void group() {
    List<List<Integer>> wanting = wanting();
    for (int i = last.length - 1; i >= 0; i--) {
      last[i] = i;
      int group = common(wanting.get(i));
      if (group >= 0 && group != i && size[group] < MOST_STEPS
          && fits(tape.steps()[i], tape.steps()[group])) {
        last[i] = group;
        size[group]++;
      }
    }
    for (int i = 0; i < last.length; i++) {
      if (size[last[i]] < FEWEST_STEPS) {
        last[i] = i;
      }
    }
  }

  /** For each step those that take its result, and itself where that leaves the function. */
  private List<List<Integer>> wanting() {
    List<List<Integer>> out = new ArrayList<>();
    for (int i = 0; i < last.length; i++) {
      out.add(new ArrayList<>());
      for (int operand : tape.steps()[i].operands()) {
        if (operand >= first) {
          out.get(operand - first).add(i);
        }
      }
    }
    for (int output : tape.outputs()) {
      if (output >= first) {
        out.get(output - first).add(output - first);
      }
    }
    return out;
  }

  /** The group that all of {@code steps} belong to, -1 if there is none. */
  private int common(List<Integer> steps) {
    int group = steps.isEmpty() ? -1 : last[steps.getFirst()];
    return steps.stream().allMatch(s -> last[s] == group) ? group : -1;
  }

  private static boolean fits(Step step, Step group) {
    return step.op() instanceof Elementwise && group.op() instanceof Elementwise
        && step.stream() == group.stream() && step.spec().shape().equals(group.spec().shape());
  }

  private Tape rewritten() {
    int[] slots = new int[first + last.length];
    for (int i = 0; i < first; i++) {
      slots[i] = i;
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < last.length; i++) {
      if (last[i] == i) {
        Step step = size[i] >= FEWEST_STEPS ? fused(i) : tape.steps()[i];
        slots[first + i] = first + steps.size();
        steps.add(new Step(step.op(), step.operands().stream().map(o -> slots[o]).toList(), step.spec(),
            step.stream()));
      }
    }
    return new Tape(tape.inputs(), tape.constants(), steps.toArray(Step[]::new),
        Arrays.stream(tape.outputs()).map(o -> slots[o]).toArray());
  }

  /** The steps of a group as one, which takes what they take from outside. */
  private Step fused(int group) {
    List<Integer> members = new ArrayList<>();
    List<Integer> operands = new ArrayList<>();
    for (int i = 0; i <= group; i++) {
      if (last[i] == group) {
        members.add(first + i);
      }
    }
    for (int member : members) {
      tape.steps()[member - first].operands().stream()
          .filter(o -> !members.contains(o) && !operands.contains(o)).forEach(operands::add);
    }
    Map<Integer, Integer> places = new HashMap<>();
    operands.forEach(o -> places.put(o, places.size()));
    members.forEach(m -> places.put(m, places.size()));
    Step end = tape.steps()[group];
    return new Step(new Fused(members.stream().map(m -> tape.steps()[m - first])
        .map(s -> new Fused.Step((Elementwise) s.op(), s.operands().stream().map(places::get).toList(),
            s.spec().dtype())).toList()),
        operands, end.spec(), end.stream());
  }
}
