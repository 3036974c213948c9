package io.nationtech.harmony.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.jetbrains.jps.javac.APIWrappers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which people build. */
class BuildsTest {
    private static final String WRONG = "port 0 is outside 1..65535";
    private static final JavaFileObject CASE = Javac.source(
            "shop/Case", "package shop; class Case { Object port = io.nationtech.harmony.domain.value.Port.of(0); }");

    private static void assertFinds(String message, Compilation compilation) {
        assertEquals(
                List.of(message),
                compilation.diagnostics().stream().map(Compilation::headline).toList(),
                compilation::toString);
    }

    @Test
    void onTheClassPath() {
        assertFinds(
                WRONG,
                Javac.checking("--class-path", Javac.joined(Project.modulePath()))
                        .compile(CASE));
    }

    @Test
    void asAModule() {
        JavaFileObject module = Javac.source("module-info", "module shop { requires io.nationtech.harmony.domain; }");
        assertFinds(
                WRONG,
                Javac.checking("--module-path", Javac.joined(Project.modulePath()))
                        .compile(module, CASE));
    }

    /** As Maven, Gradle and IntelliJ find it: by its service file, on the processor path, with nothing else there. */
    @Test
    void withTheProcessorPathOfABuild() {
        String classes = Project.module("checker").resolve("target/classes").toString();
        assertFinds(
                WRONG,
                Javac.plain("--processor-path", classes, "--class-path", Javac.joined(Project.modulePath()))
                        .compile(CASE));
    }

    @Test
    void inSmallStepsAgainstClassesThatWereCompiledBefore(@TempDir Path classes) {
        String path = Javac.joined(Project.modulePath());
        JavaFileObject names = Javac.source(
                "shop/Names",
                "package shop; import io.nationtech.harmony.domain.value.*;"
                        + " class Names { static final IpAddress HOST = IpAddress.of(\"10.0.0.1\"); static final int BITS = 24; }");
        JavaFileObject use = Javac.source(
                "shop/Use",
                "package shop; import io.nationtech.harmony.domain.value.*;"
                        + " class Use { Object lan = new Cidr(Names.HOST, Names.BITS); }");

        assertTrue(Javac.checking("--class-path", path)
                .compileInto(classes, List.of(names))
                .succeeded());
        assertFinds(
                "10.0.0.1/24 has host bits set; did you mean 10.0.0.0/24?",
                Javac.checking("--class-path", classes + File.pathSeparator + path)
                        .compile(use));
    }

    @Test
    void inIntelliJWhichWrapsTheCompiler() {
        Javac wrapping =
                new Javac(List.of("--class-path", Javac.joined(Project.modulePath())), () -> List.of(new Wrapping()));
        assertFinds(WRONG, wrapping.compile(CASE));
    }

    @SupportedAnnotationTypes("*")
    private static final class Wrapping extends AbstractProcessor {
        private final HarmonyProcessor wrapped = new HarmonyProcessor();

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            wrapped.init(APIWrappers.wrapped(ProcessingEnvironment.class, environment));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return wrapped.process(annotations, round);
        }
    }
}
