package io.nationtech.harmony.rules;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the names of a deployment stand in its sources, read from the line numbers in the module's class files: a name is found where a
 * constant text becomes it, as in {@code ServiceName.of("web")}. Nothing is recorded while the deployment is made, so that scores stay
 * plain data, and any compiler will do. A name that is put together at run time is not found; its side is then the line at which
 * the deployment begins.
 */
public final class Places {
    /** What a record of one component says of itself, unless it says something else. */
    private static final Pattern PLAIN = Pattern.compile("\\w+\\[\\w+=(.*)]");

    private final Map<String, Place> known;
    private final Place begin;

    private Places(Map<String, Place> known, Place begin) {
        this.known = known;
        this.begin = begin;
    }

    /**
     * Reads a module's classes.
     *
     * @param module where they are
     * @param declaredBy the class that makes the deployment; of a name that stands in several places, its own counts
     * @throws IOException when the classes cannot be read
     */
    public static Places in(ModuleFiles module, Class<?> declaredBy) throws IOException {
        Map<String, Place> known = new HashMap<>();
        Optional<Place> begin = Optional.empty();
        for (byte[] bytes : module.classes().values()) {
            ClassModel model = ClassFile.of().parse(bytes);
            String source = source(module, model);
            boolean isDeclaring = model.thisClass()
                    .asInternalName()
                    .equals(declaredBy.getName().replace('.', '/'));
            Map<String, Place> here = new HashMap<>();
            for (var method : model.methods()) {
                Optional<CodeModel> code = method.code();
                code.ifPresent(body -> read(body, source, here));
                if (isDeclaring && method.methodName().equalsString("deployment")) {
                    begin = begin.or(() -> code.flatMap(body -> first(body, source)));
                }
            }
            here.forEach((name, place) -> {
                if (isDeclaring) {
                    known.put(name, place);
                } else {
                    known.putIfAbsent(name, place);
                }
            });
        }
        return new Places(Map.copyOf(known), begin.orElse(new Place(declaredBy.getSimpleName() + ".java", 1)));
    }

    private static String source(ModuleFiles module, ClassModel model) {
        String type = model.thisClass().asInternalName();
        String folder = type.substring(0, type.lastIndexOf('/') + 1);
        String file = model.findAttribute(Attributes.sourceFile())
                .map(attribute -> attribute.sourceFile().stringValue())
                .orElse(type.substring(folder.length()) + ".java");
        return module.source(folder + file);
    }

    private static void read(CodeModel code, String source, Map<String, Place> found) {
        int line = 1;
        Optional<String> text = Optional.empty();
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case ConstantInstruction constant
                when constant.constantValue() instanceof String value -> text = Optional.of(value);
                case InvokeInstruction call
                when isMadeOfText(call) -> {
                    Place place = new Place(source, line);
                    text.ifPresent(value -> found.putIfAbsent(key(made(call), value), place));
                    text = Optional.empty();
                }
                case InvokeInstruction _ -> text = Optional.empty();
                default -> {}
            }
        }
    }

    /** A factory or constructor, of whosever type, that is given one text and nothing else. */
    private static boolean isMadeOfText(InvokeInstruction call) {
        return call.type().stringValue().startsWith("(Ljava/lang/String;)")
                && switch (call.opcode()) {
                    case INVOKESTATIC -> call.typeSymbol().returnType().isClassOrInterface();
                    case INVOKESPECIAL -> call.name().equalsString("<init>");
                    default -> false;
                };
    }

    private static String made(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESTATIC
                ? name(call.typeSymbol().returnType().descriptorString())
                : call.owner().asInternalName().replace('/', '.');
    }

    private static String name(String descriptor) {
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private static Optional<Place> first(CodeModel code, String source) {
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                return Optional.of(new Place(source, number.line()));
            }
        }
        return Optional.empty();
    }

    private static String key(String type, String text) {
        return type + " " + text.toLowerCase(Locale.ROOT);
    }

    /** Where a name stands; empty for one that is put together, or stands in another module. */
    public Optional<Place> find(Record name) {
        Matcher plain = PLAIN.matcher(name.toString());
        String text = plain.matches() ? plain.group(1) : name.toString();
        return Optional.ofNullable(known.get(key(name.getClass().getName(), text)));
    }

    /** Where a name stands, or else where the deployment begins. */
    Place of(Record name) {
        return find(name).orElse(begin);
    }

    /** Where in the module's own code a failure came from. */
    Place of(Throwable failure, ModuleFiles module) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(each -> Stream.of(each.getStackTrace()))
                .filter(frame ->
                        module.classes().containsKey(frame.getClassName().replace('.', '/') + ".class"))
                .findFirst()
                .map(frame -> new Place(module.source(file(frame)), frame.getLineNumber()))
                .orElse(begin);
    }

    private static String file(StackTraceElement frame) {
        String type = frame.getClassName().replace('.', '/');
        return type.substring(0, type.lastIndexOf('/') + 1) + frame.getFileName();
    }

    /** Where the deployment begins. */
    public Place begin() {
        return begin;
    }
}
