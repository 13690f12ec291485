package io.mlxlint.programs.trainer;

import java.util.ArrayList;
import java.util.List;

/** Numbers of the host. */
final class History {
  record Point(int step, double loss) {}

  private final List<Point> points = new ArrayList<>();

  void add(int step, double loss) {
    points.add(new Point(step, loss));
  }

  double last() {
    return points.getLast().loss();
  }
}
