package io.mlxlint.java;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.java.ClassFacts.Origin;
import io.mlxlint.java.ClassFacts.Variable;
import io.mlxlint.model.Type;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Classes of jars and folders, read as files so that nothing of theirs is ever run. */
final class ClassPath implements AutoCloseable {
  private final List<Path> folders = new ArrayList<>();
  private final List<ZipFile> jars = new ArrayList<>();

  /** Entries that are neither a folder nor a readable jar are left out: what they hold is unknown. */
  ClassPath(List<Path> entries) {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        folders.add(entry);
      } else if (Files.isRegularFile(entry)) {
        try {
          jars.add(new ZipFile(entry.toFile()));
        } catch (IOException e) {
          continue;
        }
      }
    }
  }

  Optional<ClassFacts> find(String binaryName) {
    String file = binaryName.replace('.', '/') + ".class";
    try {
      for (Path folder : folders) {
        Path found = folder.resolve(file);
        if (Files.isRegularFile(found)) {
          return Optional.of(facts(ClassFile.of().parse(Files.readAllBytes(found))));
        }
      }
      for (ZipFile jar : jars) {
        ZipEntry found = jar.getEntry(file);
        if (found != null) {
          try (InputStream in = jar.getInputStream(found)) {
            return Optional.of(facts(ClassFile.of().parse(in.readAllBytes())));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    for (ZipFile jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        continue;
      }
    }
  }

  private static ClassFacts facts(ClassModel c) {
    String binary = c.thisClass().asInternalName().replace('/', '.');
    String name = binary.replace('$', '.');
    var signature = c.findAttribute(Attributes.signature()).map(SignatureAttribute::asClassSignature);
    List<Type> supertypes = new ArrayList<>();
    if (signature.isPresent()) {
      supertypes.add(type(signature.get().superclassSignature()));
      signature.get().superinterfaceSignatures().forEach(s -> supertypes.add(type(s)));
    } else {
      c.superclass().ifPresent(s -> supertypes.add(Type.of(dotted(s.asInternalName()))));
      c.interfaces().forEach(s -> supertypes.add(Type.of(dotted(s.asInternalName()))));
    }
    Map<String, List<MethodFacts>> methods = new HashMap<>();
    for (MethodModel m : c.methods()) {
      if (!m.flags().has(AccessFlag.PRIVATE) && !m.flags().has(AccessFlag.SYNTHETIC)) {
        methods.computeIfAbsent(m.methodName().stringValue(), n -> new ArrayList<>()).add(method(binary, name,
            m));
      }
    }
    Map<String, FieldFacts> fields = new HashMap<>();
    for (FieldModel f : c.fields()) {
      if (!f.flags().has(AccessFlag.PRIVATE) && !f.flags().has(AccessFlag.SYNTHETIC)) {
        Type type = f.findAttribute(Attributes.signature()).map(s -> type(s.asTypeSignature()))
            .orElseGet(() -> type(f.fieldTypeSymbol()));
        fields.put(f.fieldName().stringValue(), new FieldFacts(name, f.fieldName().stringValue(), type,
            f.flags().has(AccessFlag.STATIC), Optional.empty()));
      }
    }
    return new ListedClass(name, binary, Origin.LIBRARY, c.flags().has(AccessFlag.INTERFACE),
        signature.map(s -> variables(s.typeParameters())).orElse(List.of()), supertypes, methods, fields);
  }

  private static MethodFacts method(String binary, String owner, MethodModel m) {
    List<ClassDesc> erased = m.methodTypeSymbol().parameterList();
    Optional<MethodSignature> signature =
        m.findAttribute(Attributes.signature()).map(SignatureAttribute::asMethodSignature)
            .filter(s -> s.arguments().size() == erased.size());
    List<String> names = erased.stream().map(d -> binaryName(d)).toList();
    return new MethodFacts(new MethodRef(binary, m.methodName().stringValue(), names), owner, Origin.LIBRARY,
        signature.map(s -> variables(s.typeParameters())).orElse(List.of()),
        signature.map(s -> s.arguments().stream().map(ClassPath::type).toList())
            .orElseGet(() -> erased.stream().map(ClassPath::type).toList()),
        signature.map(s -> type(s.result())).orElseGet(() -> type(m.methodTypeSymbol().returnType())),
        m.flags().has(AccessFlag.STATIC), m.flags().has(AccessFlag.ABSTRACT),
            m.flags().has(AccessFlag.VARARGS), Optional.empty());
  }

  private static List<Variable> variables(List<Signature.TypeParam> parameters) {
    return parameters.stream().map(p -> {
      Signature bound = p.classBound().isPresent() ? p.classBound().get()
          : p.interfaceBounds().isEmpty() ? null : p.interfaceBounds().getFirst();
      Type erased = bound instanceof Signature.ClassTypeSig c ? Type.of(type(c).name()) : Types.OBJECT;
      return new Variable(p.identifier(), erased);
    }).toList();
  }

  private static Type type(Signature signature) {
    return switch (signature) {
      case Signature.BaseTypeSig base -> type(ClassDesc.ofDescriptor(String.valueOf(base.baseType())));
      case Signature.ArrayTypeSig array -> Type.arrayOf(type(array.componentSignature()));
      case Signature.TypeVarSig variable -> Types.variable(variable.identifier());
      case Signature.ClassTypeSig c -> new Type(
          c.outerType().map(o -> type(o).name() + "." + c.className()).orElseGet(() -> dotted(c.className())),
          c.typeArgs().stream().map(a -> switch (a) {
            case Signature.TypeArg.Bounded b -> type(b.boundType());
            case Signature.TypeArg.Unbounded _ -> Type.UNKNOWN;
          }).toList());
    };
  }

  private static Type type(ClassDesc d) {
    if (d.isArray()) {
      return Type.arrayOf(type(d.componentType()));
    }
    return Type.of(d.isPrimitive() ? d.displayName() : dotted(binaryName(d)));
  }

  private static String binaryName(ClassDesc d) {
    if (d.isArray()) {
      return binaryName(d.componentType()) + "[]";
    }
    if (d.isPrimitive()) {
      return d.displayName();
    }
    String descriptor = d.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.').replace('$', '.');
  }
}
