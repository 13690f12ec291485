package io.mlxlint.cli;

import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.rule.RuleInfo;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says all that is known about one rule. */
@Command(description = "Says why a rule exists, with bad and good code, and when not to follow it.")
final class ExplainCommand implements Callable<Integer> {
  private static final int WIDTH = 100;

  private final Surroundings here;

  @Parameters(paramLabel = "RULE", description = "a name or a code, such as host-read-in-loop or EVL101")
  private String rule;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  ExplainCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    RuleInfo info = RuleNames.one(rule, here.rules()).info();
    here.out().append(here.colours().bold(info.code() + " " + info.name())).append('\n');
    here.out().append(info.summary()).append("\n\n");
    here.out().append("level " + word(info.level()) + ", costs " + word(info.cost()) + ", "
        + info.fix().map(ExplainCommand::promise).orElse("no automatic fix")).append('\n');
    prose("Why", info.why());
    code("Bad", info.bad());
    code("Good", info.good());
    prose("When not", info.whenNot());
    prose("Origin", info.origin());
    return Main.CLEAN;
  }

  private static String promise(Safety safety) {
    return switch (safety) {
      case SAFE -> "the fix keeps results and exceptions exactly";
      case UNSAFE -> "the fix may change rounding, dtype or the moment of evaluation (--unsafe-fixes)";
      case DISPLAY_ONLY -> "the fix is shown and never applied";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void prose(String title, String text) {
    if (text.isBlank()) {
      return;
    }
    title(title);
    String between = "";
    for (String paragraph : text.strip().split("\n\\s*\n")) {
      here.out().append(between);
      between = "\n";
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+")) {
        if (line.length() + word.length() > WIDTH - 2) {
          here.out().append("  ").append(line.toString().stripTrailing()).append('\n');
          line.setLength(0);
        }
        line.append(word).append(' ');
      }
      here.out().append("  ").append(line.toString().stripTrailing()).append('\n');
    }
  }

  /** Without the marks of the tests. */
  private void code(String title, String text) {
    if (text.isBlank()) {
      return;
    }
    title(title);
    text.stripTrailing().lines().forEach(line -> {
      String shown = line.replaceFirst("\\s*// expect: [a-z0-9, -]+$", "");
      here.out().append(shown.isEmpty() ? "" : "    " + shown).append('\n');
    });
  }

  private void title(String title) {
    here.out().append('\n').append(here.colours().bold(title)).append('\n');
  }
}
