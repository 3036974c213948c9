package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.DeploymentModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build does not pass for checked when there was nothing to check. */
class BuildCheckTest {
    @TempDir
    private Path classes;

    private String refusal() {
        return assertThrows(
                        RefusedException.class,
                        () -> BuildCheck.run(
                                classes, getClass().getClassLoader(), new PrintStream(OutputStream.nullOutputStream())))
                .getMessage();
    }

    /** The descriptor of a module that provides these. */
    private void provide(String... deployments) throws IOException {
        ClassDesc service = ClassDesc.of(DeploymentModule.class.getName());
        ModuleAttribute module = ModuleAttribute.of(ModuleDesc.of("shop"), shop -> {
            shop.requires(ModuleDesc.of("java.base"), 0, null);
            ClassDesc[] with = new ClassDesc[deployments.length];
            for (int i = 0; i < with.length; i++) {
                with[i] = ClassDesc.of("shop", deployments[i]);
            }
            if (with.length > 0) {
                shop.provides(service, with);
            }
        });
        Files.write(classes.resolve("module-info.class"), ClassFile.of().buildModule(module));
    }

    @Test
    void whereNoModuleIs() {
        assertEquals(
                "no deployment is checked: the module has no `provides DeploymentModule with …;` in its module-info.java",
                refusal());
    }

    @Test
    void whereTheModuleProvidesNone() throws IOException {
        provide();
        assertEquals(
                "no deployment is checked: the module has no `provides DeploymentModule with …;` in its module-info.java",
                refusal());
    }

    @Test
    void whereItProvidesSeveral() throws IOException {
        provide("Web", "Mail");
        Files.createDirectories(classes.resolve("shop"));
        for (String name : new String[] {"Web", "Mail"}) {
            Files.write(
                    classes.resolve("shop", name + ".class"),
                    ClassFile.of().build(ClassDesc.of("shop", name), head -> {}));
        }
        assertEquals("2 deployments are provided: shop.Web, shop.Mail; make a module of each", refusal());
    }
}
