package io.mlxlint.files;

import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds and reads the Java files below some paths.
 *
 * <p>A file that is named is read whatever it is called; in a folder, {@code *.java} is, except below
 * {@code target}, {@code build} and folders that begin with a dot. Links are followed, and each file and
 * folder is visited once, so that a loop of links ends. Files come in the order of their names.
 */
public final class SourceFiles {
  private static final Set<String> EXCLUDED = Set.of("target", "build");
  private static final long LARGEST = 100L << 20;

  /** What was read, and what could not be. */
  public record Found(List<SourceFile> files, List<Problem> problems) {}

  private final Charset encoding;
  private final List<SourceFile> files = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Object> visited = new HashSet<>();

  private SourceFiles(Charset encoding) {
    this.encoding = encoding;
  }

  public static Found find(List<Path> paths, Charset encoding) {
    SourceFiles found = new SourceFiles(encoding);
    for (Path path : paths) {
      found.visit(withoutDot(path), true);
    }
    return new Found(List.copyOf(found.files), List.copyOf(found.problems));
  }

  private void visit(Path path, boolean named) {
    boolean java = path.toString().endsWith(".java");
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        if ((named || !isExcluded(path)) && visited.add(key(path, attributes))) {
          children(path).forEach(child -> visit(child, false));
        }
      } else if ((named || java && attributes.isRegularFile()) && visited.add(key(path, attributes))) {
        read(path, attributes.size());
      }
    } catch (NoSuchFileException e) {
      if (named && !Files.isSymbolicLink(path)) {
        problem(path, Kind.MISSING, "no such file or directory");
      } else if (named || java) {
        problem(path, Kind.UNREADABLE, "links to a file that does not exist");
      }
    } catch (IOException e) {
      // whatever is behind a link that leads nowhere, only a Java file is missed
      if (named || java || !Files.isSymbolicLink(path)) {
        problem(path, Kind.UNREADABLE, "cannot be read: " + reason(e));
      }
    }
  }

  private void read(Path path, long size) throws IOException {
    if (size > LARGEST) {
      problem(path, Kind.UNREADABLE, "larger than 100 MiB, so it is not read as a source file");
      return;
    }
    try {
      files.add(SourceFile.decode(path, Files.readAllBytes(path), encoding));
    } catch (SourceFile.Undecodable e) {
      problems.add(new Problem(path, e.line(), Kind.UNDECODABLE, e.getMessage()));
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }

  private static boolean isExcluded(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".") || EXCLUDED.contains(name);
  }

  /** The same for all ways to one file. */
  private static Object key(Path path, BasicFileAttributes attributes) throws IOException {
    return attributes.fileKey() == null ? path.toRealPath() : attributes.fileKey();
  }

  /** {@code ./src} is shown as {@code src}, and what is below {@code .} without it. */
  private static Path withoutDot(Path path) {
    if (path.isAbsolute() || path.getNameCount() == 0 || !path.getName(0).toString().equals(".")) {
      return path;
    }
    return path.getNameCount() == 1 ? Path.of("") : path.subpath(1, path.getNameCount());
  }

  private void problem(Path path, Kind kind, String message) {
    problems.add(new Problem(path, 0, kind, message));
  }

  /** What the system says, without the path that the report shows anyway. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = String.valueOf(e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason() : e.getMessage());
    return message.isEmpty() ? e.getClass().getSimpleName()
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
