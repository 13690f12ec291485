package io.mlxlint.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file as text.
 *
 * @param path as it is shown
 * @param text without the byte order mark, so that offsets count as an editor's do
 * @param marked whether the file begins with a byte order mark
 */
public record SourceFile(Path path, String text, Charset charset, boolean marked) {

  /** Bytes that the charset does not know; {@code line} is where the first of them stands. */
  public static final class Undecodable extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;

    private Undecodable(Charset charset, int line) {
      super("not " + charset.name() + "; name its encoding with --encoding");
      this.line = line;
    }

    public int line() {
      return line;
    }
  }

  /** A byte order mark decides; without one it is {@code charset}. */
  public static SourceFile decode(Path path, byte[] bytes, Charset charset) throws Undecodable {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return decode(path, bytes, 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return decode(path, bytes, 2, StandardCharsets.UTF_16BE);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return decode(path, bytes, 2, StandardCharsets.UTF_16LE);
    }
    return decode(path, bytes, 0, charset);
  }

  private static SourceFile decode(Path path, byte[] bytes, int mark, Charset charset) throws Undecodable {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    CharBuffer out = CharBuffer.allocate((int) Math.ceil(in.remaining()
        * (double) decoder.maxCharsPerByte()));
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      result = decoder.flush(out);
    }
    out.flip();
    if (result.isError()) {
      throw new Undecodable(charset, (int) out.chars().filter(c -> c == '\n').count() + 1);
    }
    return new SourceFile(path, out.toString(), charset, mark > 0);
  }

  /** The bytes of this file with another text. */
  public byte[] encode(String other) throws CharacterCodingException {
    String whole = marked ? "\uFEFF" + other : other;
    ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(whole));
    return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
