package io.mlxlint.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the launcher starts in {@link LauncherTest}: says what it was given and ends with 7. */
public final class Echo {
  private Echo() {}

  record Thing(int i, char c, byte b, boolean z, float f, double d, long l, String text, int[] array) {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(List.of(args));
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("read")) {
      out.print(" " + new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    } else if (first.equals("exists")) {
      out.print(" " + Files.exists(Path.of(args[1])));
    } else if (first.equals("things")) {
      out.print(things());
    }
    System.exit(7);
  }

  /** What pattern switches and the methods of records say. */
  private static List<Object> things() {
    List<Object> said = new ArrayList<>();
    Thing one = new Thing(1, 'c', (byte) -3, true, Float.NaN, -0.0, 1L << 40, null, null);
    Thing zero = new Thing(1, 'c', (byte) -3, true, Float.NaN, 0.0, 1L << 40, null, null);
    Thing text = new Thing(1, 'c', (byte) -3, true, Float.NaN, -0.0, 1L << 40, "x", null);
    List<Object> all = Arrays.asList(one, zero, text, null, 1, 2L, "short", "a long text", new int[2],
        List.of());
    for (Object each : all) {
      said.add(which(each));
    }
    said.add(one.hashCode());
    said.add(text.hashCode());
    Thing same = new Thing(1, 'c', (byte) -3, true, Float.NaN, -0.0, 1L << 40, null, null);
    for (Object other : new Object[] {same, one, zero, text, null, "x"}) {
      said.add(one.equals(other));
    }
    return said;
  }

  private static String which(Object thing) {
    return switch (thing) {
      case null -> "null";
      case Thing t when t.text != null -> "thing with text";
      case Thing(int i, _, _, _, _, double d, _, _, _) -> "thing " + i + " " + d;
      case String s when s.length() > 6 -> "long string";
      case String s -> "string " + s;
      case Integer _ -> "int";
      case Number _ -> "number";
      case int[] a -> "ints " + a.length;
      default -> "other";
    };
  }
}
