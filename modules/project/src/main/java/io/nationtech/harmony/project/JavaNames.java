package io.nationtech.harmony.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of people, such as those of deployments and services, as Java can have them. */
public final class JavaNames {
    /** What the written class has of its own. */
    private static final Set<String> OWN = Set.of(
            "home",
            "deployment",
            "var",
            "yield",
            "record",
            "sealed",
            "permits",
            "getClass",
            "hashCode",
            "toString",
            "notify",
            "wait",
            "clone",
            "finalize",
            "equals",
            "notifyAll");

    /** JLS §3.9, with the literals. */
    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "true",
            "false",
            "null",
            "_");

    private JavaNames() {}

    /**
     * A variable's name that nobody else has.
     *
     * @param taken those that others have, in small letters; the new one is added
     */
    public static String variable(String label, Set<String> taken) {
        String[] parts = label.split("[^A-Za-z0-9]+");
        String camel =
                parts[0] + Arrays.stream(parts).skip(1).map(JavaNames::capital).collect(Collectors.joining());
        String name = Character.isDigit(camel.charAt(0)) ? "service" + capital(camel) : camel;
        String plain = isFree(name) ? name : name + "Service";
        return Stream.concat(
                        Stream.of(plain),
                        Stream.iterate(2, number -> number + 1).map(number -> plain + number))
                .filter(one -> taken.add(one.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(String name) {
        return !KEYWORDS.contains(name) && !OWN.contains(name);
    }

    private static String capital(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** A class's name that none of those has. */
    public static String type(String label, Set<String> taken) {
        String camel = Arrays.stream(label.split("[^A-Za-z0-9]+"))
                .map(JavaNames::capital)
                .collect(Collectors.joining());
        String name = Character.isDigit(camel.charAt(0)) ? "App" + camel : camel;
        boolean isTaken = taken.contains(name) || name.equals("Home") || isOfJava(name);
        return isTaken ? name + "App" : name;
    }

    private static boolean isOfJava(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** A package's name: javac warns of modules whose names end in digits. */
    public static String part(String label) {
        String name = label.replace("-", "_");
        String begun = Character.isDigit(name.charAt(0)) ? "app_" + name : name;
        String whole = Character.isDigit(begun.charAt(begun.length() - 1)) ? begun + "_app" : begun;
        // Nobody but the JDK has packages below java.
        return KEYWORDS.contains(whole) || whole.equals("java") ? whole + "_app" : whole;
    }
}
