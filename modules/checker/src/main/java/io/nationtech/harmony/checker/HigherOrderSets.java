package io.nationtech.harmony.checker;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** Writes the capability sets of the higher-order topologies over a set. */
final class HigherOrderSets {
    static final String MARK = "io.nationtech.harmony.domain.capability.CapabilitySet";

    private final Elements elements;
    private final Filer filer;
    private final Messager messager;

    HigherOrderSets(Elements elements, Filer filer, Messager messager) {
        this.elements = elements;
        this.filer = filer;
        this.messager = messager;
    }

    void write(Element marked) {
        if (!(marked instanceof TypeElement set)
                || set.getKind() != ElementKind.INTERFACE
                || Capabilities.of(set.asType()).isEmpty()) {
            refuse(marked, "@CapabilitySet belongs on an interface that extends capabilities");
        } else if (set.getModifiers().contains(Modifier.PRIVATE)) {
            refuse(
                    set,
                    "capability set %s must not be private, as its Failover and Replicated stand beside it"
                            .formatted(set.getSimpleName()));
        } else {
            write(set, List.of(Combinator.FAILOVER));
            write(set, List.of(Combinator.REPLICATED));
            write(set, List.of(Combinator.FAILOVER, Combinator.REPLICATED));
        }
    }

    private void write(TypeElement set, List<Combinator> combinators) {
        List<TypeElement> left = Capabilities.of(set.asType()).stream()
                .filter(capability -> combinators.stream().allMatch(combinator -> combinator.keeps(capability)))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        String name = set.getSimpleName()
                + combinators.stream().map(Combinator::topology).collect(Collectors.joining());
        String home = elements.getPackageOf(set).getQualifiedName().toString();
        try (Writer file = filer.createSourceFile(home.isEmpty() ? name : home + "." + name, set)
                .openWriter()) {
            file.write(source(set, home, name, left, combinators));
        } catch (FilerException e) {
            refuse(set, "%s is made for two capability sets of this package; give one another name".formatted(name));
        } catch (IOException e) {
            refuse(set, "%s cannot be written: %s".formatted(name, e.getMessage()));
        }
    }

    private void refuse(Element at, String message) {
        messager.printMessage(Diagnostic.Kind.ERROR, message, at);
    }

    private static String source(
            TypeElement set, String home, String name, List<TypeElement> left, List<Combinator> combinators) {
        String visible = set.getModifiers().contains(Modifier.PUBLIC) ? "public " : "";
        return (home.isEmpty() ? "" : "package " + home + ";\n\n")
                + "/** What %s has that %s. Written by the Harmony checker. */%n"
                        .formatted(
                                set.getSimpleName(),
                                combinators.stream().map(Combinator::verb).collect(Collectors.joining(" and ")))
                + "@io.nationtech.harmony.domain.check.ConstantChecked%n%sinterface %s extends %s {%n"
                        .formatted(visible, name, joined(left, ", "))
                + combinators.stream()
                        .map(combinator -> combinator.factory(
                                combinators.size() == 1 ? "of" : combinator.method(), name, joined(left, " & ")))
                        .collect(Collectors.joining("\n"))
                + "}\n";
    }

    private static String joined(List<TypeElement> types, String separator) {
        return types.stream().map(type -> type.getQualifiedName().toString()).collect(Collectors.joining(separator));
    }
}
