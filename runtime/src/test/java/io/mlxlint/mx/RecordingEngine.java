package io.mlxlint.mx;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Memory;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Streams;
import io.mlxlint.engine.Transforms;
import io.mlxlint.op.Op;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An engine that computes nothing: it keeps what it was asked for, and how many handles there are. */
final class RecordingEngine implements Engine {

  static final class Recorded implements Node {
    final Op op;
    final Spec spec;
    final Node[] operands;
    final MemorySegment data;
    int handles = 1;

    Recorded(Op op, Spec spec, Node[] operands, MemorySegment data) {
      this.op = op;
      this.spec = spec;
      this.operands = operands;
      this.data = data;
    }

    @Override
    public Spec spec() {
      return spec;
    }
  }

  final List<Recorded> nodes = new ArrayList<>();
  final List<String> forced = new ArrayList<>();

  long open() {
    return nodes.stream().filter(n -> n.handles > 0).count();
  }

  Recorded last() {
    return nodes.getLast();
  }

  private synchronized Recorded add(Recorded node) {
    nodes.add(node);
    return node;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public Node constant(Spec spec, MemorySegment data) {
    return add(new Recorded(null, spec, new Node[0], data));
  }

  @Override
  public Node apply(Op op, Node[] operands, Spec result, int stream) {
    return add(new Recorded(op, result, operands.clone(), null));
  }

  @Override
  public void eval(Node... roots) {
    forced.add("eval " + roots.length);
  }

  @Override
  public void asyncEval(Node... roots) {
    forced.add("async " + roots.length);
  }

  @Override
  public boolean isAvailable(Node node) {
    return ((Recorded) node).op == null;
  }

  @Override
  public MemorySegment read(Node node) {
    forced.add("read");
    Recorded n = (Recorded) node;
    return n.data != null ? n.data : MemorySegment.ofArray(new byte[(int) n.spec.nbytes()]);
  }

  @Override
  public synchronized void retain(Node node) {
    ((Recorded) node).handles++;
  }

  @Override
  public synchronized void release(Node node) {
    if (--((Recorded) node).handles < 0) {
      throw new IllegalStateException("released too often");
    }
  }

  @Override
  public Map<String, Node> loadSafetensors(Path file, int stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void saveSafetensors(Path file, Map<String, Node> tensors, Map<String, String> metadata) {
    forced.add("save " + tensors.size());
  }

  @Override
  public Streams streams() {
    return new Streams() {
      @Override
      public DeviceType defaultDevice() {
        return DeviceType.CPU;
      }

      @Override
      public boolean isAvailable(DeviceType device) {
        return device == DeviceType.CPU;
      }

      @Override
      public int defaultStream(DeviceType device) {
        return 0;
      }

      @Override
      public int newStream(DeviceType device) {
        return 1;
      }

      @Override
      public DeviceType deviceOf(int stream) {
        return DeviceType.CPU;
      }

      @Override
      public void synchronize(int stream) {
        forced.add("synchronize");
      }
    };
  }

  @Override
  public Memory memory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Counters counters() {
    return new Counters(0, 0, nodes.size(), 0, 0, 0, 0);
  }

  @Override
  public Transforms transforms() {
    throw new UnsupportedOperationException();
  }
}
