package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.op.DType;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/** An iterator that decodes bytes into half-precision batches. */
final class ImageBatches implements Iterator<ImageBatches.Batch> {
  private static final int SIZE = 16;

  record Batch(Array images, Array labels) implements AutoCloseable {
    @Override
    public void close() {
      MX.close(images, labels);
    }
  }

  private final Random random = new Random(5);
  private final DType dtype;
  private int left;

  ImageBatches(int count, DType dtype) {
    left = count;
    this.dtype = dtype;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Batch next() {
    if (left-- == 0) {
      throw new NoSuchElementException();
    }
    byte[] pixels = new byte[8 * SIZE * SIZE];
    random.nextBytes(pixels);
    int[] labels = random.ints(8, 0, 10).toArray();
    Array images = MX.array(pixels, MX.uint8).reshape(8, SIZE * SIZE).astype(dtype);
    return new Batch(images.divide(255.0).subtract(0.5), MX.array(labels));
  }

  public static void main(String[] args) {
    Linear model = new Linear(SIZE * SIZE, 10);
    model.setDtype(MX.float16);
    long right = 0;
    int seen = 0;
    for (Iterator<Batch> it = new ImageBatches(20, MX.float16); it.hasNext(); ) {
      try (Batch batch = it.next()) {
        Array hits = model.apply(batch.images()).argmax(-1).equal(batch.labels());
        right += hits.sum().itemLong();
        seen += batch.labels().shape(0);
      }
    }
    System.out.println(right + " of " + seen);
  }
}
