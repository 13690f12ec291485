package io.mlxlint.engine.java;

import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: eight bytes of length, that much JSON, then the data.
 *
 * @param dataStart where the data begins in the file
 * @param tensors name to place, in the order of the file
 */
record SafetensorsHeader(long dataStart, Map<String, Entry> tensors) {
  private static final int LONGEST = 100_000_000;

  /** One tensor: bytes {@code begin} to {@code end} of the data. */
  record Entry(Spec spec, long begin, long end) {}

  /** Reads and checks; whatever does not hold is an {@link IOException} of one line that names the file. */
  static SafetensorsHeader read(FileChannel file, String name) throws IOException {
    long size = file.size();
    ByteBuffer prefix = fill(file, 0, (int) Math.min(8, size)).order(ByteOrder.LITTLE_ENDIAN);
    if (prefix.remaining() < 8) {
      throw bad(name, "the file has " + size + " bytes, not even a header length");
    }
    long length = prefix.getLong();
    if (length < 2 || length > LONGEST || length > size - 8) {
      throw bad(name, "a header of " + Long.toUnsignedString(length) + " bytes in a file of " + size);
    }
    String text = StandardCharsets.UTF_8.decode(fill(file, 8, (int) length)).toString();
    Map<?, ?> json;
    try {
      json = Json.object(text);
    } catch (IllegalArgumentException e) {
      throw bad(name, "the header is not JSON: " + e.getMessage());
    }
    long dataStart = 8 + length;
    Map<String, Entry> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      String key = (String) entry.getKey();
      if (!key.equals("__metadata__")) {
        tensors.put(key, entry(name, key, entry.getValue(), size - dataStart));
      }
    }
    return new SafetensorsHeader(dataStart, tensors);
  }

  private static ByteBuffer fill(FileChannel file, long from, int n) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(n);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
      // Until it is full or the file ends.
    }
    return buffer.flip();
  }

  private static Entry entry(String file, String key, Object value, long available) throws IOException {
    if (!(value instanceof Map<?, ?> fields) || !(fields.get("dtype") instanceof String dtype)
        || !(fields.get("shape") instanceof List<?> shape)
        || !(fields.get("data_offsets") instanceof List<?> offsets) || offsets.size() != 2) {
      throw bad(file, "tensor " + key + " lacks dtype, shape or data_offsets");
    }
    int[] dims = new int[shape.size()];
    long elements = 1;
    for (int i = 0; i < dims.length; i++) {
      long d = whole(file, key, shape.get(i));
      if (d < 0 || d > Integer.MAX_VALUE - 8) {
        throw bad(file, "tensor " + key + " has a dimension of " + d);
      }
      dims[i] = (int) d;
      elements = d == 0 ? 0 : Math.multiplyHigh(elements, d) != 0 ? Long.MAX_VALUE : elements * d;
      if (elements > Integer.MAX_VALUE - 8) {
        throw bad(file, "tensor " + key + " of shape " + shape + " has more elements than an array can hold");
      }
    }
    Spec spec = new Spec(Shape.of(dims), dtype(file, key, dtype));
    long begin = whole(file, key, offsets.get(0));
    long end = whole(file, key, offsets.get(1));
    if (begin < 0 || end < begin || end > available) {
      throw bad(file, "tensor " + key + " lies at bytes " + begin + " to " + end + " of " + available);
    }
    if (end - begin != spec.nbytes()) {
      throw bad(file,
          "tensor " + key + " of " + spec + " needs " + spec.nbytes() + " bytes, not " + (end - begin));
    }
    return new Entry(spec, begin, end);
  }

  private static long whole(String file, String key, Object number) throws IOException {
    if (number instanceof Long n) {
      return n;
    }
    throw bad(file, "tensor " + key + " has " + number + " where a whole number belongs");
  }

  private static DType dtype(String file, String key, String name) throws IOException {
    return switch (name) {
      case "BOOL" -> DType.BOOL;
      case "U8" -> DType.UINT8;
      case "U16" -> DType.UINT16;
      case "U32" -> DType.UINT32;
      case "U64" -> DType.UINT64;
      case "I8" -> DType.INT8;
      case "I16" -> DType.INT16;
      case "I32" -> DType.INT32;
      case "I64" -> DType.INT64;
      case "F16" -> DType.FLOAT16;
      case "BF16" -> DType.BFLOAT16;
      case "F32" -> DType.FLOAT32;
      case "F64" -> DType.FLOAT64;
      case "C64" -> DType.COMPLEX64;
      default -> throw bad(file, "tensor " + key + " has the unknown dtype " + name);
    };
  }

  static String name(DType dtype) {
    return switch (dtype) {
      case BOOL -> "BOOL";
      case UINT8 -> "U8";
      case UINT16 -> "U16";
      case UINT32 -> "U32";
      case UINT64 -> "U64";
      case INT8 -> "I8";
      case INT16 -> "I16";
      case INT32 -> "I32";
      case INT64 -> "I64";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case COMPLEX64 -> "C64";
    };
  }

  /** The bytes before the data: length, JSON, and spaces up to a multiple of eight. */
  static byte[] write(Map<String, Spec> tensors, Map<String, String> metadata) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      metadata.forEach((k, v) -> pairs.add(Json.quote(k) + ":" + Json.quote(v)));
      json.append("\"__metadata__\":{").append(String.join(",", pairs)).append("},");
    }
    long at = 0;
    for (Map.Entry<String, Spec> t : tensors.entrySet()) {
      Spec spec = t.getValue();
      json.append(Json.quote(t.getKey()))
          .append(":{\"dtype\":\"").append(name(spec.dtype()))
          .append("\",\"shape\":").append(spec.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[").append(at).append(',').append(at += spec.nbytes()).append("]},");
    }
    if (json.charAt(json.length() - 1) == ',') {
      json.setLength(json.length() - 1);
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer out = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    while (out.hasRemaining()) {
      out.put((byte) ' ');
    }
    return out.array();
  }

  private static IOException bad(String file, String what) {
    return new IOException(file + " is not a safetensors file: " + what);
  }
}
