package io.nationtech.harmony.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How constants are found and run, and what happens when a factory misbehaves. */
class ConstantsTest {
    @TempDir
    static Path library;

    /** Somebody's own value types, compiled before. */
    @BeforeAll
    static void compileLibrary() {
        Compilation compiled = Javac.plain("--class-path", Javac.joined(Project.modulePath()))
                .compileInto(
                        library,
                        List.of(
                                Javac.source("lib/Even", EVEN),
                                Javac.source("lib/Bad", BAD),
                                Javac.source("lib/Exit", EXIT),
                                Javac.source("lib/Worse", WORSE),
                                Javac.source("lib/Loads", LOADS),
                                Javac.source("lib/Needy", NEEDY),
                                Javac.source("lib/Key", KEY)));
        assertTrue(compiled.succeeded(), compiled::toString);
    }

    private static final String EVEN = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            @ConstantChecked
            public record Even(long value) {
                public static final Even TWO = new Even(2);

                public Even {
                    if (value % 2 != 0) {
                        throw new IllegalArgumentException(value + " is odd");
                    }
                }

                public static Even sum(Even... parts) {
                    long sum = 0;
                    for (Even part : parts) {
                        sum += part.value;
                    }
                    return new Even(sum);
                }

                public static Even half(Even whole) {
                    return new Even(whole.value / 2);
                }

                public Even plus(int more) {
                    return new Even(value + more);
                }

                public enum Size { SMALL, LARGE }

                public static Even of(Size size) {
                    return new Even(switch (size) {
                        case SMALL -> 2;
                        case LARGE -> 3;
                    });
                }
            }
            """;

    private static final String BAD = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            @ConstantChecked
            public final class Bad {
                private Bad() {}

                public static int loops(int n) {
                    while (true) {
                        n++;
                    }
                }

                public static int recurses(int n) {
                    return recurses(n + 1) + 1;
                }

                public static int allocates(int n) {
                    java.util.List<long[]> all = new java.util.ArrayList<>();
                    while (true) {
                        all.add(new long[Integer.MAX_VALUE - 8]);
                    }
                }

                public static boolean reads(String file) {
                    return java.nio.file.Files.exists(java.nio.file.Path.of(file));
                }

                public static int connects(int port) throws java.io.IOException {
                    try (var socket = new java.net.Socket("127.0.0.1", port)) {
                        return socket.getLocalPort();
                    }
                }

                public static String trips(String text) {
                    return ((Object) text).equals("") ? "" : text.substring(100);
                }

                public static int nothing(String text) {
                    throw new IllegalStateException();
                }
            }
            """;

    private static final String EXIT = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            public final class Exit {
                private Exit() {}

                @ConstantChecked
                public static int with(int status) {
                    System.exit(status);
                    return status;
                }
            }
            """;

    private static final String WORSE = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            @ConstantChecked
            public final class Worse {
                private Worse() {}

                public static int ping(int n) {
                    return pong(n) + 1;
                }

                private static int pong(int n) {
                    return ping(n) + 1;
                }

                public static int fills(int n) {
                    java.util.List<byte[]> all = new java.util.ArrayList<>();
                    while (true) {
                        all.add(new byte[1 << 24]);
                    }
                }

                public static int naps(int n) throws InterruptedException {
                    java.util.concurrent.TimeUnit.DAYS.sleep(n);
                    return n;
                }

                public static int waits(int n) {
                    synchronized (Worse.class) {
                        try {
                            Worse.class.wait();
                        } catch (InterruptedException e) {
                            return waits(n);
                        }
                    }
                    return n;
                }

                public static int schedules(int n) {
                    new java.util.Timer().schedule(null, n);
                    return n;
                }

                public static int starts(int n) {
                    Thread.ofVirtual().start(() -> {});
                    return n;
                }

                public static int later(int n) {
                    return java.util.concurrent.CompletableFuture.supplyAsync(() -> n).join();
                }

                public static int asks(int n) throws java.io.IOException {
                    return System.in.read();
                }

                public static native int calls(int n);

                public static int silent(int n) {
                    throw new IllegalArgumentException() {
                        @Override
                        public String getMessage() {
                            throw new IllegalStateException("no message");
                        }
                    };
                }

                public static int talksForever(int n) {
                    throw new IllegalArgumentException() {
                        @Override
                        public String getMessage() {
                            while (true) {}
                        }
                    };
                }

                public static int starts(String text) {
                    return Wrong.SIZE;
                }

                private static final class Wrong {
                    static final int SIZE = Integer.parseInt("many");
                }
            }
            """;

