package io.mlxlint.java;

import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Suppression;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Java sources to array programs. */
public final class FrontEnd {
  /** Enough for some ten thousand levels of nesting; only what is used of it is ever backed by memory. */
  private static final long STACK = 512L << 20;

  /** A file and its text. */
  public record Source(Path path, String text) {}

  /**
   * What came out.
   *
   * @param read how many files were parsed; the others say nothing that has to do with arrays
   */
  public record Result(Program program, List<Suppression> suppressions, List<Problem> problems, int read) {}

  private final Universe universe;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> functions = ConcurrentHashMap.newKeySet();

  private FrontEnd(Universe universe) {
    this.universe = universe;
  }

  /**
   * Reads the sources that have to do with arrays. Jars and folders of {@code classPath} tell of other types.
   */
  public static Result read(List<Source> sources, List<Path> classPath) {
    AtomicInteger number = new AtomicInteger();
    int threads = Math.clamp(Math.min(sources.size() / 4, Runtime.getRuntime().availableProcessors()), 1, 16);
    try (ClassPath classes = new ClassPath(classPath);
        ExecutorService crew = Executors.newFixedThreadPool(threads, task -> {
          Thread thread = new Thread(null, task, "mlxlint-read-" + number.incrementAndGet(), STACK);
          thread.setDaemon(true);
          return thread;
        })) {
      return new FrontEnd(new Universe(RuntimeIndex.load(), classes)).read(sources, crew);
    }
  }

  /** Either may be null: a file that failed has a problem, and one that is good has a result. */
  private record Attempt<T>(T result, Problem problem) {}

  private Result read(List<Source> sources, ExecutorService crew) {
    List<Unit> units = parse(sources, crew);
    List<Attempt<Void>> linked = await(crew, List.of(() -> attempt(null, () -> link(units))));
    linked.forEach(this::note);
    List<Attempt<List<Method>>> lowered = await(crew, units.stream()
        .<Callable<Attempt<List<Method>>>>map(u -> () -> attempt(u.source(), () -> lower(u))).toList());
    lowered.forEach(this::note);
    Map<Path, String> texts = new HashMap<>();
    sources.forEach(s -> texts.put(s.path(), s.text()));
    List<Method> methods = lowered.stream().filter(a -> a.result() != null).flatMap(a -> a.result()
        .stream()).toList();
    Lambdas.widen(methods, functions);
    problems.sort(Comparator.comparing(Problem::path).thenComparing(Problem::line));
    Map<String, List<Type>> supertypes = new HashMap<>();
    units.forEach(u -> u.classes().forEach(c -> supertypes.put(c.binaryName(), c.supertypes())));
    return new Result(Program.of(methods, supertypes, texts),
        units.stream().flatMap(u -> u.suppressions().stream()).toList(), List.copyOf(problems), units.size());
  }

  /** Parses what mentions the runtime, then what mentions something declared there, and so on. */
  private List<Unit> parse(List<Source> sources, ExecutorService crew) {
    Mentions mentions = new Mentions(sources);
    Map<Source, Unit> parsed = new HashMap<>();
    for (List<Source> next = mentions.ofRuntime(); !next.isEmpty(); next = mentions.of(parsed.values())) {
      List<Source> batch = next;
      List<Attempt<Unit>> attempts = await(crew, batch.stream().<Callable<Attempt<Unit>>>map(s -> () -> {
        SourceFile file = new SourceFile(s.path(), s.text());
        return attempt(file, () -> parse(file));
      }).toList());
      for (int i = 0; i < batch.size(); i++) {
        note(attempts.get(i));
        if (attempts.get(i).result() != null) {
          parsed.put(batch.get(i), attempts.get(i).result());
        }
      }
    }
    return sources.stream().map(parsed::get).filter(u -> u != null).toList();
  }

  private Unit parse(SourceFile file) throws Unparsable {
    Optional<Problem> tooDeep = Nesting.problem(file);
    if (tooDeep.isPresent()) {
      throw new Unparsable(tooDeep.get());
    }
    return switch (Parsing.parse(file)) {
      case Parsing.Parsed p -> new Unit(file, universe, p.unit(), p.suppressions());
      case Parsing.Failed f -> throw new Unparsable(f.problem());
    };
  }

  private static final class Unparsable extends Exception {
    final transient Problem problem;

    Unparsable(Problem problem) {
      this.problem = problem;
    }
  }

  private Void link(List<Unit> units) {
    for (Unit u : units) {
      u.classes().forEach(DeclaredClass::link);
    }
    units.forEach(new AnonymousFunctions(universe)::replaceIn);
    units.forEach(u -> u.classes().forEach(universe::link));
    universe.linked();
    units.forEach(universe.iterators()::link);
    return null;
  }

  private List<Method> lower(Unit unit) {
    Body.Output output = new Body.Output();
    unit.classes().stream().filter(c -> c.outer().isEmpty()).forEach(c -> Classes.lower(c, unit, output));
    functions.addAll(output.functions);
    unit.forgetTree();
    output.methods.sort(Comparator.comparing(Method::span));
    return output.methods;
  }

  private void note(Attempt<?> attempt) {
    if (attempt.problem() != null) {
      problems.add(attempt.problem());
    }
  }

  private static <T> Attempt<T> attempt(SourceFile file, Callable<T> work) {
    Path path = file == null ? Path.of("") : file.path();
    try {
      return new Attempt<>(work.call(), null);
    } catch (Unparsable e) {
      return new Attempt<>(null, e.problem);
    } catch (StackOverflowError e) {
      return new Attempt<>(null, new Problem(path, 0, Problem.Kind.TOO_DEEP, "nested too deeply to be read"));
    } catch (Exception e) {
      return new Attempt<>(null, new Problem(path, 0, Problem.Kind.UNPARSABLE,
          "cannot make sense of this file, which is an error of mlxlint: " + e));
    }
  }

  private static <T> List<T> await(ExecutorService crew, List<Callable<T>> work) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> f : crew.invokeAll(work)) {
        results.add(f.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading sources", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
