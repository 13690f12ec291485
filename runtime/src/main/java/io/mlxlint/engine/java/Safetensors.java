package io.mlxlint.engine.java;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.graph.Source;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads safetensors files when their tensors are needed, and writes them in one step. */
final class Safetensors {

  private Safetensors() {}

  /** The tensors by name. The file is mapped; its pages are read when a tensor is computed. */
  static Map<String, GraphNode> load(Path path, Graph graph, int stream) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(file, path.toString());
      // The mapping lives as long as a tensor that was not read yet.
      MemorySegment map = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
      Map<String, GraphNode> out = new LinkedHashMap<>();
      header.tensors().forEach((name, entry) -> {
        MemorySegment bytes = map.asSlice(header.dataStart() + entry.begin(), entry.spec().nbytes());
        out.put(name, graph.source(entry.spec(), source(path, name, entry.spec(), bytes), stream));
      });
      return out;
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(new IOException("no file " + path));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Source source(Path path, String name, Spec spec, MemorySegment bytes) {
    return allocator -> {
      Storage storage = allocator.allocate(spec);
      try {
        MemorySegment.copy(bytes, 0, storage.segment(), 0, spec.nbytes());
      } catch (InternalError e) {
        // The kernel's answer when a mapped file was cut short after it was opened.
        storage.release();
        throw new UncheckedIOException(new IOException(
            path + " was cut short after it was opened, tensor " + name + " is gone", e));
      }
      if (spec.dtype() == DType.BOOL) {
        normalize(((Storage.Bytes) storage).array, (int) spec.nbytes());
      }
      return Strided.dense(storage, spec);
    };
  }

  /** A bool is 0 or 1 here, whatever non-zero byte a file has. */
  private static void normalize(byte[] bools, int n) {
    for (int i = 0; i < n; i++) {
      bools[i] = (byte) (bools[i] != 0 ? 1 : 0);
    }
  }

  /**
   * Writes next to the file and then puts the new one in its place, which also serves tensors read from it.
   */
  static void save(Path path, Map<String, MemorySegment> data, Map<String, Spec> specs,
      Map<String, String> metadata) {
    Path target = path.toAbsolutePath();
    Path fresh = null;
    try {
      fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        write(file, MemorySegment.ofArray(SafetensorsHeader.write(specs, metadata)));
        for (MemorySegment tensor : data.values()) {
          write(file, tensor);
        }
        file.force(true);
      }
      move(fresh, target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    } finally {
      discard(fresh);
    }
  }

  private static void write(FileChannel file, MemorySegment bytes) throws IOException {
    int piece = 1 << 20;
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(piece, Math.max(1, bytes.byteSize())));
    for (long at = 0; at < bytes.byteSize(); at += piece) {
      int n = (int) Math.min(piece, bytes.byteSize() - at);
      buffer.clear().limit(n);
      MemorySegment.ofBuffer(buffer).copyFrom(bytes.asSlice(at, n));
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void discard(Path fresh) {
    try {
      if (fresh != null) {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // A leftover with a .tmp name harms nobody, and the write itself has succeeded or has thrown already.
    }
  }
}
