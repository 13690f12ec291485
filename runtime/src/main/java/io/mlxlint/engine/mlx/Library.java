package io.mlxlint.engine.mlx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Optional;

/** The loaded C library. */
final class Library {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final String SYSTEM = System.mapLibraryName("mlxc");
  private static final Attempt ATTEMPT = Attempt.make();

  private Library() {}

  /** What came of opening the library; kept, so that every later use gives the same reason. */
  private record Attempt(SymbolLookup symbols, String from, MlxUnavailableException failure) {

    static Attempt make() {
      Optional<Path> named = LibraryFile.named();
      Optional<Path> file = named.or(LibraryFile::found);
      try {
        SymbolLookup symbols = file.isPresent()
            ? SymbolLookup.libraryLookup(file.get(), Arena.global())
            : SymbolLookup.libraryLookup(SYSTEM, Arena.global());
        return new Attempt(symbols, file.map(Path::toString).orElse(SYSTEM), null);
      } catch (RuntimeException | LinkageError e) {
        String message = named.map(n -> "mlxlint.mlxc or MLXC_LIBRARY names " + n
                + ", which cannot be loaded as MLX's C library")
            .orElseGet(() -> "MLX's C library " + file.map(f -> "cannot be loaded from " + f)
                .orElse("is not installed") + "; run " + remedy());
        return new Attempt(null, null, new MlxUnavailableException(message, e));
      }
    }
  }

  private static String remedy() {
    return System.getProperty("os.name").startsWith("Mac") ? "brew install mlx-c" : "runtime/native/build.sh";
  }

  private static Attempt opened() {
    if (ATTEMPT.failure != null) {
      throw ATTEMPT.failure.again();
    }
    return ATTEMPT;
  }

  /** The file, or the bare name if the system found it. */
  static String location() {
    return opened().from;
  }

  static MemorySegment symbol(String name) {
    Attempt opened = opened();
    return opened.symbols.find(name).orElseThrow(() -> new MlxUnavailableException(
        opened.from + " has no function " + name + "; the engine needs mlx-c 0.7", null));
  }

  /** A call of any function with this shape: the letters of the result and of the parameters. */
  static MethodHandle downcall(String shape) {
    return LINKER.downcallHandle(descriptor(shape));
  }

  /**
   * A function pointer to the static method {@code name} of the calling class; it must let no exception out.
   */
  static MemorySegment upcall(MethodHandles.Lookup caller, String name, String shape) {
    FunctionDescriptor descriptor = descriptor(shape);
    MethodType type = descriptor.toMethodType();
    try {
      MethodHandle target = caller.findStatic(caller.lookupClass(), name, type);
      return LINKER.upcallStub(target, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no method " + name + type, e);
    }
  }

  private static FunctionDescriptor descriptor(String shape) {
    MemoryLayout[] parameters = new MemoryLayout[shape.length() - 1];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = layout(shape.charAt(i + 1));
    }
    return shape.charAt(0) == 'V'
        ? FunctionDescriptor.ofVoid(parameters)
        : FunctionDescriptor.of(layout(shape.charAt(0)), parameters);
  }

  private static MemoryLayout layout(char letter) {
    return switch (letter) {
      case 'I' -> ValueLayout.JAVA_INT;
      case 'J' -> ValueLayout.JAVA_LONG;
      case 'F' -> ValueLayout.JAVA_FLOAT;
      case 'D' -> ValueLayout.JAVA_DOUBLE;
      case 'Z' -> ValueLayout.JAVA_BOOLEAN;
      case 'P' -> ValueLayout.ADDRESS;
      case 'T' -> MemoryLayout.structLayout(ValueLayout.ADDRESS, ValueLayout.ADDRESS);
      case 'W' -> MemoryLayout.structLayout(MemoryLayout.sequenceLayout(9, ValueLayout.ADDRESS));
      default -> throw new IllegalArgumentException("no layout " + letter);
    };
  }

  /** No value. */
  static final long NONE = 0;

  /**
   * A value in an optional struct {@code {int or float, bool}}. Eight bytes of integer class travel in one
   * register (or one stack slot) exactly as a {@code long} does, on x86-64 and on AArch64.
   */
  static long optional(int bits) {
    return 1L << 32 | Integer.toUnsignedLong(bits);
  }
}
