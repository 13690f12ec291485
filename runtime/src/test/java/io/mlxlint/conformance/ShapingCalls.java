package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of shape.json. */
final class ShapingCalls {

  private ShapingCalls() {}

  static Object call(Golden.Case c, List<Array> in, JsonNode args) {
    Array x = in.isEmpty() ? null : in.get(0);
    int[] axes = GoldenCalls.axes(args);
    return switch (c.op()) {
      case "reshape" -> MX.reshape(x, Values.ints(args.get("shape")));
      case "transpose", "permute_dims" ->
          args.path("axes").isArray() ? MX.transpose(x, Values.ints(args.get("axes"))) : MX.transpose(x);
      case "moveaxis" -> MX.moveaxis(x, args.get("source").asInt(), args.get("destination").asInt());
      case "swapaxes" -> MX.swapaxes(x, args.get("axis1").asInt(), args.get("axis2").asInt());
      case "squeeze" -> axes == null ? MX.squeeze(x) : MX.squeeze(x, axes);
      case "expand_dims" -> MX.expandDims(x, axes);
      case "flatten" -> args.has("start_axis")
          ? MX.flatten(x, args.get("start_axis").asInt(), args.get("end_axis").asInt()) : MX.flatten(x);
      case "unflatten" -> MX.unflatten(x, args.get("axis").asInt(), Values.ints(args.get("shape")));
      case "broadcast_to" -> MX.broadcastTo(x, Values.ints(args.get("shape")));
      case "broadcast_arrays" -> MX.broadcastArrays(in.toArray(Array[]::new));
      case "concatenate" -> args.has("axis") && args.get("axis").isNull()
          ? MX.concatenate(in.stream().map(MX::flatten).toList(), 0)
          : MX.concatenate(in, args.path("axis").asInt());
      case "stack" -> MX.stack(in, args.path("axis").asInt());
      case "split" -> {
        JsonNode where = args.get("indices_or_sections");
        int axis = args.path("axis").asInt();
        yield where.isArray() ? MX.split(x, Values.ints(where), axis) : MX.split(x, where.asInt(), axis);
      }
      case "repeat" -> axes == null ? MX.repeat(x, args.get("repeats").asInt())
          : MX.repeat(x, args.get("repeats").asInt(), axes[0]);
      case "tile" -> MX.tile(x, Values.ints(args.get("reps")));
      case "pad" -> pad(x, args);
      case "roll" -> roll(x, args, axes);
      case "flip" -> axes == null ? MX.flip(x) : MX.flip(x, axes);
      case "tril" -> MX.tril(x, args.get("k").asInt());
      case "triu" -> MX.triu(x, args.get("k").asInt());
      case "diag" -> MX.diag(x, args.get("k").asInt());
      case "diagonal" -> MX.diagonal(x, args.path("offset").asInt(), args.path("axis1").asInt(0),
          args.path("axis2").asInt(1));
      case "trace" -> {
        int[] where = {args.path("offset").asInt(), args.path("axis1").asInt(0), args.path("axis2").asInt(1)};
        yield args.isMissingNode() ? MX.trace(x)
            : args.has("dtype") ? MX.trace(x, where[0], where[1], where[2], GoldenCalls.dtype(args))
            : MX.trace(x, where[0], where[1], where[2]);
      }
      case "meshgrid" -> args.isMissingNode() ? MX.meshgrid(in.toArray(Array[]::new))
          : MX.meshgrid(in.toArray(Array[]::new), args.path("sparse").asBoolean(),
              args.path("indexing").asText("xy"));
      case "broadcast_shapes" -> {
        List<int[]> shapes = new ArrayList<>();
        args.get("shapes").forEach(s -> shapes.add(Values.ints(s)));
        yield MX.broadcastShapes(shapes.toArray(int[][]::new));
      }
      case "unstack" -> args.has("axis") ? MX.unstack(x, args.get("axis").asInt()) : MX.unstack(x);
      case "as_strided" -> {
        JsonNode strides = args.get("strides");
        yield MX.asStrided(args.has("of") ? MX.transpose(x) : x, Values.ints(args.get("shape")),
            strides.isNull() ? null : Arrays.stream(Values.ints(strides)).asLongStream().toArray(),
            args.path("offset").asLong());
      }
      case "contiguous" -> MX.contiguous(MX.transpose(x));
      case "matrix_transpose" -> MX.matrixTranspose(x);
      case "slice" ->
          MX.slice(x, in.get(1), Values.ints(args.get("axes")), Values.ints(args.get("slice_size")));
      case "slice_update" -> MX.sliceUpdate(x, in.get(1), in.get(2), Values.ints(args.get("axes")));
      default -> GoldenCalls.mx(c.op(), args, in.toArray());
    };
  }

  private static Array roll(Array x, JsonNode args, int[] axes) {
    JsonNode shift = args.get("shift");
    if (shift.isArray()) {
      int[] shifts = Values.ints(shift);
      return axes == null ? MX.roll(x, shifts)
          : args.get("axis").isArray() ? MX.roll(x, shifts, axes) : MX.roll(x, shifts, axes[0]);
    }
    return axes == null ? MX.roll(x, shift.asInt())
        : args.get("axis").isArray() ? MX.roll(x, shift.asInt(), axes) : MX.roll(x, shift.asInt(), axes[0]);
  }

  private static Array pad(Array x, JsonNode args) {
    JsonNode width = args.get("pad_width");
    double value = args.path("constant_values").asDouble();
    int[][] widths = new int[x.ndim()][];
    if (!width.isArray()) {
      Arrays.setAll(widths, i -> new int[] {width.asInt(), width.asInt()});
    } else if (!width.get(0).isArray()) {
      Arrays.setAll(widths, i -> width.size() == 1
          ? new int[] {width.get(0).asInt(), width.get(0).asInt()} : Values.ints(width));
    } else {
      widths = new int[width.size()][];
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Values.ints(width.get(i));
      }
    }
    String mode = args.path("mode").asText("constant");
    return mode.equals("constant") ? MX.pad(x, widths, value) : MX.pad(x, widths, mode);
  }
}
