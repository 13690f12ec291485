package io.mlxlint.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the launcher starts in {@link LauncherTest}: says what it was given and ends with 7. */
public final class Echo {
  private Echo() {}

  public static void main(String[] args) throws IOException {
    System.out.print(List.of(args));
    if (args.length > 0 && args[0].equals("read")) {
      System.out.print(" " + new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }
    System.exit(7);
  }
}
