package io.mlxlint.finding;

/** Replaces the text of {@code span}; an empty span inserts. */
public record Edit(Span span, String replacement) {}
