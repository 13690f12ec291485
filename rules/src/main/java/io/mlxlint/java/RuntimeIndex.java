package io.mlxlint.java;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.java.ClassFacts.Origin;
import io.mlxlint.java.ClassFacts.Variable;
import io.mlxlint.java.MethodFacts.Performed;
import io.mlxlint.model.Type;
import io.mlxlint.op.DType;
import io.mlxlint.op.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public classes of the array runtime and what their methods perform, from a resource made at build time.
 *
 * <p>The resource is text, a class to a paragraph, and only the paragraphs asked for are taken apart:
 * <pre>
 * C name; binary name; flags; type parameters; supertypes
 * F name; flags; type; dtype, if it is a constant one
 * M name; flags; type parameters; parameters; result; operation; effect
 * </pre>
 * with tabs for the semicolons, blanks between the items of a list and {@code T:bound} for a type parameter.
 * Flags: i interface, s static, a abstract, v varargs.
 */
final class RuntimeIndex {
  static final String RESOURCE = "runtime.index";

  private final Map<String, String> paragraphs;

  private RuntimeIndex(Map<String, String> paragraphs) {
    this.paragraphs = paragraphs;
  }

  static RuntimeIndex load() {
    try (InputStream in = RuntimeIndex.class.getResourceAsStream(RESOURCE)) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RuntimeIndex of(String text) {
    Map<String, String> paragraphs = new HashMap<>();
    int start = text.indexOf("C\t");
    while (start >= 0) {
      int next = text.indexOf("\nC\t", start);
      String paragraph = next < 0 ? text.substring(start) : text.substring(start, next + 1);
      paragraphs.put(paragraph.substring(2, paragraph.indexOf('\t', 2)), paragraph);
      start = next < 0 ? -1 : next + 1;
    }
    return new RuntimeIndex(paragraphs);
  }

  boolean has(String name) {
    return paragraphs.containsKey(name);
  }

  Optional<ClassFacts> find(String name) {
    return Optional.ofNullable(paragraphs.get(name)).map(RuntimeIndex::read);
  }

  private static ClassFacts read(String paragraph) {
    String[] lines = paragraph.split("\n");
    String[] head = lines[0].split("\t", -1);
    Map<String, List<MethodFacts>> methods = new HashMap<>();
    Map<String, FieldFacts> fields = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] columns = lines[i].split("\t", -1);
      if (columns[0].equals("F")) {
        fields.put(columns[1], new FieldFacts(head[1], columns[1], Types.parse(columns[3]),
            columns[2].contains("s"), columns[4].isEmpty() ? Optional.empty()
                : Optional.of(DType.valueOf(columns[4]))));
      } else {
        methods.computeIfAbsent(columns[1], n -> new ArrayList<>()).add(method(head, columns));
      }
    }
    return new ListedClass(head[1], head[2], Origin.RUNTIME, head[3].contains("i"), variables(head[4]),
        types(head[5]), methods, fields);
  }

  private static MethodFacts method(String[] head, String[] columns) {
    List<Variable> variables = variables(columns[3]);
    List<Type> parameters = types(columns[4]);
    Optional<Performed> performs = columns[7].isEmpty() ? Optional.empty()
        : Optional.of(new Performed(columns[6], Effect.valueOf(columns[7])));
    Map<String, Type> bounds = new HashMap<>();
    variables(head[4]).forEach(v -> bounds.put("#" + v.name(), v.bound()));
    variables.forEach(v -> bounds.put("#" + v.name(), v.bound()));
    List<String> erased = parameters.stream().map(p -> Types.substitute(p, bounds).name()).toList();
    return new MethodFacts(new MethodRef(head[2], columns[1], erased), head[1], Origin.RUNTIME, variables,
        parameters,
        Types.parse(columns[5]), columns[2].contains("s"), columns[2].contains("a"), columns[2].contains("v"),
        performs);
  }

  private static List<Type> types(String list) {
    return list.isEmpty() ? List.of() : Arrays.stream(list.split(" ")).map(Types::parse).toList();
  }

  private static List<Variable> variables(String list) {
    return list.isEmpty() ? List.of() : Arrays.stream(list.split(" ")).map(v -> {
      int colon = v.indexOf(':');
      return new Variable(v.substring(0, colon), Types.parse(v.substring(colon + 1)));
    }).toList();
  }
}
