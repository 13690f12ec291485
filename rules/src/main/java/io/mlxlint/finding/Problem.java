package io.mlxlint.finding;

import java.nio.file.Path;

/** Something that could not be read, parsed or run; the result is incomplete. Line 0 means the whole file. */
public record Problem(Path path, int line, Kind kind, String message) {

  public enum Kind {
    MISSING, UNREADABLE, UNDECODABLE, UNPARSABLE, TOO_DEEP, RULE_CRASH, UNWRITABLE, CONFIGURATION
  }
}
