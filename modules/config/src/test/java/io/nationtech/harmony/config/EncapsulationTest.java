package io.nationtech.harmony.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's module, compiled here for real, must allow. */
class EncapsulationTest {
    private static final String OPENS = "opens com.example.site to io.nationtech.harmony.config;";

    @TempDir
    private Path folder;

    @Test
    void aPackageThatIsNotOpenedIsRefusedWithTheLineToAdd() throws Exception {
        Class<? extends Record> type = compiled("", "record SiteConfig(String title) {}");

        var refused = assertThrows(SchemaException.class, () -> read(type));

        assertEquals(
                "module com.example.site does not open package com.example.site to io.nationtech.harmony.config",
                refused.why().what());
        assertTrue(refused.why().next().contains("module-info.java of com.example.site"), refused.getMessage());
        assertTrue(refused.why().next().endsWith(OPENS), refused.getMessage());
    }

    @Test
    void withThatLineItIsRead() throws Exception {
        Class<? extends Record> type = compiled(OPENS, "record SiteConfig(String title) {}");
        assertEquals("SiteConfig[title=Home]", read(type).toString());
    }

    @Test
    void aPublicRecordOfAnExportedPackageNeedsNothingMore() throws Exception {
        Class<? extends Record> type =
                compiled("exports com.example.site;", "public record SiteConfig(String title) {}");
        assertEquals("SiteConfig[title=Home]", read(type).toString());
    }

    @Test
    void exportingIsNotEnoughForARecordThatIsNotPublic() throws Exception {
        Class<? extends Record> type = compiled("exports com.example.site;", "record SiteConfig(String title) {}");
        assertThrows(SchemaException.class, () -> read(type));
    }

    private Record read(Class<? extends Record> type) {
        return new World(folder).variable("HARMONY_SITE_TITLE", "Home").config().of(type);
    }

    private Class<? extends Record> compiled(String directive, String record)
            throws IOException, ClassNotFoundException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path module = Files.writeString(
                sources.resolve("module-info.java"), "module com.example.site { %s }".formatted(directive));
        Path type = Files.writeString(sources.resolve("SiteConfig.java"), "package com.example.site; " + record);
        Path classes = folder.resolve("classes");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(System.out),
                        new PrintWriter(System.err, true),
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "-Xlint:-module",
                        "-d",
                        classes.toString(),
                        module.toString(),
                        type.toString());
        assertEquals(0, status);
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("com.example.site"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                .findLoader("com.example.site")
                .loadClass("com.example.site.SiteConfig")
                .asSubclass(Record.class);
    }
}
