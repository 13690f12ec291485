package io.mlxlint.programs.chat;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import java.util.ArrayList;
import java.util.List;

/** Generates with a growing state; one token is read per step because the text needs it. */
final class Chat {
  private static final int END = 0;

  static final class Model extends Module {
    private final Embedding embedding = new Embedding(64, 32);
    private final Linear recurrent = new Linear(64, 32);
    private final Linear output = new Linear(32, 64);

    Array advance(Array token, Array state) {
      Array x = embedding.apply(token).reshape(1, 32);
      return recurrent.apply(MX.concatenate(new Array[] {x, state}, -1)).tanh();
    }

    Array logits(Array state) {
      return output.apply(state).at(0);
    }
  }

  private final Model model = new Model();

  List<Integer> answer(int[] prompt, Sampler sampler, int limit) {
    Array state = MX.zeros(1, 32);
    for (int token : prompt) {
      state = model.advance(MX.array(token), state);
    }
    List<Integer> out = new ArrayList<>();
    while (out.size() < limit) {
      Array token = sampler.choose(model.logits(state));
      int id = token.itemInt();
      if (id == END) {
        break;
      }
      out.add(id);
      state = model.advance(token, state);
    }
    return out;
  }

  /** The loss of a known text, per token. */
  double[] surprise(int[] text) {
    Array state = MX.zeros(1, 32);
    List<Array> each = new ArrayList<>();
    for (int i = 0; i + 1 < text.length; i++) {
      state = model.advance(MX.array(text[i]), state);
      Array logits = model.logits(state);
      each.add(logits.logsumexp().subtract(logits.at(text[i + 1])));
    }
    return MX.stack(each, 0).toDoubleArray();
  }

  /** Character by character into a string, as one would print an array of characters. */
  static String text(Array tokens) {
    StringBuilder text = new StringBuilder();
    for (Array token : tokens) {
      text.append((char) ('a' + token.itemInt())); // expect: host-read-in-loop
    }
    return text.toString();
  }

  /** In chunks, which are slices. */
  static List<float[]> chunks(Array samples, int size) {
    List<float[]> chunks = new ArrayList<>();
    for (int at = 0; at < samples.shape(0); at += size) {
      chunks.add(samples.at(Index.slice(at, at + size)).toFloatArray()); // expect: host-read-in-loop
    }
    return chunks;
  }

  public static void main(String[] args) {
    Chat chat = new Chat();
    int[] prompt = {3, 1, 4};
    List<Sampler> samplers = List.of(new Sampler.Greedy(), new Sampler.TopK(5, 0.8),
        new Sampler.Nucleus(0.9));
    for (Sampler sampler : samplers) {
      System.out.println(chat.answer(prompt, sampler, 20));
    }
    System.out.println(chat.surprise(prompt).length + text(MX.array(prompt)));
    System.out.println(chunks(MX.arange(0.0, 64.0, 1.0), 16).size());
  }
}
