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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the programs that compiled classes offer. */
final class EntryPoints {

  private EntryPoints() {}

  /**
   * The method itself if it can be called as it is, then every {@code main} of the folder: the one of the
   * method's own class first, then those that share most of its name.
   */
  static List<Entry> in(Path folder, MethodRef method) {
    Map<String, ClassModel> types = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        types.put(type.thisClass().asInternalName(), type);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Entry> mains = new ArrayList<>();
    types.forEach((name, type) -> {
      if (type.methods().stream().anyMatch(m -> isMain(m) && m.flags().has(AccessFlag.STATIC))
          || canBeMade(type) && inheritsMain(type, types)) {
        mains.add(Entry.main(name.replace('/', '.'), List.of()));
      }
    });
    mains.sort(Comparator.comparingInt(e -> -shared(e.className(), method.className())));
    ClassModel own = types.get(method.className().replace('.', '/'));
    return Stream.concat(itself(own, method), mains.stream()).toList();
  }

  private static Stream<Entry> itself(ClassModel type, MethodRef method) {
    return type == null || method.name().equals("main") ? Stream.empty() : type.methods().stream()
        .filter(m -> m.flags().has(AccessFlag.STATIC) && m.methodType().stringValue().startsWith("()")
            && m.methodName().equalsString(method.name()))
        .map(_ -> new Entry(method.className(), method.name(), List.of()));
  }

  /** Whether objects of the type have a main method, declared here or by a superclass among the types. */
  private static boolean inheritsMain(ClassModel type, Map<String, ClassModel> types) {
    return type.methods().stream().anyMatch(m -> isMain(m) && !m.flags().has(AccessFlag.STATIC))
        || type.superclass().map(s -> types.get(s.asInternalName()))
            .filter(s -> inheritsMain(s, types)).isPresent();
  }

  /** What Java starts: not private, static or not, with or without the arguments. */
  private static boolean isMain(MethodModel m) {
    return m.methodName().equalsString("main") && !m.flags().has(AccessFlag.PRIVATE)
        && (m.methodType().equalsString("([Ljava/lang/String;)V") || m.methodType().equalsString("()V"));
  }

  /** Whether the class has what Java needs to call a main method that is not static. */
  private static boolean canBeMade(ClassModel type) {
    return !type.flags().has(AccessFlag.ABSTRACT) && type.methods().stream()
        .anyMatch(m -> m.methodName().equalsString("<init>") && m.methodType().equalsString("()V")
            && !m.flags().has(AccessFlag.PRIVATE));
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
