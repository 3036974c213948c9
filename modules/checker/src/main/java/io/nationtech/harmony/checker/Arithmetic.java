package io.nationtech.harmony.checker;

import com.sun.source.tree.Tree.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Operators and conversions on constants (JLS §5, §15), as far as configuration needs them: strings and numbers. */
final class Arithmetic {
    private static final Set<Kind> COMPARISONS = EnumSet.of(
            Kind.EQUAL_TO,
            Kind.NOT_EQUAL_TO,
            Kind.LESS_THAN,
            Kind.LESS_THAN_EQUAL,
            Kind.GREATER_THAN,
            Kind.GREATER_THAN_EQUAL);

    private Arithmetic() {}

    static Optional<Object> unary(Kind operator, Object operand) {
        return Optional.ofNullable(
                switch (widened(operand)) {
                    case Integer i -> ofInt(operator, i);
                    case Long l -> ofLong(operator, l);
                    case Double d -> ofDouble(operator, d);
                    case Boolean b when operator == Kind.LOGICAL_COMPLEMENT -> !b;
                    default -> null;
                });
    }

    private static @Nullable Object ofInt(Kind operator, int number) {
        return switch (operator) {
            case UNARY_PLUS -> number;
            case UNARY_MINUS -> -number;
            case BITWISE_COMPLEMENT -> ~number;
            default -> null;
        };
    }

    private static @Nullable Object ofLong(Kind operator, long number) {
        return switch (operator) {
            case UNARY_PLUS -> number;
            case UNARY_MINUS -> -number;
            case BITWISE_COMPLEMENT -> ~number;
            default -> null;
        };
    }

    private static @Nullable Object ofDouble(Kind operator, double number) {
        return switch (operator) {
            case UNARY_PLUS -> number;
            case UNARY_MINUS -> -number;
            default -> null;
        };
    }

    static Optional<Object> binary(Kind operator, Object left, Object right) {
        if (operator == Kind.PLUS && (left instanceof String || right instanceof String)) {
            return isPrimitiveOrString(left) && isPrimitiveOrString(right)
                    ? Optional.of(String.valueOf(left) + right)
                    : Optional.empty();
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return Optional.ofNullable(booleans(operator, a, b));
        }
        if (!(widened(left) instanceof Number a && widened(right) instanceof Number b)) {
            return Optional.empty();
        }
        if (COMPARISONS.contains(operator)) {
            return Optional.ofNullable(compared(operator, a, b));
        }
        if (a instanceof Double || b instanceof Double) {
            return Optional.ofNullable(doubles(operator, a.doubleValue(), b.doubleValue()));
        }
        if (isShift(operator) ? a instanceof Integer : a instanceof Integer && b instanceof Integer) {
            return Optional.ofNullable(ints(operator, a.intValue(), b.intValue()));
        }
        return Optional.ofNullable(longs(operator, a.longValue(), b.longValue()));
    }

    private static @Nullable Object booleans(Kind operator, boolean a, boolean b) {
        return switch (operator) {
            case CONDITIONAL_AND, AND -> a && b;
            case CONDITIONAL_OR, OR -> a || b;
            case EQUAL_TO -> a == b;
            case NOT_EQUAL_TO, XOR -> a != b;
            default -> null;
        };
    }

    private static @Nullable Object compared(Kind operator, Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            double left = a.doubleValue();
            double right = b.doubleValue();
            // Not by their order: nothing is true of what is not a number, but that it is unlike itself.
            return Double.isNaN(left) || Double.isNaN(right)
                    ? (Object) (operator == Kind.NOT_EQUAL_TO)
                    : ordered(operator, left == right ? 0 : Double.compare(left, right));
        }
        return ordered(operator, Long.compare(a.longValue(), b.longValue()));
    }

    private static @Nullable Object ordered(Kind operator, int order) {
        return switch (operator) {
            case EQUAL_TO -> order == 0;
            case NOT_EQUAL_TO -> order != 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_EQUAL -> order >= 0;
            default -> null;
        };
    }

    private static boolean isShift(Kind operator) {
        return operator == Kind.LEFT_SHIFT || operator == Kind.RIGHT_SHIFT || operator == Kind.UNSIGNED_RIGHT_SHIFT;
    }

    private static @Nullable Object ints(Kind operator, int a, int b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> b == 0 ? null : a / b;
            case REMAINDER -> b == 0 ? null : a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case LEFT_SHIFT -> a << b;
            case RIGHT_SHIFT -> a >> b;
            case UNSIGNED_RIGHT_SHIFT -> a >>> b;
            default -> null;
        };
    }

    private static @Nullable Object longs(Kind operator, long a, long b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> b == 0 ? null : a / b;
            case REMAINDER -> b == 0 ? null : a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case LEFT_SHIFT -> a << b;
            case RIGHT_SHIFT -> a >> b;
            case UNSIGNED_RIGHT_SHIFT -> a >>> b;
            default -> null;
        };
    }

    private static @Nullable Object doubles(Kind operator, double a, double b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            default -> null;
        };
    }

    /** The value as a variable of that type holds it, or as a cast makes it. */
    static Object converted(Object value, TypeKind type) {
        Object wide = widened(value);
        if (!(wide instanceof Number number)) {
            return value;
        }
        return switch (type) {
            case BYTE -> number.byteValue();
            case SHORT -> number.shortValue();
            case INT -> number.intValue();
            case LONG -> number.longValue();
            case CHAR -> (char) number.intValue();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            default -> value;
        };
    }

    private static Object widened(Object value) {
        // Nearly all are of these two.
        if (value instanceof Integer || value instanceof String) {
            return value;
        }
        return switch (value) {
            case Byte b -> b.intValue();
            case Short s -> s.intValue();
            case Character c -> (int) c;
            case Float f -> f.doubleValue();
            default -> value;
        };
    }

    private static boolean isPrimitiveOrString(Object value) {
        return value instanceof String
                || (value instanceof Number && value.getClass().getPackageName().equals("java.lang"))
                || value instanceof Boolean
                || value instanceof Character;
    }
}
