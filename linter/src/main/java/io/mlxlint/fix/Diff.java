package io.mlxlint.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The change of one file as {@code patch} and {@code git apply} take it. */
public final class Diff {
  private static final int CONTEXT = 3;

  private Diff() {}

  /**
   * Lines without their ends; empty if nothing changed. The path is given as {@code patch -p1} finds it from
   * {@code from}, or from the root if the file is not in that folder.
   */
  public static List<String> lines(Path path, Path from, String before, String after) {
    Path folder = from.toAbsolutePath().normalize();
    Path file = path.toAbsolutePath().normalize();
    Path known = file.startsWith(folder) ? folder.relativize(file) : file.getRoot().relativize(file);
    String name = known.toString().replace(File.separatorChar, '/');
    List<String> old = split(before);
    return UnifiedDiffUtils.generateUnifiedDiff("a/" + name, "b/" + name, old,
        DiffUtils.diff(old, split(after)), CONTEXT);
  }

  /** A line keeps its carriage return, and the last one the mark for a missing line end. */
  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + "\n\\ No newline at end of file");
    }
    return lines;
  }
}
