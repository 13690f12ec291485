package io.mlxlint.cli;

import io.mlxlint.report.Colours;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every command. Picocli reads the class of the one that runs and of no other, because that is slow. */
enum Command {
  CHECK("findings in Java files", CheckCommand::new),
  FIX("apply fixes", FixCommand::new),
  VERIFY("run the code of each finding before and after its fix", VerifyCommand::new),
  EXPLAIN("why a rule exists, bad and good code, when not to follow it", ExplainCommand::new),
  RULES("the list of rules", RulesCommand::new),
  ENGINE("what can run arrays here, and how to get Metal or CUDA", EngineCommand::new);

  private static final Pattern ENUM = Pattern.compile("\\[[A-Z_, ]+]");

  private final String line;
  private final Function<Surroundings, Callable<Integer>> made;

  Command(String line, Function<Surroundings, Callable<Integer>> made) {
    this.line = line;
    this.made = made;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is for, on one line. */
  String line() {
    return line;
  }

  static Command named(String word) {
    return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst().orElseThrow(() -> {
      if (word.startsWith("-")) {
        return new WrongUse("unknown option '" + word + "'",
            "options follow the command, see 'mlxlint --help'");
      }
      String meant = Closest.to(word, Arrays.stream(values()).map(Command::word).toList())
          .map(c -> "did you mean '" + c + "'?").orElse("'mlxlint --help' lists the commands");
      return new WrongUse("unknown command '" + word + "'", meant);
    });
  }

  /** Returns the exit status. */
  int run(String[] args, Surroundings here) throws Exception {
    Callable<Integer> command = made.apply(here);
    CommandLine line = new CommandLine(command)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setCommandName("mlxlint " + word());
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args);
    } catch (ParameterException e) {
      throw wrong(line, e);
    }
    if (parsed.isUsageHelpRequested()) {
      here.out().append(line.getUsageMessage(here.colours() == Colours.ON ? Ansi.ON : Ansi.OFF));
      return Main.CLEAN;
    }
    return command.call();
  }

  private WrongUse wrong(CommandLine line, ParameterException e) {
    String see = "see 'mlxlint " + word() + " --help'";
    if (e instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      return unmatched.isUnknownOption()
          ? new WrongUse("unknown option '" + argument + "'",
              Closest.to(argument, line.getCommandSpec().optionsMap().keySet())
                  .map(o -> "did you mean '" + o + "'?").orElse(see))
          : new WrongUse("unexpected argument '" + argument + "'", see);
    }
    // picocli lists the constants of an enum as Java names them
    String message = ENUM.matcher(e.getMessage()).replaceFirst(m -> m.group().toLowerCase(Locale.ROOT))
        .replace(" (case-insensitive)", "").lines().findFirst().orElse("cannot be understood");
    return new WrongUse(Character.toLowerCase(message.charAt(0)) + message.substring(1), see);
  }
}
