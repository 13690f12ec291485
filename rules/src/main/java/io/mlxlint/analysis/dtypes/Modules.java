package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.op.DType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The dtypes of parameters. A module counts as a container of its floating parameters: what it was cast to is
 * known of the module and so of its parts. Where a program changes parameters after they are made, what its
 * constructors put into fields says nothing.
 */
final class Modules {
  private static final String NN = "io.mlxlint.mx.nn.";

  private final Set<String> classes = new HashSet<>();
  private final boolean changes;

  Modules(Program program) {
    List<Method> constructors =
        program.methods().stream().filter(m -> m.ref().name().equals("<init>")).toList();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Method m : constructors) {
        grown |= extendsModule(m) && classes.add(dotted(m.ref().className()));
      }
    }
    changes = program.methods().stream().flatMap(m -> m.blocks().stream())
        .flatMap(b -> b.instructions().stream()).anyMatch(Modules::changesParameters);
  }

  /** Does its super constructor make a module? */
  private boolean extendsModule(Method constructor) {
    return constructor.blocks().stream().flatMap(b -> b.instructions().stream())
        .anyMatch(i -> i instanceof Call c && c.hasReceiver() && !constructor.parameters().isEmpty()
        && c.uses().getFirst().equals(constructor.parameters().getFirst()) && switch (c.target()) {
          case Target.Runtime r ->
              r.method().name().equals("<init>") && r.method().className().startsWith(NN);
          case Target.Methods m -> m.candidates().stream()
              .anyMatch(r -> r.name().equals("<init>") && classes.contains(dotted(r.className())));
          case Target.Library _, Target.Functional _, Target.Unknown _ -> false;
        });
  }

  private static boolean changesParameters(Instruction instruction) {
    return instruction instanceof Call c && c.hasReceiver() && c.target() instanceof Target.Runtime r
        && switch (r.method().name()) {
          case "setDtype", "loadWeights" -> true;
          case "update" -> r.method().className().startsWith(NN);
          case "assign" -> true;
          default -> false;
        };
  }

  private boolean isModule(Type type) {
    return type.name().startsWith(NN) || classes.contains(type.name());
  }

  /** The layers of the runtime make float32 parameters. */
  Fact made(Call constructor) {
    boolean known = !changes && !constructor.hasReceiver() && isModule(constructor.value().type());
    return known ? new Known(DType.FLOAT32, new Why(constructor.span(), "made with float32 parameters here"),
        Set.of()) : Fact.UNKNOWN;
  }

  /**
   * What is in a field of a module.
   *
   * @param stored what the program stores there
   * @param module what is known of the module
   */
  Fact load(LoadField load, Fact stored, Fact module) {
    if (load.uses().isEmpty() || !isModule(load.uses().getFirst().type())
        || !holdsParameters(load.value().type())) {
      return stored;
    }
    boolean isFloating = stored instanceof Known k ? k.dtype().isFloating() : isModule(load.value().type())
        || load.field().className().startsWith(NN) || !(stored instanceof Fact.Unknown);
    if (module instanceof Known k && isFloating) {
      return new Known(k.dtype(), k.why(), Set.of());
    }
    boolean isInteger = stored instanceof Known k && !k.dtype().isFloating();
    return changes && !isInteger && !(stored instanceof Fact.Function) ? Fact.UNKNOWN : stored;
  }

  private boolean holdsParameters(Type type) {
    return type.isArray() || isModule(type) || type.arguments().stream().anyMatch(this::holdsParameters);
  }

  private static String dotted(String binaryName) {
    return binaryName.replace('$', '.');
  }
}
