package io.mlxlint.cli;

/** The command line asks for something that there is not. */
final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUse(String what, String whatToDo) {
    super(what + "; " + whatToDo);
  }
}
