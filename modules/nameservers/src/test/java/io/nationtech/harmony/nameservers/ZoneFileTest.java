package io.nationtech.harmony.nameservers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.DnsText;
import io.nationtech.harmony.driver.Owned;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneFileTest {
    private static final Owned OWNED = new Owned(Names.SITE, DnsZoneKindTest.ALL.id());

    private static ZoneFile of(DnsZone zone) {
        return ZoneFile.of(OWNED, zone, List.of(), 7);
    }

    @Test
    void everyRecordIsALine() {
        assertEquals(
                """
                ; site home at 53
                home.example. 300 SOA node-1.ns.home.example. hostmaster.home.example. 7 3600 600 604800 60
                home.example. 300 NS node-1.ns.home.example.
                node-1.ns.home.example. 300 A 127.88.0.1
                nas.home.example. 300 A 192.0.2.7
                nas.home.example. 300 AAAA 2001:db8:0:0:0:0:0:7
                files.home.example. 300 CNAME nas.home.example.
                *.apps.home.example. 300 A 192.0.2.9
                home.example. 300 MX 10 nas.home.example.
                _sip._tcp.home.example. 300 SRV 0 0 5060 nas.home.example.
                home.example. 300 TXT "v=spf1 -all"
                _dmarc.home.example. 300 TXT "v=DMARC1; p=reject; \\034\\195\\169\\092\\034"
                home.example. 300 CAA 0 issue "letsencrypt.org"
                home.example. 300 CAA 0 issuewild ";"
                cellar.home.example. 300 NS nas.home.example.
                """, of(DnsZoneKindTest.ALL.leadingTo(_ -> List.of(Names.NODE))).text());
    }

    @Test
    void aZoneThatNamesItsServersIsBelieved() {
        String text = of(Names.zone(
                        "home",
                        Names.HOME,
                        new DnsRecord.NameServer(Names.HOME, DnsName.of("ns.example.net")),
                        Names.at("nas.home.example", "192.0.2.7")))
                .text();

        assertEquals("""
                ; site home at 53
                home.example. 300 SOA ns.example.net. hostmaster.home.example. 7 3600 600 604800 60
                home.example. 300 NS ns.example.net.
                nas.home.example. 300 A 192.0.2.7
                """, text);
    }

    @Test
    void aLongTextIsSeveralStrings() {
        String text = of(Names.zone("home", Names.HOME, new DnsRecord.Text(Names.HOME, DnsText.of("x".repeat(600)))))
                .text();

        assertTrue(
                Pattern.compile("TXT \"x{255}\" \"x{255}\" \"x{90}\"\n")
                        .matcher(text)
                        .find(),
                text);
    }

    @Test
    void whatWasWrittenIsReadAsItWas() {
        ZoneFile file = of(DnsZoneKindTest.ALL);

        assertEquals(Optional.of(file), ZoneFile.parse(file.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "; site home at 53\n",
                "; site home at 99999\nhome.example. 300 SOA a. b. 7 1 1 1 1\n",
                "; ../x home at 53\nhome.example. 300 SOA a. b. 7 1 1 1 1\n",
                "; site home at 53\n../x. 300 SOA a. b. 7 1 1 1 1\n",
                "; site home at 53\nhome.example. 300 SOA a. b. 99999999999999999999 1 1 1 1\n"
            })
    void whatSomebodyElseWroteIsNoZone(String text) {
        assertEquals(Optional.empty(), ZoneFile.parse(text));
    }
}
