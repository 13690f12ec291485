package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A recurrent transcriber: state that is evaluated through what is read, and partial results. */
final class StreamingTranscriber {
  private static final int WIDTH = 16;
  private static final int SYMBOLS = 10;

  /** Hidden state between frames. */
  static final class Memory {
    private Array hidden = MX.zeros(1, WIDTH);
    private Array trace = MX.zeros(1, WIDTH);
    private int frames;
  }

  private final Linear in = new Linear(8, WIDTH);
  private final Linear recurrent = new Linear(WIDTH, WIDTH);
  private final Linear out = new Linear(WIDTH, SYMBOLS);

  /** Logits of one frame; the state moves on. */
  private Array advance(Array frame, Memory memory) {
    memory.hidden = in.apply(frame).add(recurrent.apply(memory.hidden)).tanh();
    memory.trace = memory.trace.multiply(0.9).add(memory.hidden.multiply(0.1));
    memory.frames++;
    return out.apply(memory.trace);
  }

  String transcribe(List<Array> frames) {
    Memory memory = new Memory();
    StringBuilder text = new StringBuilder();
    int last = -1;
    for (Array frame : frames) {
      int symbol = advance(frame, memory).argmax(-1).itemInt();
      if (symbol != last) {
        text.append((char) ('a' + symbol));
      }
      last = symbol;
    }
    return text.toString();
  }

  /** Symbols of all frames in one read. */
  String atOnce(List<Array> frames) {
    Memory memory = new Memory();
    List<Array> logits = new ArrayList<>();
    for (Array frame : frames) {
      logits.add(advance(frame, memory));
    }
    StringBuilder text = new StringBuilder();
    for (int symbol : MX.concatenate(logits, 0).argmax(-1).toIntArray()) {
      text.append((char) ('a' + symbol));
    }
    return text.toString();
  }

  /** Confidence in chunks: a read per chunk, of what the chunk computed. */
  double[] confidence(List<Array> frames, int chunk) {
    Memory memory = new Memory();
    double[] out = new double[(frames.size() + chunk - 1) / chunk];
    Array sum = MX.array(0.0);
    for (int i = 0; i < frames.size(); i++) {
      sum = sum.add(MX.softmax(advance(frames.get(i), memory), -1).max());
      if (i % chunk == chunk - 1 || i == frames.size() - 1) {
        out[i / chunk] = sum.item() / chunk;
        sum = MX.array(0.0);
      }
    }
    return out;
  }

  public static void main(String[] args) {
    StreamingTranscriber transcriber = new StreamingTranscriber();
    MX.eval(transcriber.in, transcriber.recurrent, transcriber.out);
    List<Array> frames = IntStream.range(0, 60).mapToObj(_ -> Random.normal(1, 8)).toList();
    MX.eval(frames);
    System.out.println(transcriber.transcribe(frames) + " " + transcriber.atOnce(frames));
    System.out.println(Arrays.toString(transcriber.confidence(frames, 16)));
  }
}
