package io.nationtech.harmony.checker;

import io.nationtech.harmony.corpus.Scratch;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The compiler as a user's build runs it: all warnings, the domain on the module path, the checker where asked for. */
record Javac(List<String> options, Supplier<List<Processor>> processors) {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** One for all, as opening the JDK's own modules is most of a small compilation. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    /** With the checker. */
    static Javac checking(String... options) {
        return new Javac(List.of(options), () -> List.of(new HarmonyProcessor()));
    }

    /** Without it. */
    static Javac plain(String... options) {
        return new Javac(List.of(options), List::of);
    }

    /** The domain as modules, for code that is in none. */
    static String[] onModulePath() {
        return new String[] {"--module-path", joined(Project.modulePath()), "--add-modules", Project.MODULES_UNDER_TEST
        };
    }

    static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** A source that is in no file. */
    static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    Compilation compile(String name, String text) {
        return compile(source(name, text));
    }

    /** Compiles into a folder that is gone afterwards. */
    Compilation compile(JavaFileObject... sources) {
        try (Scratch classes = Scratch.make()) {
            return compileInto(classes.folder(), List.of(sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Compilation compileInto(Path classes, Iterable<? extends JavaFileObject> sources) {
        List<String> all = new ArrayList<>(List.of("-Xlint:all,-processing", "-d", classes.toString()));
        all.addAll(options);
        List<Processor> used = processors.get();
        if (used.isEmpty() && !options.contains("--processor-path")) {
            all.add("-proc:none");
        }
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        JavaCompiler.CompilationTask task = COMPILER.getTask(new StringWriter(), FILES, told, all, null, sources);
        if (!used.isEmpty()) {
            task.setProcessors(used);
        }
        return new Compilation(task.call(), told.getDiagnostics());
    }
}
