package io.mlxlint.engine.mlx;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where MLX's C library lies. */
final class LibraryFile {
  private static final String NAME = System.mapLibraryName("mlxc");

  private LibraryFile() {}

  /** The file that the user named; if it does not work, nothing else is tried. */
  static Optional<Path> named() {
    String property = System.getProperty("mlxlint.mlxc");
    String name = property != null ? property : System.getenv("MLXC_LIBRARY");
    return name == null || name.isBlank() ? Optional.empty() : Optional.of(Path.of(name).toAbsolutePath());
  }

  /** The first file in the usual places: beside the jar, built in the source tree, Homebrew's folders. */
  static Optional<Path> found() {
    return places().stream().map(folder -> folder.resolve(NAME)).filter(Files::isRegularFile).findFirst();
  }

  private static List<Path> places() {
    List<Path> out = new ArrayList<>();
    Path code = codeLocation();
    if (code != null) {
      out.add(code.getParent());
    }
    addBuilt(out, Path.of("").toAbsolutePath());
    if (code != null) {
      addBuilt(out, code.getParent());
    }
    out.add(Path.of("/opt/homebrew/lib"));
    out.add(Path.of("/usr/local/lib"));
    return out;
  }

  /** What runtime/native/build.sh makes, seen from {@code folder} or one of its parents. */
  private static void addBuilt(List<Path> out, Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      out.add(at.resolve("runtime/native/target/lib"));
    }
  }

  private static Path codeLocation() {
    try {
      var source = LibraryFile.class.getProtectionDomain().getCodeSource();
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException _) {
      return null; // classes from something that is no file
    }
  }
}
