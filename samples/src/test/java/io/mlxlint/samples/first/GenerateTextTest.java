package io.mlxlint.samples.first;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.samples.first.TrainCharModel.CharModel;
import io.mlxlint.samples.first.TrainCharModel.Corpus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerateTextTest {

  @Test
  void theCacheChangesNothing() throws IOException {
    Corpus corpus = Corpus.read();
    Random.seed(3);
    CharModel model = new CharModel(corpus.alphabet().length());
    GenerateText writer = new GenerateText(corpus.alphabet(), model);
    Array output = writer.mergedOutput();
    int[] text = java.util.Arrays.copyOf(corpus.test(), 24);

    Array[] cache = GenerateText.emptyCache();
    float[][] withCache = new float[text.length][];
    for (int at = 0; at < text.length; at++) {
      Array[] out = writer.decode(model.parameters().get("characters.weight").at(text[at]), MX.array(at),
          cache);
      withCache[at] = out[0].matmul(output).add(model.parameters().get("output.bias")).flatten()
          .toFloatArray();
      System.arraycopy(out, 1, cache, 0, cache.length);
    }

    model.update(Map.of("output.weight", output.T()));
    float[] without = model.apply(MX.array(new int[][] {text})).toFloatArray();
    for (int at = 0; at < text.length; at++) {
      for (int c = 0; c < withCache[at].length; c++) {
        assertThat(withCache[at][c]).as("logit %d at %d", c, at)
            .isCloseTo(without[at * withCache[at].length + c], within(2e-4f));
      }
    }
  }
}
