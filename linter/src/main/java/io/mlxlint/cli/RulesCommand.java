package io.mlxlint.cli;

import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the rules. */
@Command(description = "Lists the rules: code, name, fix and what it is about.")
final class RulesCommand implements Callable<Integer> {
  private final Surroundings here;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  RulesCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    List<RuleInfo> rules = here.rules().stream().map(Rule::info).sorted(Comparator.comparing(RuleInfo::code))
        .toList();
    int width = rules.stream().mapToInt(r -> r.name().length()).max().orElse(0);
    for (RuleInfo rule : rules) {
      here.out().append(rule.code()).append("  ").append(here.colours().bold(rule.name()))
          .append(" ".repeat(width - rule.name().length())).append("  ").append(fix(rule)).append("  ")
          .append(rule.summary()).append('\n');
    }
    here.out().append("\n'mlxlint explain RULE' says more\n");
    return Main.CLEAN;
  }

  private static String fix(RuleInfo rule) {
    return rule.fix().map(safety -> switch (safety) {
      case SAFE -> "fix       ";
      case UNSAFE -> "unsafe fix";
      case DISPLAY_ONLY -> "by hand   ";
    }).orElse("          ");
  }
}
