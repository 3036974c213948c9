package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.secrets.EnvironmentName;
import java.nio.file.Path;
import java.util.Set;

/** A process of its own that rotates between two keys, and tells each rotation by a byte, until it is killed. */
final class RotateForever {
    private RotateForever() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        AgeIdentity one = AgeIdentity.read(folder.resolve("one"));
        AgeIdentity other = AgeIdentity.read(folder.resolve("other"));
        AgeSecrets secrets = AgeSecrets.open(folder, EnvironmentName.of("prod"), one);
        while (true) {
            secrets = secrets.rotateKey(other, Set.of()).rotateKey(one, Set.of());
            System.out.write('.');
            System.out.flush();
        }
    }
}
