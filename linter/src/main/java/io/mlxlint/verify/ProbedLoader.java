package io.mlxlint.verify;

import io.mlxlint.finding.Finding.MethodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Loads one variant of the user's classes, with a call of {@link Probe} at the start of one method. */
final class ProbedLoader extends URLClassLoader {
  private static final ClassDesc PROBE = ClassDesc.of("io.mlxlint.verify.Probe");
  private static final MethodTypeDesc REACHED = MethodTypeDesc.of(ConstantDescs.CD_void,
      ConstantDescs.CD_Object, ConstantDescs.CD_Object.arrayType());

  private final List<Path> folders;
  private final MethodRef target;

  ProbedLoader(List<Path> folders, List<Path> classPath, MethodRef target) {
    super(classPath.stream().map(ProbedLoader::url).toArray(URL[]::new), ProbedLoader.class.getClassLoader());
    this.folders = folders;
    this.target = target;
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("class path entry " + path, e);
    }
  }

  /** The method that is measured, made callable. */
  Optional<Method> target() throws ClassNotFoundException {
    return Arrays.stream(loadClass(target.className()).getDeclaredMethods())
        .filter(m -> m.getName().equals(target.name())
            && matches(Arrays.stream(m.getParameterTypes()).map(Class::getTypeName).toList()))
        .findFirst()
        .map(m -> {
          m.setAccessible(true);
          return m;
        });
  }

  /** Types are compared by simple name: a light resolver may not know the package. */
  private boolean matches(List<String> types) {
    List<String> wanted = target.parameterTypes();
    if (types.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!wanted.get(i).startsWith("?") && !simple(types.get(i)).equals(simple(wanted.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      Path file = own(name.replace('.', '/') + ".class").orElse(null);
      return file == null ? super.loadClass(name, resolve) : define(name, file);
    }
  }

  private Optional<Path> own(String relative) {
    return folders.stream().map(f -> f.resolve(relative)).filter(Files::isRegularFile).findFirst();
  }

  @Override
  public URL getResource(String name) {
    return own(name).map(ProbedLoader::url).orElseGet(() -> super.getResource(name));
  }

  private Class<?> define(String name, Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      byte[] probed = name.equals(target.className()) ? probed(bytes) : bytes;
      return defineClass(name, probed, 0, probed.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] probed(byte[] bytes) {
    ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
        ClassHierarchyResolver.defaultResolver().orElse(ClassHierarchyResolver.ofResourceParsing(this))
        .cached()));
    return classFile.transformClass(classFile.parse(bytes),
        ClassTransform.transformingMethods(this::isTarget, (builder, element) -> {
          if (element instanceof java.lang.classfile.CodeModel code) {
            builder.transformCode(code, new Prologue(code.parent().orElseThrow()));
          } else {
            builder.with(element);
          }
        }));
  }

  private boolean isTarget(MethodModel method) {
    return method.methodName().equalsString(target.name())
        && matches(method.methodTypeSymbol().parameterList().stream().map(ClassDesc::displayName).toList());
  }

  /** {@code Probe.reached(this or null, {arguments})} before the first instruction. */
  private record Prologue(MethodModel method) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      boolean isStatic = method.flags().has(AccessFlag.STATIC);
      if (isStatic) {
        code.aconst_null();
      } else {
        code.aload(0);
      }
      List<ClassDesc> types = method.methodTypeSymbol().parameterList();
      code.loadConstant(types.size()).anewarray(ConstantDescs.CD_Object);
      int slot = isStatic ? 0 : 1;
      for (int i = 0; i < types.size(); i++) {
        TypeKind kind = TypeKind.from(types.get(i));
        code.dup().loadConstant(i).loadLocal(kind, slot);
        if (types.get(i).isPrimitive()) {
          ClassDesc box = box(kind);
          code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, types.get(i)));
        }
        code.aastore();
        slot += kind.slotSize();
      }
      code.invokestatic(PROBE, "reached", REACHED);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }

    private static ClassDesc box(TypeKind kind) {
      return switch (kind) {
        case BOOLEAN -> ConstantDescs.CD_Boolean;
        case BYTE -> ConstantDescs.CD_Byte;
        case CHAR -> ConstantDescs.CD_Character;
        case SHORT -> ConstantDescs.CD_Short;
        case INT -> ConstantDescs.CD_Integer;
        case LONG -> ConstantDescs.CD_Long;
        case FLOAT -> ConstantDescs.CD_Float;
        case DOUBLE -> ConstantDescs.CD_Double;
        case REFERENCE, VOID -> throw new IllegalArgumentException(kind + " is not boxed");
      };
    }
  }
}