    private static final String LOADS = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            @ConstantChecked
            public record Loads(int value) {
                public Loads {
                    System.load("/nowhere/lib.so");
                }
            }
            """;

    private static final String NEEDY = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantChecked;

            @ConstantChecked
            public record Needy(int value) {
                public Needy {
                    Gone.require(value);
                }
            }

            class Gone {
                static void require(int value) {}
            }
            """;

    private static final String KEY = """
            package lib;

            import io.nationtech.harmony.domain.check.ConstantOnly;

            @ConstantOnly(because = "keys are listed before anything runs")
            public record Key(String name) {
                public static Key of(String name) {
                    return new Key(name);
                }
            }
            """;

    private static Javac checking() {
        return Javac.checking(
                "--class-path", library + java.io.File.pathSeparator + Javac.joined(Project.modulePath()));
    }

    private static List<String> errors(String statements) {
        return errors(checking(), Javac.source("Case", inMethod(statements)));
    }

    private static String inMethod(String statements) {
        return "import lib.*;\nclass Case {\n    void method(int n, String text, Even even) throws Exception {\n"
                + statements
                + "\n    }\n}\n";
    }

    private static List<String> errors(Javac javac, JavaFileObject... sources) {
        return javac.compile(sources).diagnostics().stream()
                .map(diagnostic -> diagnostic.getLineNumber() + ": " + Compilation.headline(diagnostic))
                .collect(Collectors.toList());
    }

    @Test
    void aTypeOfSomebodyElseIsCheckedByItsOwnRule() {
        assertEquals(List.of("4: 3 is odd"), errors("new Even(3);"));
    }

    @Test
    void operatorsOfLogicAreComputed() {
        assertEquals(
                List.of("4: 3 is odd", "5: 5 is odd", "6: 7 is odd"),
                errors(
                        "final int n3 = 3; new Even(n3 >= 3 && !(n3 == 4) ? 3 : 4);\n"
                                + "new Even('a' != 97L || 1.5 < 1 ? 4 : 5);\nnew Even(Double.NaN == Double.NaN ^ true ? 7 : 8);"));
    }

    @Test
    void aSwitchOnAConstantIsFollowed() {
        String choice = "new Even(switch (%s) { case \"a\", \"b\" -> 3; case \"c\" -> 4; default -> 5; });";
        assertEquals(List.of("4: 3 is odd"), errors(choice.formatted("\"b\"")));
        assertEquals(List.of(), errors(choice.formatted("\"c\"")));
        assertEquals(List.of("4: 5 is odd"), errors(choice.formatted("\"d\"")));
        assertEquals(List.of(), errors(choice.formatted("text")));
        assertEquals(
                List.of("4: 3 is odd"),
                errors("new Even(switch (Even.Size.LARGE) { case SMALL -> 2; case LARGE -> 3; });"));
    }

    @Test
    void listsAndMapsOfConstantsAreReadByConstants() {
        assertEquals(
                List.of("4: 3 is odd", "5: 5 is odd"),
                errors("new Even(java.util.List.of(2, 3).get(1));\nnew Even(java.util.Map.of(\"a\", 5).get(\"a\"));"));
    }

    @Test
    void aConstantIsFoundThatGoesByWayOfAMethodOfOnesOwn() {
        String methods = "odd(3, text); odd(4, text); new Even(twice(n)); named(7);\n}\n"
                + "private Even odd(int n, String other) { return new Even(n); }\n"
                + "static int twice(int n) { return n * 2; }\n"
                + "static Even named(int n) { var begin = 2; var sum = n + begin; return Even.half(new Even(sum));";
        assertEquals(
                List.of("4: 3 is odd", "4: 9 is odd"),
                errors(methods).stream().sorted().toList());
    }

