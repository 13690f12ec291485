package io.mlxlint.java;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.Type;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A class of the JDK, read by reflection, method by method as asked for. */
final class ReflectedClass implements ClassFacts {
  private final Class<?> type;
  private final Map<String, List<Executable>> declared = new HashMap<>();
  private final Map<String, Field> fields = new HashMap<>();
  private final List<Variable> typeParameters;
  private final List<Type> supertypes;
  private final Map<String, List<MethodFacts>> methods = new ConcurrentHashMap<>();

  ReflectedClass(Class<?> type) {
    this.type = type;
    for (Method m : type.getDeclaredMethods()) {
      add(m.getName(), m);
    }
    for (Constructor<?> c : type.getDeclaredConstructors()) {
      add("<init>", c);
    }
    for (Field f : type.getDeclaredFields()) {
      if (!Modifier.isPrivate(f.getModifiers())) {
        fields.put(f.getName(), f);
      }
    }
    this.typeParameters = variables(type.getTypeParameters());
    List<Type> above = new ArrayList<>();
    if (type.getGenericSuperclass() != null) {
      above.add(type(type.getGenericSuperclass()));
    }
    for (java.lang.reflect.Type t : type.getGenericInterfaces()) {
      above.add(type(t));
    }
    this.supertypes = List.copyOf(above);
  }

  @Override
  public String name() {
    String canonical = type.getCanonicalName();
    return canonical == null ? type.getName() : canonical;
  }

  @Override
  public String binaryName() {
    return type.getName();
  }

  @Override
  public Origin origin() {
    return Origin.LIBRARY;
  }

  @Override
  public boolean isInterface() {
    return type.isInterface();
  }

  @Override
  public List<Variable> typeParameters() {
    return typeParameters;
  }

  @Override
  public List<Type> supertypes() {
    return supertypes;
  }

  @Override
  public List<MethodFacts> methods(String name) {
    return methods.computeIfAbsent(name, n ->
        declared.getOrDefault(n, List.of()).stream().map(this::facts).sorted(MethodFacts.ORDER).toList());
  }

  @Override
  public List<MethodFacts> abstractMethods() {
    return declared.values().stream().flatMap(List::stream).filter(m -> Modifier.isAbstract(m.getModifiers()))
        .map(this::facts).sorted(MethodFacts.ORDER).toList();
  }

  @Override
  public Optional<FieldFacts> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(f -> new FieldFacts(name(), name,
        type(f.getGenericType()), Modifier.isStatic(f.getModifiers()), Optional.empty()));
  }

  private void add(String name, Executable method) {
    boolean isVisible = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    if (isVisible && !method.isSynthetic()) {
      declared.computeIfAbsent(name, n -> new ArrayList<>(2)).add(method);
    }
  }

  private MethodFacts facts(Executable m) {
    List<String> erased = Arrays.stream(m.getParameterTypes()).map(Class::getTypeName).toList();
    java.lang.reflect.Type[] generic = m.getGenericParameterTypes();
    boolean usable = generic.length == erased.size();
    List<Type> parameters = Arrays.stream(usable ? generic : m.getParameterTypes())
        .map(ReflectedClass::type).toList();
    boolean isConstructor = m instanceof Constructor;
    return new MethodFacts(new MethodRef(type.getName(), isConstructor ? "<init>" : m.getName(), erased),
        name(), Origin.LIBRARY, variables(m.getTypeParameters()), parameters,
        m instanceof Method method ? type(method.getGenericReturnType()) : Type.VOID,
        Modifier.isStatic(m.getModifiers()), Modifier.isAbstract(m.getModifiers()), m.isVarArgs(),
            Optional.empty());
  }

  static List<Variable> variables(TypeVariable<?>[] variables) {
    return Arrays.stream(variables)
        .map(v -> new Variable(v.getName(), erased(v.getBounds()[0]))).toList();
  }

  /** A bound may mention its own variable, so only its class is kept. */
  private static Type erased(java.lang.reflect.Type bound) {
    return switch (bound) {
      case ParameterizedType p -> erased(p.getRawType());
      case Class<?> c -> type(c);
      default -> Types.OBJECT;
    };
  }

  static Type type(java.lang.reflect.Type type) {
    return switch (type) {
      case Class<?> c when c.isArray() -> Type.arrayOf(type(c.getComponentType()));
      case Class<?> c -> Type.of(c.getCanonicalName() == null ? c.getName() : c.getCanonicalName());
      case ParameterizedType p -> new Type(type(p.getRawType()).name(),
          Arrays.stream(p.getActualTypeArguments()).map(ReflectedClass::type).toList());
      case GenericArrayType a -> Type.arrayOf(type(a.getGenericComponentType()));
      case TypeVariable<?> v -> Types.variable(v.getName());
      case WildcardType w when w.getLowerBounds().length > 0 -> type(w.getLowerBounds()[0]);
      case WildcardType w when w.getUpperBounds()[0] != Object.class -> type(w.getUpperBounds()[0]);
      default -> Type.UNKNOWN;
    };
  }
}
