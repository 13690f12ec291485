package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Pictures from bytes to normalized half precision. */
final class ImageNormalizer implements Iterator<Array> {
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private final Array pictures;
  private final int batch;
  private int next;

  ImageNormalizer(Array pictures, int batch) {
    this.pictures = pictures;
    this.batch = batch;
  }

  @Override
  public boolean hasNext() {
    return next + batch <= pictures.shape(0);
  }

  @Override
  public Array next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no pictures left");
    }
    Array rows = MX.take(pictures, MX.arange(next, next + batch), 0);
    next += batch;
    return rows;
  }

  /** Bytes become half, and the channels' statistics make float32 of it. */
  static Array wide(Array bytes) {
    Array x = bytes.astype(MX.float16).divide(255);
    Array mean = MX.array(MEAN);
    return x.subtract(mean); // expect: default-dtype-creator
  }

  static Array narrow(Array bytes) {
    Array x = bytes.astype(MX.float16).divide(255);
    return x.subtract(MX.array(MEAN, MX.float16)).divide(MX.array(DEVIATION, MX.float16));
  }

  /** All of it in float32, one cast at the end. */
  static Array late(Array bytes) {
    Array x = bytes.divide(255);
    return x.subtract(MX.array(MEAN)).divide(MX.array(DEVIATION)).astype(MX.float16);
  }

  /** Bytes with a number between 0 and 1 are float32 already. */
  static Array brighter(Array bytes) {
    Array factor = MX.array(1.2);
    return bytes.multiply(factor).clip(0.0, 255.0).astype(MX.uint8);
  }

  /** Borders of zeros: pad knows the dtype, concatenate does not. */
  static Array padded(Array x, int border) {
    return MX.pad(x, new int[][] {{0, 0}, {border, border}, {0, 0}}, 0.0);
  }

  static Array framed(Array x, int border) {
    Array line = MX.zeros(x.shape(0), border, x.shape(2));
    return MX.concatenate(new Array[] {line, x, line}, 1); // expect: default-dtype-creator
  }

  public static void main(String[] args) {
    ImageNormalizer pictures =
        new ImageNormalizer(Random.randint(0, 256, new int[] {8, 16, 3}).astype(MX.uint8), 4);
    while (pictures.hasNext()) {
      Array bytes = pictures.next();
      Array x = narrow(bytes);
      System.out.println(wide(bytes).dtype() + " " + x.dtype() + " " + late(bytes).dtype());
      System.out.println(brighter(bytes).dtype() + " " + padded(x, 2).dtype() + " " + framed(x, 2).dtype());
    }
  }
}
