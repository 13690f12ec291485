package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The measured cases. */
final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Golden() {}

  /** One measured call, named by its file and its place in it. */
  record Case(String file, int index, JsonNode json) {
    String id() {
      return file + "#" + index;
    }

    String op() {
      return json.path("op").asText("");
    }

    JsonNode args() {
      return json.path("args");
    }

    /** Whether MLX refuses the call or dies of it. */
    boolean refused() {
      return json.has("error") || json.has("kills_process");
    }

    @Override
    public String toString() {
      StringBuilder inputs = new StringBuilder();
      for (JsonNode in : json.path("in")) {
        inputs.append(' ').append(in.path("dtype").asText()).append(in.path("shape"));
      }
      return id() + " " + op() + inputs + " " + args();
    }
  }

  static List<Case> cases(String file) {
    List<Case> cases = new ArrayList<>();
    for (JsonNode json : read(file + ".json").path("cases")) {
      cases.add(new Case(file, cases.size(), json));
    }
    return cases;
  }

  /** Case id (or {@code file:operation}) to the reason why it is not to be imitated. */
  static Map<String, String> exclusions() {
    Map<String, String> reasons = new HashMap<>();
    for (JsonNode entry : read("exclusions.json")) {
      for (JsonNode id : entry.path("cases")) {
        reasons.put(id.asText(), entry.path("reason").asText());
      }
    }
    return reasons;
  }

  private static JsonNode read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
