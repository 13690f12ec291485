package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Category;
import io.mlxlint.mx.FInfo;
import io.mlxlint.mx.IInfo;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What promotion.json measured of values: casts, limits, categories, host values and integer division. */
class ConversionTest {
  private static final JsonNode MEASURED = Golden.file("promotion");

  /**
   * A floating value outside an integer's range, or NaN, becomes whatever the processor gives; these elements
   * are left out.
   */
  @Test
  void casts() {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (JsonNode cast : MEASURED.get("cast_values")) {
      DType from = Values.dtype(cast.get("from").asText());
      DType to = Values.dtype(cast.get("to").asText());
      // CUDA casts true to 1+1i
      boolean wrongOnGpu = from == DType.BOOL && to == DType.COMPLEX64 && !MX.defaultDevice().equals(MX.cpu);
      if (!Values.isSupported(from) || !Values.isSupported(to) || wrongOnGpu) {
        continue;
      }
      for (int i = 0; i < cast.get("in").size(); i++) {
        JsonNode in = cast.get("in").get(i);
        if (isDefined(from, to, Values.number(in))) {
          Array cut = MX.astype(Values.array(single(from, in)), to);
          String difference = Values.difference(element(cast.get("out"), i), cut, Tolerance.EXACT);
          if (difference != null) {
            wrong.add(from + " " + in + " to " + to + ": " + difference);
          }
          compared++;
        }
      }
    }
    System.out.println("promotion: " + compared + " casts compared with MLX");
    assertThat(wrong).isEmpty();
  }

  private static boolean isDefined(DType from, DType to, double value) {
    if (!from.isFloating() || !to.isInteger()) {
      return true;
    }
    IInfo limits = MX.iinfo(to);
    double largest = to == DType.UINT64 ? 0x1p64 : to == DType.INT64 ? 0x1p63 : limits.max();
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    return whole >= limits.min() && (to.itemSize() == 8 ? whole < largest : whole <= largest);
  }

  private static JsonNode single(DType dtype, JsonNode value) {
    ObjectNode out = array(dtype.mlxName());
    ((ArrayNode) out.get("data")).add(value);
    return out;
  }

  private static ObjectNode array(String dtype) {
    ObjectNode out = ((ObjectNode) MEASURED).objectNode().put("dtype", dtype);
    out.putArray("shape").add(1);
    out.putArray("data");
    return out;
  }

  /** Element i of an array as an array of its own. */
  private static JsonNode element(JsonNode array, int i) {
    ObjectNode out = array(array.get("dtype").asText());
    ((ArrayNode) out.get("data")).add(array.get("data").get(i));
    if (array.has("bits")) {
      out.putArray("bits").add(array.get("bits").get(i));
    }
    return out;
  }

  @Test
  void limitsOfFloats() {
    assertThat(MEASURED.get("finfo").size()).isEqualTo(5);
    MEASURED.get("finfo").fields().forEachRemaining(e -> {
      FInfo limits = MX.finfo(Values.dtype(e.getKey()));
      JsonNode measured = e.getValue();
      assertThat(new double[] {limits.min(), limits.max(), limits.eps(), limits.smallestNormal()})
          .as(e.getKey())
          .containsExactly(measured.get("min").asDouble(), measured.get("max").asDouble(),
              measured.get("eps").asDouble(), measured.get("smallest_normal").asDouble());
    });
    assertThatThrownBy(() -> MX.finfo(MX.int32)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsOfIntegers() {
    assertThat(MEASURED.get("iinfo").size()).isEqualTo(8);
    MEASURED.get("iinfo").fields().forEachRemaining(e -> {
      IInfo limits = MX.iinfo(Values.dtype(e.getKey()));
      assertThat(limits.min()).as(e.getKey()).isEqualTo(e.getValue().get("min").bigIntegerValue()
          .longValue());
      assertThat(limits.max()).as(e.getKey()).isEqualTo(e.getValue().get("max").bigIntegerValue()
          .longValue());
    });
    assertThatThrownBy(() -> MX.iinfo(MX.float32)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesAndCategories() {
    for (DType dtype : DType.values()) {
      assertThat(dtype.itemSize()).as(dtype.mlxName())
          .isEqualTo(MEASURED.get("itemsize").get(dtype.mlxName()).asInt());
      List<String> measured = new ArrayList<>();
      MEASURED.get("issubdtype").get(dtype.mlxName()).forEach(c -> measured.add(c.asText()));
      assertThat(Arrays.stream(Category.values()).filter(c -> MX.issubdtype(dtype, c))
          .map(Category::toString))
          .as(dtype.mlxName()).containsExactlyInAnyOrderElementsOf(measured);
    }
  }

  @Test
  void division() {
    Map<String, BiFunction<Array, Array, Array>> calls = Map.of("divide", MX::divide, "floor_divide",
        MX::floorDivide, "remainder", MX::remainder, "power", MX::power);
    assertThat(MEASURED.get("value_conventions")).isNotEmpty().allSatisfy(c -> {
      Array result = calls.get(c.get("op").asText()).apply(Values.array(c.get("a")),
          Values.array(c.get("b")));
      assertThat(Values.difference(c.get("out"), result, Tolerance.EXACT)).as(c.toString()).isNull();
    });
  }

  /** What Java can write of the host values; a mixed list, a complex number or a NumPy array it cannot. */
  @Test
  void hostValues() {
    Map<String, Supplier<Array>> calls = Map.ofEntries(
        Map.entry("True", () -> MX.array(true)),
        Map.entry("1", () -> MX.array(1)),
        Map.entry("1.0", () -> MX.array(1.0)),
        Map.entry("[1,2]", () -> MX.array(new int[] {1, 2})),
        Map.entry("[]", () -> MX.array(new float[0])),
        Map.entry("2**31", () -> MX.array(1L << 31)),
        Map.entry("2**31-1", () -> MX.array(Integer.MAX_VALUE)),
        Map.entry("2**33", () -> MX.array(1L << 33)),
        Map.entry("[2**33]", () -> MX.array(new long[] {1L << 33})),
        Map.entry("-2**40", () -> MX.array(-(1L << 40))),
        Map.entry("1e39", () -> MX.array(1e39)),
        Map.entry("[1e39]", () -> MX.array(new double[] {1e39})),
        Map.entry("nan", () -> MX.array(Double.NaN)));
    calls.forEach((name, call) -> {
      ObjectNode measured = ((ObjectNode) MEASURED.get("array_from_python").get(name)).deepCopy();
      measured.set("data", measured.get("value"));
      assertThat(Values.difference(measured, call.get(), Tolerance.EXACT)).as(name).isNull();
    });
    assertThatThrownBy(() -> MX.array(new int[][] {{1}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
