import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long one file takes from the command to its end, beside PMD with its performance rules on the same
 * file.
 *
 * <p>{@code java linter/benchmarks/OneFile.java [FILE [ROUNDS]]}, with Java 17 or newer. Whole processes,
 * taking turns in every round, output to a file; medians. Without FILE it takes the sample nearest to 200
 * lines. Exits with 1 if mlxlint is not at least four times as fast as PMD.
 */
final class OneFile {
  private static final double GOAL = 4;

  private record Tool(String name, List<Integer> expectedExits, List<String> command) {}

  public static void main(String[] args) throws Exception {
    Path root = checkout();
    Path file = args.length > 0 ? Path.of(args[0]).toAbsolutePath() : sampleNearest(200, root);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    Path target = root.resolve("linter/target");
    Path out = Files.createTempFile("one-file", ".txt");

    run(List.of(root + "/mlxlint", "--version"), out); // builds and trains if it must
    String java = trainedJava(target.resolve("mlxlint.aot.txt"));
    Path jar = target.resolve("mlxlint.jar");
    Path pmd = fetchPmd(root, target.resolve("pmd"), out);

    List<Tool> tools = List.of(
        new Tool("JVM, nothing run", List.of(0), List.of(java, "-XX:+UseSerialGC", "-version")),
        new Tool("mlxlint", List.of(0, 1), List.of(root + "/mlxlint", "check", file.toString())),
        new Tool("mlxlint, no AOT cache", List.of(0, 1),
            List.of(java, "-XX:+UseSerialGC", "-jar", jar.toString(), "check", file.toString())),
        new Tool("PMD performance", List.of(0, 4),
            List.of(java, "-cp", pmd + "/*", "net.sourceforge.pmd.cli.PmdCli", "check", "--no-cache",
                "--no-progress", "-R", "category/java/performance.xml", "-d", file.toString())));

    Map<String, double[]> seconds = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) { // the first is not counted: it fills the page cache
      for (Tool tool : tools) {
        long start = System.nanoTime();
        int exit = run(tool.command, out);
        double took = (System.nanoTime() - start) / 1e9;
        if (!tool.expectedExits.contains(exit)) {
          System.err.print(Files.readString(out));
          System.err.println(tool.name + " ended with " + exit + ": nothing was measured");
          System.exit(2);
        }
        if (round >= 0) {
          seconds.computeIfAbsent(tool.name, name -> new double[rounds])[round] = took;
        }
      }
    }
    Files.delete(out);

    System.out.printf("%s, %d lines, %d rounds, %s%n", root.relativize(file),
        Files.readAllLines(file).size(), rounds, Path.of(java).getParent().getParent().getFileName());
    seconds.forEach((name, all) -> {
      Arrays.sort(all);
      System.out.printf("%-24s median %.3f s   min %.3f   max %.3f%n", name, median(all), all[0],
          all[rounds - 1]);
    });
    double ratio = median(seconds.get("PMD performance")) / median(seconds.get("mlxlint"));
    System.out.printf("PMD / mlxlint: %.1f (goal: at least %.0f)%n", ratio, GOAL);
    System.exit(ratio >= GOAL ? 0 : 1);
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static int run(List<String> command, Path out) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start()
        .waitFor();
  }

  private static Path checkout() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isExecutable(at.resolve("mlxlint"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("run this inside the checkout");
    }
    return at;
  }

  /** The Java that the launcher chose, from the note beside its cache: {@code VERSION HOME for JAR}. */
  private static String trainedJava(Path note) throws IOException {
    return Files.readString(note).replaceFirst("(?s)^\\S+ (.*) for .*$", "$1") + "/bin/java";
  }

  private static Path sampleNearest(int lines, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("samples/src/main/java"))) {
      List<Path> sources = new ArrayList<>(files.filter(f -> f.toString().endsWith(".java")).sorted()
          .toList());
      return sources.stream().min(Comparator.comparingInt(f -> Math.abs(length(f) - lines))).orElseThrow();
    }
  }

  private static int length(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static Path fetchPmd(Path root, Path folder, Path out) throws Exception {
    if (!Files.isDirectory(folder)) {
      int exit = run(List.of(root + "/mvnw", "-q", "-B", "-f", root + "/linter/benchmarks/pom.xml",
          "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies",
          "-DoutputDirectory=" + folder), out);
      if (exit != 0) {
        throw new IllegalStateException("cannot fetch PMD: " + Files.readString(out));
      }
    }
    return folder;
  }
}
