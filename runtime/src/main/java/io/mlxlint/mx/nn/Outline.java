package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a module is made of, as text. */
final class Outline {

  private Outline() {}

  /** {@code Linear(weight float32[3, 2], bias float32[3])}; the modules in it follow, one a line. */
  static String of(Module module) {
    List<String> arrays = new ArrayList<>();
    Map<String, Module> modules = new LinkedHashMap<>();
    module.children().forEach((name, part) -> collect(name, part, arrays, modules));
    StringBuilder out = new StringBuilder(module.getClass().getSimpleName()).append('(')
        .append(String.join(", ", arrays));
    modules.forEach((name, part) ->
        out.append("\n  (").append(name).append("): ").append(of(part).replace("\n", "\n  ")));
    return out.append(modules.isEmpty() ? ")" : "\n)").toString();
  }

  private static void collect(String path, Object part, List<String> arrays, Map<String, Module> modules) {
    if (part instanceof Array a) {
      arrays.add(path + " " + a.dtype() + a.shape());
    } else if (part instanceof Module m) {
      modules.put(path, m);
    } else if (Tree.of(part) instanceof Tree.Branch branch) {
      branch.parts().forEach((name, child) -> collect(path + "." + name, child, arrays, modules));
    }
  }
}
