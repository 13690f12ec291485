package io.mlxlint.engine.mlx;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the tests that are run on engine {@code mlx} where its library is missing and may be missing. */
public final class SkippedWithoutLibrary implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!"mlx".equals(System.getProperty("mlxlint.engine"))) {
      return ConditionEvaluationResult.enabled("not on engine mlx");
    }
    try {
      new MlxEngine();
      return ConditionEvaluationResult.enabled("engine mlx is there");
    } catch (MlxUnavailableException e) {
      if (Boolean.getBoolean("mlxlint.native.required")) {
        throw e;
      }
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }
}