    @Test
    void whatIsWrongInAMethodOfOnesOwnIsToldThereAndNotWhereItIsCalled() {
        assertEquals(
                List.of("6: 3 is odd"), errors("odd(1); odd(2);\n}\nstatic Even odd(int n) { return new Even(3);"));
    }

    @Test
    void recordsOfConstantsAreKnownByTheirComponents() {
        String records =
                "new Even(new Size(3).value());\nnew Even(java.util.List.of(ODD, new Size(4)).get(0).value());\n"
                        + "new Even(Kept.of(7).value()); new Even(new Twice(3).value()); String.valueOf(ODD); new Even(new Own(3).value());\n}\n"
                        + "record Size(long value) {}\nstatic final Size ODD = new Size(5);\n"
                        + "record Kept(int value) { static Kept of(int n) { return new Kept(n); } }\n"
                        + "record Twice(int value) { Twice { value = value * 2; } }\n"
                        + "record Own(int value) { public int value() { return value + 1; }";
        assertEquals(List.of("4: 3 is odd", "5: 5 is odd", "6: 7 is odd"), errors(records + "}\nvoid more() {"));
    }

    @Test
    void aMethodThatAssignsIsLeftToItself() {
        assertEquals(List.of(), errors("odd(3);\n}\nstatic Even odd(int n) { int before = n++; return new Even(n);"));
    }

    @Test
    void aMethodThatAnotherMayStandInForIsLeftToItself() {
        assertEquals(List.of(), errors("odd(3);\n}\nEven odd(int n) { return new Even(n);"));
    }

    @Test
    void methodsThatCallOthersWithoutEndAreNotFollowedForLong() {
        StringBuilder methods = new StringBuilder("m0(1);\n}\n");
        for (int i = 0; i < 11; i++) {
            String next = "m%d(n)".formatted(i + 1);
            methods.append("static int m%d(int n) { return %s; }%n"
                    .formatted(i, String.join(" + ", java.util.Collections.nCopies(20, next))));
        }
        assertEquals(List.of(), errors(methods + "static int m11(int n) { return n;"));
    }

    @Test
    void whatIsKnownAtRunTimeOnlyIsLeftToTheConstructor() {
        assertEquals(
                List.of(),
                errors(
                        "new Even(n); new Even(text.length()); Even.half(even); for (int i = 1; i < 3; i++) new Even(i);"));
    }

    @Test
    void aLocalVariableThatIsAssignedAgainIsNoConstant() {
        assertEquals(List.of(), errors("long odd = 3; if (n > 2) { odd = 4; } new Even(odd);"));
    }

    @Test
    void anIntBecomesTheLongThatTheParameterWants() {
        assertEquals(List.of("5: 2147483647 is odd"), errors("final long max = Integer.MAX_VALUE;\nnew Even(max);"));
    }

    @Test
    void overflowIsFoundAsItWillBeAtRunTime() {
        assertEquals(List.of("4: -2147483647 is odd"), errors("new Even(Integer.MAX_VALUE + 2);"));
    }

    @Test
    void callsNestAndTakeVarargs() {
        assertEquals(List.of("4: 3 is odd"), errors("Even.half(Even.sum(Even.TWO, new Even(4)));"));
    }

    @Test
    void methodsOfConstantsAreRun() {
        assertEquals(List.of("4: 5 is odd"), errors("Even.TWO.plus(2).plus(1);"));
    }

    @Test
    void enumConstantsAreConstants() {
        assertEquals(List.of("4: 3 is odd"), errors("Even.of(Even.Size.SMALL); Even.of(Even.Size.LARGE);"));
    }

    @Test
    void aMistakeIsToldOnceWhereItIs() {
        assertEquals(
                List.of("4: 3 is odd"), errors("var odd = new Even(3);\nEven.half(odd); Even.sum(odd, Even.TWO);"));
    }

