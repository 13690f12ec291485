package io.mlxlint.finding;

/**
 * A reader's word that a rule is to stay silent: {@code // mlxlint: allow(name) reason} or
 * {@code @SuppressWarnings("mlxlint:name")}.
 *
 * @param rule the rule's name as written
 * @param reason the text after the parenthesis; empty in an annotation
 * @param span the comment or annotation
 * @param covers findings that start in here are silent
 */
public record Suppression(String rule, String reason, Span span, Span covers) {}
