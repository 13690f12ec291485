package io.mlxlint.cli;

import io.mlxlint.report.Colours;
import io.mlxlint.rules.Rules;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;

/** Runs one command and says how it went. */
public final class Main {
  /** Exit status: nothing was found. */
  static final int CLEAN = 0;
  /** Exit status: there are findings. */
  static final int FOUND = 1;
  /** Exit status: the result is incomplete, or the command could not be understood. */
  static final int INCOMPLETE = 2;

  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    boolean terminal = !"dumb".equals(environment.get("TERM")) && isTerminal();
    boolean coloured = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    Output out = new Output(new FileOutputStream(FileDescriptor.out));
    Output err = new Output(new FileOutputStream(FileDescriptor.err));
    Surroundings here = new Surroundings(System.in, out, err, coloured ? Colours.ON : Colours.OFF, terminal,
        Rules.ALL, !environment.getOrDefault("MLXLINT_TRACE", "").isEmpty());
    System.exit(run(args, here));
  }

  /** All of the program but its process. */
  static int run(String[] args, Surroundings here) {
    int status;
    try {
      status = command(args, here);
    } catch (WrongUse e) {
      here.note(e.getMessage());
      status = INCOMPLETE;
    } catch (OutOfMemoryError e) {
      here.note("out of memory; allow more with JAVA_TOOL_OPTIONS=-Xmx8g, or name fewer paths");
      status = INCOMPLETE;
    } catch (Throwable e) { // the last resort: nothing ends in a stack trace that nobody asked for
      here.note(internalError(args, e));
      if (here.trace()) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        here.err().append(trace.getBuffer());
      }
      status = INCOMPLETE;
    }
    here.out().flush();
    if (here.out().failed()) {
      here.note("cannot write to standard output: " + here.out().reason());
      status = INCOMPLETE;
    }
    here.err().flush();
    return status;
  }

  private static int command(String[] args, Surroundings here) throws Exception {
    String first = args.length == 0 ? "" : args[0];
    return switch (first) {
      case "" -> throw new WrongUse("no command",
          "try 'mlxlint check', or 'mlxlint --help' for all commands");
      case "--version", "-V" -> {
        here.out().append("mlxlint ").append(version()).append('\n');
        yield CLEAN;
      }
      case "--help", "-h", "help" -> args.length > 1
          ? Command.named(args[1]).run(new String[] {"--help"}, here)
          : overview(here);
      default -> Command.named(first).run(Arrays.copyOfRange(args, 1, args.length), here);
    };
  }

  private static int overview(Surroundings here) {
    here.out().append("""
        Usage: mlxlint COMMAND [options] [paths]
        Finds performance pitfalls in Java programs that use lazy arrays, and fixes them.

        """);
    for (Command command : Command.values()) {
      here.out().append("  ").append(command.word()).append(" ".repeat(10 - command.word().length()))
          .append(command.line()).append('\n');
    }
    here.out().append("""

        'mlxlint COMMAND --help' shows the options of a command, 'mlxlint --version' the version.
        Exit status: 0 clean, 1 findings, 2 the result is incomplete (wrong use, a file that cannot be
        read or parsed); what could be found is reported first.
        """);
    return CLEAN;
  }

  private static String version() {
    String built = Main.class.getPackage().getImplementationVersion();
    return built == null ? "(not from a jar)" : built;
  }

  private static String internalError(String[] args, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String message = e.getMessage() == null ? "" : " (" + e.getMessage().lines().findFirst().orElse("") + ")";
    return "internal error in '" + args[0] + "': " + e.getClass().getSimpleName() + message
        + (trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber())
        + "; please report it with what MLXLINT_TRACE=1 shows";
  }

  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
