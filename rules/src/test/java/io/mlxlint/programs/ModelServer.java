package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Answers requests on threads of its own; each request is one evaluation. */
final class ModelServer implements AutoCloseable {
  private static final int WIDTH = 24;

  record Request(int id, double[] features) {}

  record Answer(int id, int label, double confidence) {}

  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final Linear first = new Linear(WIDTH, 48);
  private final Linear second = new Linear(48, 5);
  private final Array scale;
  private final Compiled forward;

  ModelServer() {
    MX.eval(first, second);
    scale = MX.linspace(0.5, 1.5, 48).square();
    forward = MX.compile(x -> second.apply(NN.relu(first.apply(x)).multiply(scale))); // expect: lazy-capture
  }

  /** Both numbers come in one wait. */
  private Answer answer(Request request) {
    Array p = MX.softmax(forward.apply(MX.array(request.features()).expandDims(0)), -1).squeeze(0);
    double[] numbers = p.toDoubleArray();
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      best = numbers[i] > numbers[best] ? i : best;
    }
    return new Answer(request.id(), best, numbers[best]);
  }

  /** Each number has its own wait. */
  private Answer answerTwice(Request request) {
    Array p = MX.softmax(forward.apply(MX.array(request.features()).expandDims(0)), -1).squeeze(0);
    Array best = p.argmax();
    Array confidence = p.max();
    return new Answer(request.id(), best.itemInt(), confidence.item()); // expect: host-read-in-loop
  }

  List<Answer> serve(List<Request> requests) throws InterruptedException, ExecutionException {
    List<Future<Answer>> pending = new ArrayList<>();
    for (Request request : requests) {
      pending.add(workers.submit(() -> answer(request)));
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> future : pending) {
      answers.add(future.get());
    }
    return answers;
  }

  List<Answer> serveHere(List<Request> requests) {
    List<Answer> answers = new ArrayList<>();
    for (Request request : requests) {
      answers.add(answerTwice(request));
    }
    return answers;
  }

  @Override
  public void close() {
    workers.shutdown();
  }

  public static void main(String[] args) throws Exception {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double[] features = new double[WIDTH];
      Arrays.fill(features, i);
      requests.add(new Request(i, features));
    }
    try (ModelServer server = new ModelServer()) {
      System.out.println(server.serve(requests).getLast() + " " + server.serveHere(requests).getLast());
    }
  }
}