    @Test
    void aFieldOfAClassThatComesLaterOrEarlierIsSeen() {
        JavaFileObject later = Javac.source(
                "Z", "class Z { static final lib.Even SIX = new lib.Even(6); Object a = lib.Even.half(A.SIX); }");
        JavaFileObject earlier = Javac.source(
                "A", "class A { static final lib.Even SIX = new lib.Even(6); Object z = lib.Even.half(Z.SIX); }");
        assertEquals(List.of("1: 3 is odd", "1: 3 is odd"), errors(checking(), earlier, later));
    }

    @Test
    void aFieldOfACompiledClassIsSeen() {
        assertEquals(List.of("4: 1 is odd"), errors("Even.half(Even.TWO);"));
    }

    @Test
    void aCheckedMethodThatIsBeingCompiledIsReadWhereItIsOneExpression() {
        String methods = "even(1); odd(1); twice(1);\n}\n@io.nationtech.harmony.domain.check.ConstantChecked"
                + " static Even even(int n) { return new Even(n * 2); }\n"
                + "@io.nationtech.harmony.domain.check.ConstantChecked static Even odd(int n) { return new Even(n); }\n"
                + "@io.nationtech.harmony.domain.check.ConstantChecked static Even twice(int n) { return twice(n + 1);";
        assertEquals(List.of("4: 1 is odd"), errors(methods));
    }

    @Test
    void aTypeThatIsBeingCompiledIsLeftToItself() {
        assertEquals(
                List.of(),
                errors(checking(), Javac.source("lib/Even", EVEN), Javac.source("Case", inMethod("new Even(3);"))));
    }

    @Test
    void whatATestFrameworkIsGivenToRunMayBeMeantToFail() {
        JavaFileObject framework = Javac.source(
                "Executable",
                "package org.junit.jupiter.api.function; public interface Executable { void execute(); }");
        String refused = "refused(() -> new Even(3));\n}\n void refused(%s making) {";
        assertEquals(
                List.of(),
                errors(
                        checking(),
                        framework,
                        Javac.source(
                                "Case", inMethod(refused.formatted("org.junit.jupiter.api.function.Executable")))));
        assertEquals(List.of("4: 3 is odd"), errors(refused.formatted("Runnable")));
    }

    @Test
    void aFactoryThatDoesNotEndIsGivenUp() {
        Javac hasty =
                new Javac(checking().options(), () -> List.of(new HarmonyProcessor(java.time.Duration.ofMillis(300))));
        assertEquals(
                List.of(
                        "4: Bad.loops did not end within 0.3 s on these constants; a checked factory must end at once",
                        "5: 3 is odd"),
                errors(hasty, Javac.source("Case", inMethod("Bad.loops(1);\nnew Even(3);"))));
    }

    @Test
    void aTypeThatDoesNotEndCostsTheLimitOnce() {
        Javac hasty =
                new Javac(checking().options(), () -> List.of(new HarmonyProcessor(java.time.Duration.ofMillis(300))));
        assertEquals(
                List.of("4: Bad.loops did not end within 0.3 s on these constants; a checked factory must end at once"),
                errors(hasty, Javac.source("Case", inMethod("Bad.loops(1);\nBad.loops(2);\nBad.loops(3);"))));
    }

    @Test
    void whatJavacCannotMakeSenseOfIsLeftToIt() {
        assertEquals(
                List.of(
                        "4: cannot find symbol: variable unknown",
                        "5: cannot find symbol: class Unknown",
                        "6: cannot find symbol: class Unknown",
                        "6: 3 is odd"),
                errors("new Even(unknown);\nnew Even((Unknown) 3);\nnew Unknown(new Even(3), unresolved());"
                                + "}\nint unresolved() { return 1;")
                        .stream()
                        .toList());
    }

    @Test
    void aFactoryThatNeedsAllStackOrMemoryIsNamed() {
        assertEquals(
                List.of("4: Bad.recurses fails on these constants: StackOverflowError"), errors("Bad.recurses(1);"));
        assertTrue(errors("Bad.allocates(1);")
                .getFirst()
                .startsWith("4: Bad.allocates fails on these constants: OutOfMemoryError"));
    }

