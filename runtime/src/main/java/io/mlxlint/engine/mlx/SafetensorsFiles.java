package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Safetensors files, read and written by MLX. */
final class SafetensorsFiles {

  private SafetensorsFiles() {}

  static Map<String, Node> load(Path file, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment tensors = scratch.out();
      MemorySegment metadata = scratch.out();
      Mlxc.mlx_load_safetensors(tensors, metadata, scratch.string(file.toString()), stream);
      Mlxc.mlx_map_string_to_string_free(Scratch.handle(metadata));
      try {
        return entries(scratch, Scratch.handle(tensors));
      } finally {
        Mlxc.mlx_map_string_to_array_free(Scratch.handle(tensors));
      }
    } catch (MlxException e) {
      throw failed(file, "read", e);
    } finally {
      scratch.reset(mark);
    }
  }

  /** MLX does not always say which file it is about. */
  private static UncheckedIOException failed(Path file, String what, MlxException e) {
    return new UncheckedIOException(new IOException(file + " cannot be " + what + ": " + e.getMessage(), e));
  }

  private static Map<String, Node> entries(Scratch scratch, long map) {
    Map<String, Node> out = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment iterator = Mlxc.mlx_map_string_to_array_iterator_new(arena, map);
      MemorySegment key = scratch.out();
      while (true) {
        MemorySegment array = scratch.out();
        if (Mlxc.mlx_map_string_to_array_iterator_next(key, array, iterator) != 0) {
          Mlxc.mlx_map_string_to_array_iterator_free(iterator);
          return out;
        }
        String name = Scratch.text(key.get(ValueLayout.ADDRESS, 0));
        out.put(name, MlxNode.of(Scratch.handle(array)));
      }
    }
  }

  /**
   * MLX writes a new file beside {@code file}, which then takes its place; arrays still read from the old
   * one.
   */
  static void save(Path file, Map<String, Node> tensors, Map<String, String> metadata) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    long arrays = Mlxc.mlx_map_string_to_array_new();
    long texts = Mlxc.mlx_map_string_to_string_new();
    Path part = file.resolveSibling(file.getFileName() + ".part.safetensors");
    try {
      tensors.forEach((name, node) -> {
        long before = scratch.mark();
        try (HandleUse _ = scratch.useHandles()) {
          Mlxc.mlx_map_string_to_array_insert(arrays, scratch.string(name), MlxEngine.own(node).array());
        }
        scratch.reset(before);
      });
      metadata.forEach((name, text) -> {
        long before = scratch.mark();
        Mlxc.mlx_map_string_to_string_insert(texts, scratch.string(name), scratch.string(text));
        scratch.reset(before);
      });
      Mlxc.mlx_save_safetensors(scratch.string(part.toString()), arrays, texts);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (MlxException e) {
      throw failed(file, "written", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      scratch.reset(mark);
      Mlxc.mlx_map_string_to_array_free(arrays);
      Mlxc.mlx_map_string_to_string_free(texts);
    }
  }
}
