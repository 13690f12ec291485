package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {
  private final RecordingEngine engine = new RecordingEngine();

  record Pair(Array left, Object right) {}

  @Test
  void leavesAreNamedByTheirPathInOrder() {
    Engines.with(engine, () -> {
      Array a = MX.ones(1);
      Map<String, Object> unordered = new HashMap<>();
      unordered.put("z", a);
      unordered.put("b", new Pair(a, List.of(a, 3, new Array[] {a})));
      assertThat(Tree.of(unordered).leaves().keySet())
          .containsExactly("b.left", "b.right.0", "b.right.2.0", "z");
      assertThat(Tree.of(Map.of("x", a, "y", a).values()).arrays()).containsExactly(a, a);
      assertThat(Tree.of(a).leaves().keySet()).containsExactly("");
      assertThat(Tree.of(null).arrays()).isEmpty();
      assertThat(Tree.of("text").arrays()).isEmpty();
    });
  }

  @Test
  void mappingKeepsTheStructure() {
    Engines.with(engine, () -> {
      Array a = MX.ones(1);
      Array b = MX.ones(2);
      Object mapped = Tree.of(List.of(new Pair(a, "kept"), Map.of("k", new Array[] {a, a}))).map(_ -> b);
      assertThat(mapped).isInstanceOfSatisfying(List.class, list -> {
        assertThat(list.get(0)).isEqualTo(new Pair(b, "kept"));
        assertThat((Array[]) ((Map<?, ?>) list.get(1)).get("k")).containsExactly(b, b);
      });
    });
  }
}
