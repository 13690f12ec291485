package io.mlxlint.rule;

import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Fix.Safety;
import java.util.Arrays;
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
public record RuleInfo(String code, String name, Topic topic, Level level, Cost cost, String summary,
    String why, String bad, String good, String whenNot, String origin, Optional<Safety> fix) {

  /** What the defect costs first of all; the verifier's verdict stands on it. */
  public enum Cost { TIME, PEAK_MEMORY, TRACES }

  public enum Topic {
    EVALUATION("EVL"), ASYNC("ASY"), DTYPE("DTY"), OPERATIONS("OPS"), COMPILE("CMP"), MEMORY("MEM"),
    PROFILING("PRF"), SUPPRESSION("SUP");

    private final String prefix;

    Topic(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }

  public RuleInfo {
    if (!code.startsWith(topic.prefix()) || !code.matches("[A-Z]{3}\\d{3}")
        || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("rule " + code + " " + name + " of topic " + topic);
    }
  }

  /** Starts the description of a rule; the code's letters name its topic. */
  public static Builder of(String code, String name) {
    return new Builder(code, name);
  }

  /** Says a rule's parts in the order its documentation prints them. */
  public static final class Builder {
    private final String code;
    private final String name;
    private Level level = Level.WARNING;
    private Cost cost = Cost.TIME;
    private Optional<Safety> fix = Optional.empty();
    private String summary = "";
    private String why = "";
    private String bad = "";
    private String good = "";
    private String whenNot = "";
    private String origin = "";

    private Builder(String code, String name) {
      this.code = code;
      this.name = name;
    }

    /** Of a certain finding; a plausible one is always {@link Level#INFO}. */
    public Builder level(Level value) {
      level = value;
      return this;
    }

    public Builder cost(Cost value) {
      cost = value;
      return this;
    }

    public Builder fix(Safety value) {
      fix = Optional.of(value);
      return this;
    }

    public Builder summary(String value) {
      summary = value;
      return this;
    }

    public Builder why(String value) {
      why = value;
      return this;
    }

    public Builder bad(String value) {
      bad = value;
      return this;
    }

    public Builder good(String value) {
      good = value;
      return this;
    }

    public Builder whenNot(String value) {
      whenNot = value;
      return this;
    }

    public Builder origin(String value) {
      origin = value;
      return this;
    }

    public RuleInfo build() {
      Topic topic = Arrays.stream(Topic.values()).filter(t -> code.startsWith(t.prefix())).findFirst()
          .orElseThrow(() -> new IllegalArgumentException("rule code " + code + " names no topic"));
      return new RuleInfo(code, name, topic, level, cost, summary, why, bad, good, whenNot, origin, fix);
    }
  }
}
