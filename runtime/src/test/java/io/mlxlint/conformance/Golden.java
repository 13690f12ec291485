package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The measured cases: the files under {@code golden/}, whose ORIGIN.md names the version and the device. */
final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Golden() {}

  /** One measured call, named by its file and its place in it. */
  record Case(String file, int index, JsonNode json) {
    String op() {
      return json.path("op").asText("");
    }

    JsonNode args() {
      return json.path("args");
    }

    /** Whether MLX refuses the call, dies of it or reads beyond the array: here all of these throw. */
    boolean refused() {
      return json.has("error") || json.has("kills_process")
          || json.path("note").asText().contains("unchecked");
    }

    @Override
    public String toString() {
      StringBuilder inputs = new StringBuilder();
      for (JsonNode in : json.path("in")) {
        inputs.append(' ').append(in.path("dtype").asText()).append(in.path("shape"));
      }
      return file + "#" + index + " " + op() + inputs + " " + args();
    }
  }

  /** A whole file. */
  static JsonNode file(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static List<Case> cases(String file) {
    List<Case> cases = new ArrayList<>();
    for (JsonNode json : file(file).path("cases")) {
      cases.add(new Case(file, cases.size(), json));
    }
    return cases;
  }

  /**
   * Why cases of a file are not imitated or not translated, by their place in it. An id is {@code file#place}
   * or {@code file#first-last}; an entry that names an engine or a device holds for that one only.
   */
  static Map<Integer, String> exclusions(String file) {
    Map<Integer, String> reasons = new HashMap<>();
    String engine = Engines.current().name();
    String device = MX.defaultDevice().toString();
    for (JsonNode entry : file("exclusions")) {
      if (!entry.path("engine").asText(engine).equals(engine)
          || !entry.path("device").asText(device).equals(device)) {
        continue;
      }
      for (JsonNode id : entry.path("cases")) {
        String[] parts = id.asText().split("[#-]");
        if (parts[0].equals(file)) {
          for (int i = Integer.parseInt(parts[1]); i <= Integer.parseInt(parts[parts.length - 1]); i++) {
            reasons.put(i, entry.path("reason").asText());
          }
        }
      }
    }
    return reasons;
  }

  /** Says how many cases of a file are translated; each has its own test, so these are the ones that pass. */
  static void report(String file, int total) {
    int excluded = exclusions(file).size();
    System.out.println("golden " + file + " on engine " + Engines.current().name() + ": "
        + (total - excluded) + " of " + total + " cases are tested, " + excluded + " excluded");
  }
}
