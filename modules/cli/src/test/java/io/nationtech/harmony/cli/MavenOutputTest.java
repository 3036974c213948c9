package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MavenOutputTest {
    private static final Path FOLDER = Path.of("/project/modules/website-deploy");

    /** Recorded from Maven 3.9.9. */
    private static final List<String> COMPILE_ERROR = """
            [ERROR] COMPILATION ERROR :\s
            [ERROR] /project/Website.java:[29,65] incompatible types: java.lang.String cannot be converted to Replicas
            [ERROR] /project/Website.java:[31,20] cannot find symbol
              symbol:   method provenBye(HttpSmokeTest)
              location: class Scored<HomeLab>
            [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.16.0:compile: Compilation failure
            [ERROR] /project/Website.java:[29,65] incompatible types: java.lang.String cannot be converted to Replicas
            [ERROR] -> [Help 1]
            """.lines().toList();

    @Test
    void showsJavacsLinesOnce() {
        assertTrue(MavenOutput.isCompileError(COMPILE_ERROR));
        assertEquals(
                List.of(
                        "/project/Website.java:[29,65] incompatible types: java.lang.String cannot be converted to Replicas",
                        "/project/Website.java:[31,20] cannot find symbol",
                        "  symbol:   method provenBye(HttpSmokeTest)",
                        "  location: class Scored<HomeLab>"),
                MavenOutput.why(FOLDER, COMPILE_ERROR).details());
    }

    @Test
    void showsMavensComplaintWhenItIsNotTheCode() {
        List<String> output = """
                [ERROR] Failed to execute goal on project x: Could not resolve dependencies
                [ERROR] -> [Help 1]
                [ERROR]\s
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                """.lines().toList();

        assertFalse(MavenOutput.isCompileError(output));
        assertEquals(
                List.of("Failed to execute goal on project x: Could not resolve dependencies"),
                MavenOutput.why(FOLDER, output).details());
    }
}
