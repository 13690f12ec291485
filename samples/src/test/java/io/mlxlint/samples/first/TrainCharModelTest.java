package io.mlxlint.samples.first;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.mx.MX;
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

    double unigram = TrainCharModel.unigramEntropy(MX.array(corpus.test()), corpus.alphabet().length());
    assertThat(training.test(100)).isLessThan(unigram - 0.8);
  }
}
