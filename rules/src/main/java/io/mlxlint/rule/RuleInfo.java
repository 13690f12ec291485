package io.mlxlint.rule;

import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Fix.Safety;
import java.util.Optional;

/**
 * All that is said about a rule; docs, {@code explain} and the tests are made from it.
 *
 * @param code such as {@code EVL101}
 * @param name the defect in kebab case; "allow host-read-in-loop" must read well
 * @param summary one line, lower case, no full stop
 * @param bad a whole class that compiles; findings are marked {@code // expect: name}
 * @param good what the fix makes of {@code bad}
 * @param fix what the fix promises; empty if there is none
 */
public record RuleInfo(String code, String name, Topic topic, Level level, Cost cost, String summary, String why,
    String bad, String good, String whenNot, String origin, Optional<Safety> fix) {

  /** What the defect costs first of all; the verifier's verdict stands on it. */
  public enum Cost { TIME, PEAK_MEMORY, TRACES }

  public enum Topic {
    EVALUATION("EVL"), ASYNC("ASY"), DTYPE("DTY"), OPERATIONS("OPS"), COMPILE("CMP"), MEMORY("MEM"), PROFILING("PRF");

    private final String prefix;

    Topic(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }

  public RuleInfo {
    if (!code.startsWith(topic.prefix()) || !code.matches("[A-Z]{3}\\d{3}") || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("rule " + code + " " + name + " of topic " + topic);
    }
  }
}
