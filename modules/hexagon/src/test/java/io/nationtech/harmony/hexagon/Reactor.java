package io.nationtech.harmony.hexagon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The Maven modules that the root pom names. */
record Reactor(Path project) {

    static Reactor here() {
        return new Reactor(
                Path.of(System.getProperty("harmony.project", "../..")).toAbsolutePath());
    }

    /** The folders of all modules with main code. */
    List<Path> withMainCode() throws IOException {
        return modules().stream()
                .filter(module -> hasJava(module.resolve("src/main/java")))
                .toList();
    }

    private List<Path> modules() throws IOException {
        try {
            NodeList names = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(project.resolve("pom.xml").toFile())
                    .getElementsByTagNameNS("*", "module");
            return Stream.iterate(0, i -> i + 1)
                    .limit(names.getLength())
                    .map(i -> project.resolve(names.item(i).getTextContent().strip()))
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read the root pom", e);
        }
    }

    private static boolean hasJava(Path sources) {
        try (Stream<Path> files = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
