package io.mlxlint.rule;

import io.mlxlint.analysis.compiled.FieldUses;
import io.mlxlint.analysis.dtypes.DTypeAnalysis;
import io.mlxlint.analysis.dtypes.WideOperands;
import io.mlxlint.analysis.evaluation.Summaries;
import io.mlxlint.analysis.growth.CalledUpdates;
import io.mlxlint.analysis.loops.FieldWrites;
import io.mlxlint.analysis.loops.FunctionValues;
import io.mlxlint.analysis.loops.Repetitions;
import io.mlxlint.analysis.runtime.RuntimeSummaries;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.IdentityHashMap;
import java.util.Map;

/** The facts of a whole program, each made when a rule first asks. */
final class FactBase {
  private final Program program;
  private final Map<Method, Facts> byMethod = new IdentityHashMap<>();

  private DTypeAnalysis dtypes;
  private DTypeAnalysis intendedDtypes;
  private WideOperands wideOperands;
  private Summaries evaluations;
  private RuntimeSummaries runtime;
  private FieldWrites writes;
  private Repetitions repetitions;
  private FunctionValues functions;
  private CalledUpdates calledUpdates;
  private FieldUses fieldUses;

  FactBase(Program program) {
    this.program = program;
  }

  DTypeAnalysis dtypes() {
    if (dtypes == null) {
      dtypes = new DTypeAnalysis(program, false, runtime());
    }
    return dtypes;
  }

  DTypeAnalysis intendedDtypes() {
    if (intendedDtypes == null) {
      intendedDtypes = new DTypeAnalysis(program, true, runtime());
    }
    return intendedDtypes;
  }

  WideOperands wideOperands() {
    if (wideOperands == null) {
      wideOperands = new WideOperands(program, m -> of(m).values(), intendedDtypes()::of);
    }
    return wideOperands;
  }

  Summaries evaluations() {
    if (evaluations == null) {
      evaluations = new Summaries(program, m -> of(m).values(), m -> of(m).loops(),
          m -> of(m).evaluation(), functions(), runtime());
    }
    return evaluations;
  }

  FieldWrites writes() {
    if (writes == null) {
      writes = new FieldWrites(program);
    }
    return writes;
  }

  Repetitions repetitions() {
    if (repetitions == null) {
      repetitions = new Repetitions(program, m -> of(m).values(), m -> of(m).loops(), functions());
    }
    return repetitions;
  }

  FunctionValues functions() {
    if (functions == null) {
      functions = new FunctionValues(program, m -> of(m).values());
    }
    return functions;
  }

  CalledUpdates calledUpdates() {
    if (calledUpdates == null) {
      calledUpdates = new CalledUpdates(program, m -> of(m).values());
    }
    return calledUpdates;
  }

  FieldUses fieldUses() {
    if (fieldUses == null) {
      fieldUses = new FieldUses(program, m -> of(m).values(), m -> of(m).evaluation());
    }
    return fieldUses;
  }

  private RuntimeSummaries runtime() {
    if (runtime == null) {
      runtime = RuntimeSummaries.load();
    }
    return runtime;
  }

  Program program() {
    return program;
  }

  Facts of(Method method) {
    Facts facts = byMethod.get(method);
    if (facts == null) {
      facts = new Facts(this, method);
      byMethod.put(method, facts);
    }
    return facts;
  }
}
