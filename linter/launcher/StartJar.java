import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes of a jar and those that its manifest names one jar, in the form that an AOT cache holds whole:
 * {@code java StartJar.java JAR OUT}. It behaves as before and starts faster.
 *
 * <p>The cache of JDK 25 keeps classes and lambdas. But it links each pattern switch and each
 * {@code hashCode} or {@code equals} of a record anew in every process, by generating a class for it, and it
 * holds no class of before Java 6, whose code has no stack maps. So switches become chains of
 * {@code instanceof}, records get methods of their own, and old classes get stack maps.
 */
final class StartJar {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final int OLDEST_KEPT = ClassFile.JAVA_6_VERSION;

  private final ClassFile classFile;

  private StartJar(List<JarFile> jars) {
    ClassHierarchyResolver ours = ClassHierarchyResolver.ofResourceParsing(type -> {
      String name = type.descriptorString();
      return open(jars, name.substring(1, name.length() - 1) + ".class");
    });
    classFile = ClassFile.of(ConstantPoolSharingOption.NEW_POOL,
        ClassHierarchyResolverOption.of(ours.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  public static void main(String[] args) throws IOException {
    Path main = Path.of(args[0]);
    List<JarFile> jars = new ArrayList<>();
    jars.add(new JarFile(main.toFile()));
    Manifest manifest = jars.getFirst().getManifest();
    Object others = manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
    for (String other : others == null ? new String[0] : others.toString().split(" ")) {
      jars.add(new JarFile(main.resolveSibling(other).toFile()));
    }
    StartJar making = new StartJar(jars);
    Path unfinished = Path.of(args[1] + ".part");
    try (OutputStream file = Files.newOutputStream(unfinished);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.setLevel(0); // read at every start
      Set<String> written = new HashSet<>();
      for (JarFile jar : jars) {
        for (JarEntry entry : jar.stream().filter(e -> isKept(e) && written.add(e.getName())).toList()) {
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(entry.getName().endsWith(".class") ? making.remade(bytes) : bytes);
        }
      }
    }
    Files.move(unfinished, Path.of(args[1]), StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isKept(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory() && !name.equals(JarFile.MANIFEST_NAME) && !name.endsWith("module-info.class")
        && !name.startsWith("META-INF/versions/") && !name.startsWith("META-INF/maven/");
  }

  private static InputStream open(List<JarFile> jars, String name) {
    for (JarFile jar : jars) {
      JarEntry entry = jar.getJarEntry(name);
      if (entry != null) {
        try {
          return jar.getInputStream(entry);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return null;
  }

  private byte[] remade(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    boolean isOld = model.majorVersion() < OLDEST_KEPT;
    boolean links = model.methods().stream().flatMap(m -> m.code().stream()).flatMap(CodeModel::elementStream)
        .anyMatch(e -> e instanceof InvokeDynamicInstruction call && isReplaced(call));
    if (!isOld && !links) {
      return bytes;
    }
    List<Consumer<ClassBuilder>> added = new ArrayList<>();
    ClassDesc self = model.thisClass().asSymbol();
    ClassTransform version = isOld ? ClassTransform.ofStateful(() -> (builder, element) ->
        builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(OLDEST_KEPT, 0) : element))
        : ClassTransform.ACCEPT_ALL;
    ClassTransform bodies = ClassTransform.transformingMethodBodies((code, element) -> {
      if (element instanceof InvokeDynamicInstruction call && isReplaced(call)) {
        String name = "start$" + added.size();
        added.add(builder -> builder.withMethodBody(name, call.typeSymbol(),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, body(call, self)));
        code.invokestatic(self, name, call.typeSymbol(), model.flags().has(AccessFlag.INTERFACE));
      } else {
        code.with(element);
      }
    });
    return classFile.transformClass(model, version.andThen(bodies)
        .andThen(ClassTransform.endHandler(builder -> added.forEach(a -> a.accept(builder)))));
  }

  /** Others are left as they are: they still work, and link as slowly as before. */
  private static boolean isReplaced(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    return switch (bootstrap.owner().displayName() + "." + bootstrap.methodName()) {
      case "SwitchBootstraps.typeSwitch" -> !call.typeSymbol().parameterType(0).isPrimitive()
          && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
      case "ObjectMethods.bootstrap" -> !call.name().stringValue().equals("toString");
      default -> false;
    };
  }

  private static Consumer<CodeBuilder> body(InvokeDynamicInstruction call, ClassDesc self) {
    return switch (call.name().stringValue()) {
      case "typeSwitch" -> code -> choose(call.bootstrapArgs(), code);
      case "hashCode" -> code -> hash(components(call), self, code);
      case "equals" -> code -> compare(components(call), self, code);
      default -> throw new IllegalStateException(call.toString());
    };
  }

  /** Which label fits, from a given one on; -1 for null, the number of labels for none. */
  private static void choose(List<ConstantDesc> labels, CodeBuilder code) {
    code.aload(0).ifThen(Opcode.IFNULL, none -> none.iconst_m1().ireturn());
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next)
          .aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next)
          .loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  private static List<DirectMethodHandleDesc> components(InvokeDynamicInstruction call) {
    return call.bootstrapArgs().stream().skip(2).map(getter -> (DirectMethodHandleDesc) getter).toList();
  }

  private static void hash(List<DirectMethodHandleDesc> components, ClassDesc self, CodeBuilder code) {
    code.iconst_0();
    for (DirectMethodHandleDesc component : components) {
      ClassDesc type = component.invocationType().returnType();
      code.bipush(31).imul().aload(0).getfield(self, component.methodName(), type);
      if (type.isPrimitive()) {
        code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static void compare(List<DirectMethodHandleDesc> components, ClassDesc self, CodeBuilder code) {
    Label differs = code.newLabel();
    Label same = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(same).aload(1).instanceOf(self).ifeq(differs)
        .aload(1).checkcast(self).astore(2);
    for (DirectMethodHandleDesc component : components) {
      ClassDesc type = component.invocationType().returnType();
      code.aload(0).getfield(self, component.methodName(), type);
      code.aload(2).getfield(self, component.methodName(), type);
      if (type.isPrimitive()) { // as boxes compare: NaN equals itself, 0.0 differs from -0.0
        code.invokestatic(box(type), "compare", MethodTypeDesc.of(CD_int, type, type)).ifne(differs);
      } else {
        code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
            .ifeq(differs);
      }
    }
    code.labelBinding(same).iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  private static ClassDesc box(ClassDesc primitive) {
    String name = switch (primitive.displayName()) {
      case "int" -> "Integer";
      case "char" -> "Character";
      case String other -> Character.toUpperCase(other.charAt(0)) + other.substring(1);
    };
    return ClassDesc.of("java.lang." + name);
  }
}
