package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CidrTest {

    @Provide
    Arbitrary<IpAddress> addresses() {
        Arbitrary<IpAddress> v4 =
                Arbitraries.bytes().array(byte[].class).ofSize(4).map(CidrTest::address);
        Arbitrary<IpAddress> v6 =
                Arbitraries.bytes().array(byte[].class).ofSize(16).map(CidrTest::address);
        return Arbitraries.oneOf(v4, v6);
    }

    @Provide
    Arbitrary<Cidr> blocks() {
        return addresses()
                .flatMap(address -> Arbitraries.integers()
                        .between(0, address.width())
                        .map(prefix -> new Cidr(masked(address, prefix), prefix)));
    }

    @Test
    void neitherEndOfABlockIsAMachines() {
        Cidr lan = Cidr.of("10.0.0.0/24");
        assertTrue(lan.canHost(IpAddress.of("10.0.0.1")) && lan.canHost(IpAddress.of("10.0.0.254")));
        assertFalse(lan.canHost(IpAddress.of("10.0.0.0")) || lan.canHost(IpAddress.of("10.0.0.255")));
        assertFalse(lan.canHost(IpAddress.of("10.0.1.1")));
    }

    @Test
    void bothEndsOfALineBetweenTwoAreTheirs() {
        assertTrue(Cidr.of("10.0.0.2/31").canHost(IpAddress.of("10.0.0.2")));
        assertTrue(Cidr.of("10.0.0.2/31").canHost(IpAddress.of("10.0.0.3")));
        assertTrue(Cidr.of("10.0.0.2/32").canHost(IpAddress.of("10.0.0.2")));
    }

    @Test
    void noIpv6AddressSendsToAllOfABlock() {
        assertTrue(Cidr.of("2001:db8::/112").canHost(IpAddress.of("2001:db8::ffff")));
        assertFalse(Cidr.of("2001:db8::/112").canHost(IpAddress.of("2001:db8::")));
    }

    @Property
    void aBlockIsReadBackAsItIsShown(@ForAll("blocks") Cidr block) {
        assertEquals(block, Cidr.of(block.toString()));
    }

    @Property
    void aBlockContainsExactlyTheAddressesThatMaskToIt(
            @ForAll("blocks") Cidr block, @ForAll("addresses") IpAddress address) {
        boolean expected = address.width() == block.network().width()
                && masked(address, block.prefixLength()).equals(block.network());

        assertEquals(expected, block.contains(address));
    }

    @Property
    void theBlockOfAnAddressContainsIt(@ForAll("addresses") IpAddress address, @ForAll int chance) {
        int prefix = Math.floorMod(chance, address.width() + 1);

        assertTrue(new Cidr(masked(address, prefix), prefix).contains(address));
    }

    @Property
    void hostBitsAreRefused(@ForAll("addresses") IpAddress address, @ForAll int chance) {
        int prefix = Math.floorMod(chance, address.width() + 1);
        if (!masked(address, prefix).equals(address)) {
            Refusal.of(() -> new Cidr(address, prefix), address + "/" + prefix, "host bits", "did you mean");
        }
    }

    @Test
    void theWholeInternetIsABlockAndSoIsOneHost() {
        assertTrue(Cidr.of("0.0.0.0/0").contains(IpAddress.of("255.255.255.255")));
        assertFalse(Cidr.of("0.0.0.0/0").contains(IpAddress.of("::1")));
        assertTrue(Cidr.of("192.0.2.7/32").contains(IpAddress.of("192.0.2.7")));
        assertFalse(Cidr.of("192.0.2.7/32").contains(IpAddress.of("192.0.2.6")));
    }

    @Test
    void refusesWhatIsNoBlock() {
        Refusal.of(() -> Cidr.of("10.0.0.0/33"), "/33", "10.0.0.0", "longer than 32", "did you mean /32?");
        Refusal.of(() -> Cidr.of("2001:db8::/129"), "/129", "longer than 128");
        Refusal.of(() -> new Cidr(IpAddress.of("10.0.0.0"), -1), "/-1", "negative");
        for (String other : List.of("", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/0008")) {
            Refusal.of(() -> Cidr.of(other), "'" + other + "'", "not an address block", "192.0.2.0/24");
        }
        Refusal.of(() -> Cidr.of("10/8"), "'10'", "not an IP address");
    }

    private static IpAddress masked(IpAddress address, int prefix) {
        byte[] bytes = address.address().getAddress();
        BigInteger mask =
                BigInteger.ONE.shiftLeft(address.width()).subtract(BigInteger.ONE.shiftLeft(address.width() - prefix));
        byte[] bits = new BigInteger(1, bytes).and(mask).toByteArray();
        byte[] fixed = new byte[bytes.length];
        int used = Math.min(bits.length, fixed.length);
        System.arraycopy(bits, bits.length - used, fixed, fixed.length - used, used);
        return address(fixed);
    }

    /** A mapped IPv4 address (::ffff:0:0/96) counts as IPv4, so its width is asked of the result. */
    private static IpAddress address(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
