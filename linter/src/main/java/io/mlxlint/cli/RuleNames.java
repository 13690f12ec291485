package io.mlxlint.cli;

import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules as they are named on the command line: {@code host-read-in-loop}, {@code EVL101} or {@code EVL}. */
final class RuleNames {
  private RuleNames() {}

  /** All rules that the words name. */
  static List<Rule> matching(List<String> words, List<Rule> rules) {
    List<Rule> matching = new ArrayList<>();
    for (String word : words) {
      List<Rule> named = rules.stream()
          .filter(r -> isNamed(r.info(), word) || r.info().topic().prefix().equalsIgnoreCase(word)).toList();
      if (named.isEmpty()) {
        throw unknown(word, rules);
      }
      matching.addAll(named);
    }
    return matching;
  }

  /** The one rule with this name or code. */
  static Rule one(String word, List<Rule> rules) {
    return rules.stream().filter(r -> isNamed(r.info(), word)).findFirst()
        .orElseThrow(() -> unknown(word, rules));
  }

  private static boolean isNamed(RuleInfo rule, String word) {
    return rule.name().equalsIgnoreCase(word) || rule.code().equalsIgnoreCase(word);
  }

  private static WrongUse unknown(String word, List<Rule> rules) {
    List<String> names = rules.stream().flatMap(r -> Stream.of(r.info().name(), r.info().code())).toList();
    return new WrongUse("unknown rule '" + word + "'", Closest.to(word, names)
        .map(name -> "did you mean '" + name + "'?").orElse("'mlxlint rules' lists them"));
  }
}
