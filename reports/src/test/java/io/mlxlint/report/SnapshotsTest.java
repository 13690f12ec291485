package io.mlxlint.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example in every format. */
class SnapshotsTest {

  @ParameterizedTest
  @EnumSource
  void everyFormatShowsTheExample(Format format) throws IOException {
    Snapshot.matches(format + ".txt", text(format, Example.report()));
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatShowsAnEmptyReport(Format format) throws IOException {
    Snapshot.matches(format + "-empty.txt", text(format, Example.empty()));
  }

  @Test
  void coloursOnlyAddEscapes() throws IOException {
    StringBuilder coloured = new StringBuilder();
    Format.FULL.write(Example.report(), Colours.ON, coloured);
    assertThat(coloured.toString()).contains("\033[1;33m")
        .satisfies(c -> assertThat(c.replaceAll("\033\\[[0-9;]*m", ""))
            .isEqualTo(text(Format.FULL, Example.report())));
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    assertThat(schema().validate(text(Format.JSON, Example.report()), InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(text(Format.JSON, Example.empty()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatItDoesNotName() throws IOException {
    String wrong = text(Format.JSON, Example.report()).replace("\"certainty\"", "\"confidence\"");
    assertThat(schema().validate(wrong, InputFormat.JSON)).isNotEmpty();
  }

  private static Schema schema() throws IOException {
    try (InputStream text = Format.class.getResourceAsStream("report.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    }
  }

  private static String text(Format format, Report report) throws IOException {
    StringBuilder out = new StringBuilder();
    format.write(report, Colours.OFF, out);
    return out.toString();
  }
}
