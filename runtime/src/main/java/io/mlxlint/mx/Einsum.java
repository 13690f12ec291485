package io.mlxlint.mx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Einstein's summation, two operands at a time from left to right: what no later operand needs is summed by a
 * matrix product. Dimensions of an ellipsis have negative labels, counted from the right.
 */
final class Einsum {
  private final String subscripts;
  private final Map<Integer, Integer> sizes = new HashMap<>();

  /** An array and the label of each of its dimensions. */
  private record Labelled(Array array, List<Integer> labels) {}

  private Einsum(String subscripts) {
    this.subscripts = subscripts.replace(" ", "");
  }

  static Array apply(String subscripts, Array... operands) {
    return new Einsum(subscripts).apply(operands);
  }

  private Array apply(Array[] operands) {
    String[] sides = subscripts.split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    if (sides.length > 2 || inputs.length != operands.length) {
      throw refused(operands.length + " arrays");
    }
    List<Labelled> terms = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      terms.add(labelled(inputs[i], operands[i]));
    }
    List<Integer> output = sides.length == 2 ? output(sides[1], terms) : implicit(terms);
    if (new HashSet<>(output).size() != output.size() || !sizes.keySet().containsAll(output)) {
      throw refused("its result");
    }
    Labelled all = sum(diagonal(terms.getFirst()), needed(output, terms, 1));
    for (int i = 1; i < terms.size(); i++) {
      Set<Integer> kept = needed(output, terms, i + 1);
      Set<Integer> here = new HashSet<>(kept);
      here.addAll(all.labels);
      all = product(all, sum(diagonal(terms.get(i)), here), kept);
    }
    return arranged(all, output);
  }

  private IllegalArgumentException refused(String what) {
    return new IllegalArgumentException("einsum: " + subscripts + " does not fit " + what);
  }

  private Labelled labelled(String letters, Array a) {
    List<Integer> labels = labels(letters, a.ndim() - letters.replace("...", "").length());
    if (labels.size() != a.ndim()) {
      throw refused("an array of shape " + a.shape());
    }
    for (int i = 0; i < labels.size(); i++) {
      int size = a.shape(i);
      int known = sizes.merge(labels.get(i), size, (x, y) -> x == 1 ? y : x);
      if (size != known && size != 1) {
        throw refused("an array of shape " + a.shape() + ", a size of " + known + " is known");
      }
    }
    return new Labelled(a, labels);
  }

  private List<Integer> labels(String letters, int hidden) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      if (letters.startsWith("...", i)) {
        for (int k = hidden; k > 0; k--) {
          out.add(-k);
        }
        i += 2;
      } else if (Character.isLetter(letters.charAt(i))) {
        out.add((int) letters.charAt(i));
      } else {
        throw refused("the letters of its dimensions");
      }
    }
    return out;
  }

  private List<Integer> output(String letters, List<Labelled> terms) {
    int hidden = terms.stream().flatMap(t -> t.labels.stream()).mapToInt(l -> Math.max(0, -l)).max()
        .orElse(0);
    return labels(letters, hidden);
  }

  /** The dimensions of an ellipsis, then the labels that occur once, in alphabetical order. */
  private static List<Integer> implicit(List<Labelled> terms) {
    Map<Integer, Integer> counts = new TreeMap<>();
    terms.forEach(t -> t.labels.forEach(l -> counts.merge(l, 1, Integer::sum)));
    return counts.keySet().stream().filter(l -> l < 0 || counts.get(l) == 1).toList();
  }

  private static Set<Integer> needed(List<Integer> output, List<Labelled> terms, int from) {
    Set<Integer> out = new HashSet<>(output);
    terms.subList(from, terms.size()).forEach(t -> out.addAll(t.labels));
    return out;
  }

  /** Labels that occur twice become one. */
  private static Labelled diagonal(Labelled t) {
    List<Integer> labels = new ArrayList<>(t.labels);
    Array a = t.array;
    for (int i = 0; i < labels.size(); i++) {
      int j = labels.lastIndexOf(labels.get(i));
      if (j > i) {
        a = MX.diagonal(a, 0, i, j);
        labels.remove(j);
        labels.add(labels.remove(i));
        i = -1;
      }
    }
    return new Labelled(a, labels);
  }

  /** Sums what is not kept, and repeats dimensions of size 1 that are larger elsewhere. */
  private Labelled sum(Labelled t, Set<Integer> kept) {
    List<Integer> rest = t.labels.stream().filter(kept::contains).toList();
    int[] gone = places(t.labels, t.labels.stream().filter(l -> !kept.contains(l)).toList());
    int[] shape = t.labels.stream().mapToInt(sizes::get).toArray();
    Array full = MX.broadcastTo(t.array, shape);
    return new Labelled(gone.length == 0 ? full : MX.sum(full, gone), rest);
  }

  private Labelled product(Labelled a, Labelled b, Set<Integer> kept) {
    List<Integer> both = a.labels.stream().filter(b.labels::contains).toList();
    List<Integer> batch = both.stream().filter(kept::contains).toList();
    List<Integer> inner = both.stream().filter(l -> !kept.contains(l)).toList();
    List<Integer> left = a.labels.stream().filter(l -> !both.contains(l)).toList();
    List<Integer> right = b.labels.stream().filter(l -> !both.contains(l)).toList();
    List<Integer> labels = joined(batch, left, right);
    int[] shape = labels.stream().mapToInt(sizes::get).toArray();
    Array x = MX.reshape(arranged(a, joined(batch, left, inner)), dims(batch, size(left), size(inner)));
    Array y = MX.reshape(arranged(b, joined(batch, inner, right)), dims(batch, size(inner), size(right)));
    Array product = inner.isEmpty() ? MX.multiply(x, y) : MX.matmul(x, y);
    return new Labelled(MX.reshape(product, shape), labels);
  }

  @SafeVarargs
  private static List<Integer> joined(List<Integer>... parts) {
    List<Integer> out = new ArrayList<>();
    for (List<Integer> part : parts) {
      out.addAll(part);
    }
    return out;
  }

  private int size(Collection<Integer> labels) {
    return labels.stream().mapToInt(sizes::get).reduce(1, Math::multiplyExact);
  }

  private int[] dims(List<Integer> batch, int rows, int columns) {
    int[] out = new int[batch.size() + 2];
    for (int i = 0; i < batch.size(); i++) {
      out[i] = sizes.get(batch.get(i));
    }
    out[batch.size()] = rows;
    out[batch.size() + 1] = columns;
    return out;
  }

  private static Array arranged(Labelled t, List<Integer> order) {
    return order.isEmpty() ? t.array : MX.transpose(t.array, places(t.labels, order));
  }

  private static int[] places(List<Integer> labels, List<Integer> wanted) {
    return wanted.stream().mapToInt(labels::indexOf).toArray();
  }
}
