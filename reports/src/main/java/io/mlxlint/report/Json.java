package io.mlxlint.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Note;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Ratio;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The whole report as one object; {@code report.schema.json} beside this class says what it holds. */
record Json() implements Renderer {
  /** Grows when a reader of an older one could be misled. */
  private static final int VERSION = 1;

  @Override
  public void write(Report report, Appendable out) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer());
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("findings");
      List<String> fingerprints = Fingerprints.of(report);
      for (int i = 0; i < fingerprints.size(); i++) {
        write(report.findings().get(i), fingerprints.get(i), json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("errors");
      for (Problem problem : report.problems()) {
        write(problem, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.append(text.getBuffer()).append('\n');
  }

  private static void write(Finding finding, String fingerprint, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule());
    json.writeStringField("code", finding.code());
    json.writeStringField("fingerprint", fingerprint);
    json.writeStringField("level", word(finding.level()));
    json.writeStringField("certainty", word(finding.certainty()));
    place(finding.span(), json);
    json.writeStringField("message", finding.message());
    json.writeArrayFieldStart("notes");
    for (Note note : finding.notes()) {
      json.writeStartObject();
      json.writeStringField("path", path(note.span().path()));
      json.writeNumberField("line", note.span().line());
      json.writeStringField("message", note.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (finding.fix().isPresent()) {
      write(finding.fix().get(), json);
    }
    if (finding.verification().isPresent()) {
      write(finding.verification().get(), json);
    }
    json.writeEndObject();
  }

  private static void write(Fix fix, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("fix");
    json.writeStringField("safety", word(fix.safety()));
    json.writeStringField("title", fix.title());
    json.writeArrayFieldStart("edits");
    for (Edit edit : fix.edits()) {
      json.writeStartObject();
      place(edit.span(), json);
      json.writeNumberField("start", edit.span().start());
      json.writeNumberField("end", edit.span().end());
      json.writeStringField("replacement", edit.replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Verification made, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("verification");
    json.writeStringField("verdict", made.verdict().words());
    json.writeStringField("reason", made.reason());
    write("timeRatio", made.time(), json);
    write("memoryRatio", made.memory(), json);
    json.writeObjectFieldStart("counters");
    for (Map.Entry<String, long[]> counter : new TreeMap<>(made.counters()).entrySet()) {
      json.writeObjectFieldStart(counter.getKey());
      json.writeNumberField("before", counter.getValue()[0]);
      json.writeNumberField("after", counter.getValue()[1]);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeStringField("engine", made.engine());
    json.writeStringField("device", made.device());
    json.writeEndObject();
  }

  private static void write(String name, Ratio ratio, JsonGenerator json) throws IOException {
    if (ratio == null) {
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("median", ratio.median());
    json.writeNumberField("low", ratio.low());
    json.writeNumberField("high", ratio.high());
    json.writeEndObject();
  }

  private static void write(Problem problem, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", path(problem.path()));
    json.writeNumberField("line", problem.line());
    json.writeStringField("kind", word(problem.kind()));
    json.writeStringField("message", problem.message());
    json.writeEndObject();
  }

  private static void place(Span span, JsonGenerator json) throws IOException {
    json.writeStringField("path", path(span.path()));
    json.writeNumberField("line", span.line());
    json.writeNumberField("column", span.column());
    json.writeNumberField("endLine", span.endLine());
    json.writeNumberField("endColumn", span.endColumn());
  }

  private static String path(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Two spaces and {@code \n} on every system. */
  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
        .withObjectFieldValueSpacing(Separators.Spacing.AFTER).withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }
}
