package io.nationtech.harmony.checker;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** From what the compiler calls a class, method or field to what can run. */
final class Reflection {
    private final Elements elements;
    private final Types types;
    private final ClassLoader classes;
    private final Map<ExecutableElement, Executable> callables = new HashMap<>();

    Reflection(Elements elements, Types types, ClassLoader classes) {
        this.elements = elements;
        this.types = types;
        this.classes = classes;
    }

    /** Makes a call; the receiver is null for constructors and static methods. */
    @Nullable Object call(Callee callee, @Nullable Object receiver, List<Object> arguments) throws ReflectiveOperationException {
        Executable callable = callable(callee);
        Object[] packed = callable.isVarArgs() ? packed(callable, arguments) : arguments.toArray();
        return callable instanceof Constructor<?> constructor
                ? constructor.newInstance(packed)
                : ((Method) callable).invoke(receiver, packed);
    }

    private static Object[] packed(Executable callable, List<Object> arguments) {
        Class<?> array = callable.getParameterTypes()[callable.getParameterCount() - 1];
        int fixed = callable.getParameterCount() - 1;
        if (arguments.size() == fixed + 1 && array.isInstance(arguments.getLast())) {
            return arguments.toArray();
        }
        List<Object> packed = new ArrayList<>(arguments.subList(0, fixed));
        packed.add(array(array.componentType(), arguments.subList(fixed, arguments.size())));
        return packed.toArray();
    }

    static Object array(Class<?> component, List<Object> values) {
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    /** The value of a static field; makes its class ready, as the first use of it would at run time. */
    @Nullable Object value(VariableElement field) throws ReflectiveOperationException {
        Field readable = classOf(
                        Objects.requireNonNull(field.getEnclosingElement()).asType())
                .getDeclaredField(field.getSimpleName().toString());
        readable.setAccessible(true);
        return readable.get(null);
    }

    private Executable callable(Callee callee) throws ReflectiveOperationException {
        Executable known = callables.get(callee.element());
        if (known == null) {
            known = find(callee);
            known.setAccessible(true);
            callables.put(callee.element(), known);
        }
        return known;
    }

    private Executable find(Callee callee) throws ReflectiveOperationException {
        Class<?> type = classOf(callee.owner().asType());
        List<Class<?>> parameters = new ArrayList<>();
        for (VariableElement parameter : callee.element().getParameters()) {
            parameters.add(classOf(parameter.asType()));
        }
        Class<?>[] signature = parameters.toArray(Class<?>[]::new);
        return callee.kind() == Callee.Kind.CONSTRUCTOR
                ? type.getDeclaredConstructor(signature)
                : type.getDeclaredMethod(callee.element().getSimpleName().toString(), signature);
    }

    Class<?> classOf(TypeMirror type) throws ClassNotFoundException {
        return switch (type.getKind()) {
            case BOOLEAN -> boolean.class;
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case INT -> int.class;
            case LONG -> long.class;
            case CHAR -> char.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case ARRAY -> classOf(((ArrayType) type).getComponentType()).arrayType();
            case DECLARED -> {
                TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
                yield Class.forName(elements.getBinaryName(element).toString(), false, classes);
            }
            case TYPEVAR, INTERSECTION -> classOf(types.erasure(type));
            default -> throw new ClassNotFoundException(type.toString());
        };
    }
}
