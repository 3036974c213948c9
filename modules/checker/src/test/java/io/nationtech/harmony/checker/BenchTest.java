package io.nationtech.harmony.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench's scores are texts to a script: nothing else would tell that the language has moved on. */
class BenchTest {

    @Test
    void theScoresOfTheBenchCompile(@TempDir Path sources, @TempDir Path classes) throws Exception {
        Process generate = new ProcessBuilder(
                        Project.module("checker").resolve("bench/generate").toString(), "51", sources.toString())
                .inheritIO()
                .start();
        assertEquals(0, generate.waitFor());

        Compilation compilation = Javac.checking(Javac.onModulePath()).compileInto(classes, Project.sources(sources));

        assertTrue(compilation.succeeded(), compilation::toString);
    }
}
