package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.LocalPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAddressesTest {

    /** That of the machine shows another network than the one of these tests. */
    @TempDir
    private Path sys;

    private static void run(String words) {
        LocalPrograms.Result ended = PROGRAMS.run(Duration.ofSeconds(10), List.of(words.split(" ", -1)));
        assertEquals(0, ended.status(), ended::output);
    }

    private static void ip(String words) {
        run("ip " + words);
    }

    @BeforeEach
    void showDevices() {
        run("mount -t sysfs sysfs " + sys);
    }

    @AfterEach
    void tidy() {
        run("umount " + sys);
        PROGRAMS.run(Duration.ofSeconds(10), List.of("ip", "link", "delete", "outward0"));
        PROGRAMS.run(Duration.ofSeconds(10), List.of("ip", "link", "delete", "podman7"));
    }

    @Test
    void bridgesOfContainersAndLoopbackAreLeftToTheirOwnResolvers() {
        ip("link add outward0 type veth peer name outward1");
        ip("address add 192.0.2.20/24 dev outward0");
        ip("-6 address add 2001:db8::20/64 dev outward0 nodad");
        ip("link set outward0 up");
        ip("link set outward1 up");
        ip("link add podman7 type bridge");
        ip("address add 10.89.7.1/24 dev podman7");
        ip("link set podman7 up");

        assertEquals(
                new TreeSet<>(List.of(IpAddress.of("192.0.2.20"), IpAddress.of("2001:db8::20"))),
                OwnAddresses.now(sys));
    }
}
