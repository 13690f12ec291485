package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.List;

/** The calls of conv.json. */
final class ConvCalls {

  private ConvCalls() {}

  static Array call(String op, List<Array> in, JsonNode args) {
    Array x = in.get(0);
    Array w = in.get(1);
    int n = Math.max(1, w.ndim() - 2);
    int[] stride = each(args.path("stride"), n, 1);
    int[] padding = args.path("padding").path(0).isArray() ? null : each(args.path("padding"), n, 0);
    int[] dilation = each(args.path("dilation"), n, 1);
    int[] behind = each(args.path("output_padding"), n, 0);
    int groups = args.path("groups").asInt(1);
    return switch (op) {
      case "conv1d" -> MX.conv1d(x, w, stride[0], padding[0], dilation[0], groups);
      case "conv2d" -> MX.conv2d(x, w, stride, padding, dilation, groups);
      case "conv3d" -> MX.conv3d(x, w, stride, padding, dilation, groups);
      case "conv_transpose1d" ->
          MX.convTranspose1d(x, w, stride[0], padding[0], dilation[0], behind[0], groups);
      case "conv_transpose2d" -> MX.convTranspose2d(x, w, stride, padding, dilation, behind, groups);
      case "conv_general" -> {
        int[] low = padding == null ? Values.ints(args.get("padding").get(0)) : padding;
        int[] high = padding == null ? Values.ints(args.get("padding").get(1)) : padding;
        yield MX.convGeneral(x, w, stride, low, high, each(args.path("kernel_dilation"), n, 1),
            each(args.path("input_dilation"), n, 1), groups, args.path("flip").asBoolean());
      }
      case "convolve" -> MX.convolve(x, w, args.get("mode").asText());
      default -> throw new NotImplemented();
    };
  }

  /** One number for each dimension. */
  private static int[] each(JsonNode given, int n, int missing) {
    if (given.isArray()) {
      return Values.ints(given);
    }
    int[] out = new int[n];
    Arrays.fill(out, given.asInt(missing));
    return out;
  }
}
