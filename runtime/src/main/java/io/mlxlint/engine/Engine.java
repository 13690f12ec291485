package io.mlxlint.engine;

import io.mlxlint.op.Op;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * Computes arrays. The caller has checked the arguments and inferred the result before it calls; the engine
 * casts operands to the dtype they compute in and broadcasts them.
 *
 * <p>All methods may be called from any thread. Nothing is computed before {@link #eval}, {@link #asyncEval}
 * or {@link #read} asks for it; errors that only the values show are thrown there.
 */
public interface Engine {

  /** {@code "java"} or {@code "mlx"}. */
  String name();

  /**
   * An evaluated array with a copy of {@code data}: row-major, native byte order, bool as one byte 0 or 1.
   */
  Node constant(Spec spec, MemorySegment data);

  /** Extends the graph by one operation on a stream of this engine. The new node has one handle. */
  Node apply(Op op, Node[] operands, Spec result, int stream);

  /** Computes {@code roots} and waits. */
  void eval(Node... roots);

  /** Starts computing {@code roots} and returns at once; later use of them waits as needed. */
  void asyncEval(Node... roots);

  /** Whether the values are there, without computing anything. */
  boolean isAvailable(Node node);

  /** Evaluates and returns the row-major elements; the segment is valid while the node has a handle. */
  MemorySegment read(Node node);

  /** One more handle on the node. */
  void retain(Node node);

  /** One handle less; at zero the memory goes as soon as no unevaluated node needs it. */
  void release(Node node);

  /** The tensors of a safetensors file by name; each is read when first needed. */
  Map<String, Node> loadSafetensors(Path file, int stream);

  /** Evaluates the tensors and writes them; the file is replaced in one step. */
  void saveSafetensors(Path file, Map<String, Node> tensors, Map<String, String> metadata);

  Streams streams();

  Memory memory();

  Counters counters();

  Transforms transforms();
}
