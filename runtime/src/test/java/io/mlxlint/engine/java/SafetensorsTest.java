package io.mlxlint.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading is lazy, saving replaces the file in one step, and no file content harms more than its reader. */
class SafetensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(DType.class)
  void bringsBackEveryDtype(DType dtype) {
    Path file = folder.resolve("a.safetensors");
    Array x = MX.astype(MX.array(new float[][] {{0, 1, 2}, {3, 4, 5}}), dtype);
    MX.saveSafetensors(file, Map.of("x", x.transpose(), "empty \"one\"", MX.zeros(0, 3)),
        Map.of("format", "mlx"));
    Map<String, Array> back = MX.load(file);
    assertThat(back.get("x").dtype()).isEqualTo(dtype);
    assertThat(MX.arrayEqual(back.get("x"), x.transpose()).itemBoolean()).isTrue();
    assertThat(back.get("empty \"one\"").shape().toArray()).containsExactly(0, 3);
  }

  @Test
  void readsATensorWhenItIsNeeded() {
    Engines.with(new JavaEngine(), () -> {
      Path file = folder.resolve("b.safetensors");
      try (var scope = MX.scope()) {
        MX.saveSafetensors(file, Map.of("x", MX.ones(1024, 256), "y", MX.ones(1024, 256)));
      }
      MX.clearCache();
      long before = MX.getActiveMemory();
      Map<String, Array> loaded = MX.load(file);
      assertThat(MX.getActiveMemory()).isEqualTo(before);
      MX.eval(loaded.get("x"));
      assertThat(MX.getActiveMemory()).isEqualTo(before + (1 << 20));
    });
  }

  @Test
  void mayOverwriteTheFileItsTensorsComeFrom() {
    Path file = folder.resolve("c.safetensors");
    MX.saveSafetensors(file, Map.of("x", MX.arange(0.0, 1000.0)));
    Map<String, Array> lazy = MX.load(file);
    MX.saveSafetensors(file, Map.of("x", lazy.get("x").add(1.0)));
    assertThat(MX.load(file).get("x").toFloatArray()[999]).isEqualTo(1000f);
    assertThat(folder.toFile().list()).containsExactly("c.safetensors");
  }

  @Test
  void castingThenEvaluatingAllHoldsLessThanEvaluatingThenCasting() {
    Path file = folder.resolve("d.safetensors");
    Map<String, Array> made = new LinkedHashMap<>();
    for (int i = 0; i < 16; i++) {
      made.put("t" + i, MX.full(new int[] {1 << 18}, (double) i));
    }
    MX.saveSafetensors(file, made);
    long castFirst = peakOfLoading(file, true);
    long evalFirst = peakOfLoading(file, false);
    assertThat(castFirst).isEqualTo((16 - 1) * (1L << 19) + (1L << 20) + (1L << 19));
    assertThat(evalFirst).isEqualTo(16 * (1L << 20) + (1L << 19));
  }

  private long peakOfLoading(Path file, boolean castFirst) {
    return Engines.with(new JavaEngine(), () -> {
      MX.resetPeakMemory();
      Array[] loaded = MX.load(file).values().toArray(Array[]::new);
      if (!castFirst) {
        MX.eval((Object) loaded);
      }
      Array[] halves = new Array[loaded.length];
      for (int i = 0; i < loaded.length; i++) {
        halves[i] = loaded[i].astype(DType.FLOAT16);
        loaded[i].close();
      }
      MX.eval((Object) halves);
      return MX.getPeakMemory();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{} x", "{\"a\":1}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,800]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,2000000000],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "{\"a\":\"\\u12\"}", "{\"a\":99999999999999999999}"})
  void refusesABadHeaderInOneLine(String header) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    refused(ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
        .put(text)
        .array());
  }

  @Test
  void refusesABadLength() throws IOException {
    refused(new byte[0]);
    refused(new byte[7]);
    refused(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE).array());
    refused(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array());
    String deep = "{\"a\":" + "[".repeat(60_000);
    refused(ByteBuffer.allocate(8 + deep.length()).order(ByteOrder.LITTLE_ENDIAN).putLong(deep.length())
        .put(deep.getBytes(StandardCharsets.UTF_8)).array());
  }

  private void refused(byte[] content) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, content);
    assertThatThrownBy(() -> MX.load(file)).isInstanceOf(UncheckedIOException.class)
        .message().contains("bad.safetensors").doesNotContain("\n");
  }
}
