package io.mlxlint.samples.first;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.samples.first.TrainCharModel.Corpus;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TrainCharModelTest {

  @Test
  void learnsMoreThanTheFrequenciesOfCharacters() throws IOException {
    Corpus corpus = Corpus.read();
    TrainCharModel training = new TrainCharModel(corpus);

    for (int round = 0; round < 20; round++) {
      training.train(20);
    }

    assertThat(training.test(100)).isLessThan(TrainCharModel.unigramEntropy(corpus.test()) - 0.8);
  }
}
