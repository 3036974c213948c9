package io.nationtech.harmony.checker;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * The classes that the compilation sees, loaded so that they can run, apart from the compiler's own. It asks the compiler where
 * a class file is and so needs to know of no path: class path, module path and an editor's own file managers are alike.
 * What is being compiled is not among them.
 *
 * <p>Classes of the JDK that reach beyond the program are refused, so that a factory that touches files or the network fails
 * where it does so.
 */
final class CompiledClasses extends ClassLoader {
    private static final Set<String> BEYOND = Set.of(
            "java.io.File",
            "java.io.Console",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.net.DatagramSocket",
            "java.net.NetworkInterface",
            "java.net.ServerSocket",
            "java.net.Socket",
            "java.net.URL",
            "java.net.URLConnection",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ProcessHandle",
            "java.net.URLClassLoader",
            "java.util.Timer",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.logging.FileHandler");

    /** What ends or changes the compiler itself. */
    private static final Set<String> SYSTEM_BEYOND = Set.of(
            "exit",
            "load",
            "loadLibrary",
            "setIn",
            "setOut",
            "setErr",
            "setProperty",
            "setProperties",
            "clearProperty");

    private static final Set<String> PACKAGES_BEYOND =
            Set.of("java.nio.file", "java.nio.channels", "java.net.http", "java.lang.foreign", "java.util.prefs");

    private final Elements elements;
    private Optional<Thread> user = Optional.empty();

    CompiledClasses(Elements elements) {
        super("harmony-checker", ClassLoader.getPlatformClassLoader());
        this.elements = elements;
    }

    /** A checked factory reached beyond the program. */
    static final class Beyond extends LinkageError {
        private static final long serialVersionUID = 1L;

        Beyond(String className) {
            super(className);
        }
    }

    /** The class is a source of this compilation, and so cannot run yet. */
    static final class BeingCompiled extends ClassNotFoundException {
        private static final long serialVersionUID = 1L;

        BeingCompiled(String className) {
            super(className);
        }
    }

    /** Lets one thread load classes, and no other any more: the compiler that is asked is not made for several. */
    synchronized void servesOnly(Thread thread) {
        user = Optional.of(thread);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (BEYOND.contains(name) || PACKAGES_BEYOND.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
            throw new Beyond(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected synchronized Class<?> findClass(String name) throws ClassNotFoundException {
        if (!user.equals(Optional.of(Thread.currentThread()))) {
            throw new ClassNotFoundException(name + ": its compilation went on without this call");
        }
        try {
            byte[] bytes = read(name);
            refuseSystem(bytes);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The class that would do so is refused, as its calls cannot be told apart. */
    private static void refuseSystem(byte[] bytes) {
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("java/lang/System")) {
            for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
                if (entry instanceof MethodRefEntry method
                        && method.owner().asInternalName().equals("java/lang/System")
                        && SYSTEM_BEYOND.contains(method.name().stringValue())) {
                    throw new Beyond("System." + method.name().stringValue());
                }
            }
        }
    }

    private byte[] read(String name) throws IOException, ClassNotFoundException {
        TypeElement type = elements.getTypeElement(name.replace('$', '.'));
        if (type == null) {
            return readBeside(name);
        }
        if (elements.getFileObjectOf(type).getKind() == JavaFileObject.Kind.SOURCE && isPlainSet(type)) {
            return written(name, type);
        }
        try (InputStream in = classFile(type).openInputStream()) {
            return in.readAllBytes();
        }
    }

    /** A capability set without methods is all in its head, so that it can be had before it is compiled. */
    private static boolean isPlainSet(TypeElement type) {
        return type.getKind() == ElementKind.INTERFACE
                && !Capabilities.of(type.asType()).isEmpty()
                && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .allMatch(method -> method.getModifiers().contains(Modifier.STATIC));
    }

    private byte[] written(String name, TypeElement set) {
        List<ClassDesc> parents = set.getInterfaces().stream()
                .map(parent -> (TypeElement) ((DeclaredType) parent).asElement())
                .map(parent -> ClassDesc.of(elements.getBinaryName(parent).toString()))
                .toList();
        return ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        head -> head.withFlags(AccessFlag.PUBLIC, AccessFlag.INTERFACE, AccessFlag.ABSTRACT)
                                .withInterfaceSymbols(parents));
    }

    /** Local and anonymous classes have no element; they lie beside the class that they are in. */
    private byte[] readBeside(String name) throws IOException, ClassNotFoundException {
        int dollar = name.indexOf('$');
        TypeElement outermost = dollar < 0 ? null : elements.getTypeElement(name.substring(0, dollar));
        if (outermost == null) {
            throw new ClassNotFoundException(name);
        }
        String beside = classFile(outermost).toUri().toString();
        String folder = beside.substring(0, beside.lastIndexOf('/') + 1);
        URLConnection connection = URI.create(folder + name.substring(name.lastIndexOf('.') + 1) + ".class")
                .toURL()
                .openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private JavaFileObject classFile(TypeElement type) throws ClassNotFoundException {
        JavaFileObject file = elements.getFileObjectOf(type);
        if (file == null || file.getKind() != JavaFileObject.Kind.CLASS) {
            throw new BeingCompiled(type.getQualifiedName().toString());
        }
        return file;
    }
}