    @Test
    void aFactoryThatReachesBeyondTheProgramIsNamed() {
        String rule = "; a checked factory must not touch files, network, processes or threads";
        assertEquals(List.of("4: Bad.reads uses Path" + rule), errors("Bad.reads(\"/etc/passwd\");"));
        assertEquals(List.of("4: Bad.connects uses Socket" + rule), errors("Bad.connects(4222);"));
        assertEquals(List.of("4: Exit.with uses System.exit" + rule), errors("Exit.with(3);"));
    }

    @Test
    void aFactoryThatWaitsIsGivenUpWhateverItWaitsFor() {
        Javac hasty =
                new Javac(checking().options(), () -> List.of(new HarmonyProcessor(java.time.Duration.ofMillis(300))));
        for (String call : List.of("Worse.naps", "Worse.waits", "Worse.talksForever")) {
            assertEquals(
                    List.of(
                            "4: %s did not end within 0.3 s on these constants; a checked factory must end at once"
                                    .formatted(call),
                            "5: 3 is odd"),
                    errors(hasty, Javac.source("Case", inMethod(call + "(1);\nnew Even(3);"))));
        }
    }

    @Test
    void aFactoryThatStartsThreadsOrNativeCodeIsNamed() {
        String rule = "; a checked factory must not touch files, network, processes or threads";
        assertEquals(List.of("4: Worse.schedules uses Timer" + rule), errors("Worse.schedules(1);"));
        assertEquals(List.of("4: Worse.starts uses Thread" + rule), errors("Worse.starts(1);"));
        assertEquals(List.of("4: Worse.later uses CompletableFuture" + rule), errors("Worse.later(1);"));
        assertEquals(List.of("4: Worse.calls uses native code" + rule), errors("Worse.calls(1);"));
        assertEquals(List.of("4: new Loads uses System.load" + rule), errors("new Loads(1);"));
    }

    @Test
    void twoThatCallEachOtherWithoutEndAreNamed() {
        assertEquals(List.of("4: Worse.ping fails on these constants: StackOverflowError"), errors("Worse.ping(1);"));
    }

    @Test
    void aFailureOfAClassBeforeItsFactoryIsToldForWhatItIs() {
        assertEquals(List.of("4: For input string: \"many\""), errors("Worse.starts(\"a\");"));
    }

    @Test
    void anExceptionThatHasNoMessageToGiveIsToldAllTheSame() {
        assertEquals(
                List.of(
                        "4: Worse.silent fails on these constants: IllegalStateException: lib.Worse$1, whose message cannot be had: IllegalStateException"),
                errors("Worse.silent(1);"));
    }

    @Test
    void anUnexpectedFailureIsToldWithItsPlace() {
        assertEquals(
                List.of(
                        "4: Bad.trips fails on these constants: StringIndexOutOfBoundsException: Range [100, 1) out of bounds for length 1"),
                errors("Bad.trips(\"a\");"));
    }

    @Test
    void aMissingClassIsToldAsAWarningAndThatAClassIsMissing() throws Exception {
        Files.delete(library.resolve("lib/Gone.class"));
        Compilation compilation = checking().compile("Case", inMethod("new Needy(4);"));
        assertTrue(compilation.succeeded());
        assertEquals(
                "new Needy could not be checked: NoClassDefFoundError: lib/Gone",
                Compilation.headline(compilation.diagnostics().getFirst()));
    }

    @Test
    void constantsOnlyMeansConstantsOnly() {
        String rule = "takes constants only, because keys are listed before anything runs";
        assertEquals(List.of(), errors("Key.of(\"a\" + 1);"));
        assertEquals(List.of("4: Key.of " + rule), errors("Key.of(text);"));
        assertEquals(List.of("4: new Key " + rule), errors("new Key(System.getenv(text));"));
        assertEquals(List.of("4: Key.of " + rule), errors("java.util.Optional.of(text).map(Key::of);"));
    }
}
