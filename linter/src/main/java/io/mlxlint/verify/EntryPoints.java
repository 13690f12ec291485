package io.mlxlint.verify;

import io.mlxlint.finding.Finding.MethodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the programs that compiled classes offer. */
final class EntryPoints {

  private EntryPoints() {}

  /**
   * The method itself if it can be called as it is, then every {@code main} of the folder: the one of the
   * method's own class first, then those that share most of its name.
   */
  static List<Entry> in(Path folder, MethodRef method) {
    List<Entry> mains = new ArrayList<>();
    List<Entry> itself = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        ClassModel type = ClassFile.of().parse(file);
        String name = type.thisClass().asInternalName().replace('/', '.');
        for (MethodModel m : type.methods()) {
          if (m.flags().has(AccessFlag.STATIC)) {
            String called = m.methodName().stringValue();
            boolean takesNothing = m.methodType().stringValue().startsWith("()");
            if (called.equals("main")
                && (takesNothing || m.methodType().equalsString("([Ljava/lang/String;)V"))) {
              mains.add(Entry.main(name, List.of()));
            } else if (takesNothing && name.equals(method.className()) && called.equals(method.name())) {
              itself.add(new Entry(name, called, List.of()));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mains.sort(Comparator.comparingInt(e -> -shared(e.className(), method.className())));
    itself.addAll(mains);
    return itself;
  }

  /** How many characters two names have in common at their start. */
  private static int shared(String a, String b) {
    int n = 0;
    while (n < a.length() && n < b.length() && a.charAt(n) == b.charAt(n)) {
      n++;
    }
    return n;
  }
}
