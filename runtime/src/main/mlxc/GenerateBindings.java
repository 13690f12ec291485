import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the class {@code Mlxc}, one static method for each declaration in functions.txt.
 *
 * <p>Arguments: functions.txt, the folder for generated sources. Run by the build; the file is left alone
 * if nothing has changed, so that the compiler has nothing to do.
 */
final class GenerateBindings {

  /** A C type that is passed by value: its letter in a call's shape and its Java type. */
  private enum Passing {
    NOTHING('V', "void"),
    STATUS('I', "int"),
    INT('I', "int"),
    LONG('J', "long"),
    FLOAT('F', "float"),
    DOUBLE('D', "double"),
    BOOLEAN('Z', "boolean"),
    ADDRESS('P', "MemorySegment"),
    ITERATOR('T', "MemorySegment"),
    VTABLE('W', "MemorySegment");

    final char letter;
    final String java;

    Passing(char letter, String java) {
      this.letter = letter;
      this.java = java;
    }

    static Passing of(String type) {
      return switch (type) {
        case "void" -> NOTHING;
        case "status" -> STATUS;
        case "int", "mlx_dtype", "mlx_fft_norm", "mlx_compile_mode", "mlx_device_type" -> INT;
        // The optional structs {value, bool} are one integer register wide: see Library.optional.
        case "size_t", "uint64_t", "uintptr_t",
            "mlx_optional_int", "mlx_optional_float", "mlx_optional_dtype" -> LONG;
        case "float" -> FLOAT;
        case "double" -> DOUBLE;
        case "bool" -> BOOLEAN;
        case "fnptr", "mlx_error_handler_func" -> ADDRESS;
        case "mlx_map_string_to_array_iterator", "mlx_map_string_to_string_iterator" -> ITERATOR;
        case "mlx_io_vtable" -> VTABLE;
        default -> {
          if (type.endsWith("*")) {
            yield ADDRESS;
          }
          if (type.startsWith("mlx_")) {
            yield LONG; // a handle: a struct of one pointer
          }
          throw new IllegalArgumentException("unknown type " + type);
        }
      };
    }
  }

  private record Parameter(Passing passing, String name) {}

  private record Function(String declaration, Passing returns, String name, List<Parameter> parameters) {

    static Function parse(String line) {
      int open = line.indexOf('(');
      int space = line.lastIndexOf(' ', open);
      List<Parameter> parameters = new ArrayList<>();
      String inside = line.substring(open + 1, line.length() - 1);
      if (!inside.isEmpty()) {
        for (String parameter : inside.split(", ")) {
          int last = parameter.lastIndexOf(' ');
          Passing passing = Passing.of(parameter.substring(0, last));
          parameters.add(new Parameter(passing, parameter.substring(last + 1)));
        }
      }
      Passing returns = Passing.of(line.substring(0, space));
      return new Function(line, returns, line.substring(space + 1, open), parameters);
    }

    String shape() {
      return parameters.stream()
          .map(p -> String.valueOf(p.passing.letter))
          .collect(Collectors.joining("", String.valueOf(returns.letter), ""));
    }

    /** A struct that is returned needs a place: FFM takes an allocator in front of the arguments. */
    boolean returnsStruct() {
      return returns == Passing.ITERATOR;
    }
  }

  private GenerateBindings() {}

  public static void main(String[] args) throws IOException {
    List<Function> functions = Files.readAllLines(Path.of(args[0])).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Function::parse)
        .toList();
    Path file = Path.of(args[1], "io/mlxlint/engine/mlx/Mlxc.java");
    String text = source(functions);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  private static String source(List<Function> functions) {
    StringBuilder out = new StringBuilder("""
        package io.mlxlint.engine.mlx;

        import java.lang.foreign.MemorySegment;
        import java.lang.foreign.SegmentAllocator;
        import java.lang.invoke.MethodHandle;

        /**
         * MLX's C API, generated from src/main/mlxc/functions.txt. A handle is a {@code long}, 0 the empty
         * one. A function is looked up at its first call, and a call is linked once for all functions of
         * its shape.
         */
        final class Mlxc {
          private static final MemorySegment[] SYMBOLS = new MemorySegment[%d];

          private Mlxc() {}

          private static MemorySegment symbol(int index, String name) {
            MemorySegment symbol = SYMBOLS[index];
            return symbol != null ? symbol : (SYMBOLS[index] = Library.symbol(name));
          }
        """.formatted(functions.size()));
    Set<String> shapes = new TreeSet<>();
    for (int i = 0; i < functions.size(); i++) {
      shapes.add(functions.get(i).shape());
      method(out, functions.get(i), i);
    }
    for (String shape : shapes) {
      out.append("""

            private static final class Shape%1$s {
              static final MethodHandle CALL = Library.downcall("%1$s");
            }
          """.formatted(shape));
    }
    return out.append("}\n").toString();
  }

  private static void method(StringBuilder out, Function f, int index) {
    boolean status = f.returns == Passing.STATUS;
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of("symbol(" + index + ", \"" + f.name + "\")"));
    if (f.returnsStruct()) {
      parameters.add("SegmentAllocator place");
      arguments.add("place");
    }
    for (Parameter p : f.parameters) {
      parameters.add(p.passing.java + " " + p.name);
      arguments.add(p.name);
    }
    String java = f.returns.java;
    String call = "Shape" + f.shape() + ".CALL.invokeExact(" + String.join(", ", arguments) + ")";
    String body = switch (f.returns) {
      case NOTHING -> call + ";";
      case STATUS -> "Failures.check((int) " + call + ");";
      case LONG -> "return Failures.check((long) " + call + ");";
      case INT, FLOAT, DOUBLE, BOOLEAN, ADDRESS, ITERATOR, VTABLE -> "return (" + java + ") " + call + ";";
    };
    out.append("""

          /** {@code %s} */
          static %s %s(%s) {
            try {
              %s
            } catch (Throwable thrown) {
              throw Failures.rethrown(thrown);
            }
          }
        """.formatted(f.declaration, status ? "void" : java, f.name, String.join(", ", parameters), body));
  }
}
