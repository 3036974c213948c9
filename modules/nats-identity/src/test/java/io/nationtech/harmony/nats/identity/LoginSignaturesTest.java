package io.nationtech.harmony.nats.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Learned;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.secrets.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose words are believed, and that nobody else's are, whatever they try. */
class LoginSignaturesTest {
    private static final MeshRole OPERATOR = new MeshRole(LoginSignatures.OPERATORS, List.of("a"), List.of("b"));
    private static final MeshRole NODE = new MeshRole(LoginSignatures.NODES, List.of("a"), List.of("b"));
    private static final MeshRole ONLOOKER = new MeshRole("onlooker", List.of("a"), List.of("b"));
    private static final MeshRole DEPLOYER = new MeshRole(LoginSignatures.DEPLOYERS, List.of("a"), List.of("b"));
    private static final List<MeshRole> ROLES = List.of(OPERATOR, NODE, ONLOOKER, DEPLOYER);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final Payload DOCUMENT = Payload.of("{\"version\":1}");
    private static final Place TOLD = told("n1", "web");
    private static final Place OF_ITSELF =
            new Place(new BucketName("node-info"), Key.of("n1"), new Author.Node(NodeId.of("n1")));

    @TempDir
    private Path folder;

    private final MeshAuthority authority = MeshAuthority.create(ROLES);
    private final MeshAuthority elsewhere = MeshAuthority.create(ROLES);
    private int files;

    @AfterEach
    void end() {
        authority.close();
        elsewhere.close();
    }

    private static Place told(String node, String deployment) {
        return told("desired-state", node, deployment);
    }

    private static Place told(String bucket, String node, String deployment) {
        return new Place(
                new BucketName(bucket),
                Key.of(node, deployment),
                new Author.Operator(NodeId.of(node), DeploymentName.of(deployment)));
    }

    private Path file(Login login) {
        Path file = folder.resolve("%d.creds".formatted(files++));
        try (login;
                Secret text = login.text()) {
            Files.write(file, text.read(byte[]::clone));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(MeshAuthority by, MeshRole role, String name) {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        return file(new Login(by.login(role, ClientName.of(name), key.publicKey(), NOW.plus(LIFETIME), NOW), key));
    }

    private Signatures of(MeshRole role, String name) {
        return new LoginSignatures(file(authority, role, name), () -> NOW);
    }

    private Signatures reader() {
        return of(NODE, "n1");
    }

    private static Payload sign(Signatures by, Place place) {
        return by.sign(place, DOCUMENT, Optional::empty);
    }

    private void assertRefused(String why, Place place, Payload word) {
        Word.Refused refused = assertInstanceOf(Word.Refused.class, reader().read(place, word));
        assertTrue(refused.why().what().contains(why), refused.why()::what);
        assertTrue(refused.why().where().contains(place.key().toString()), refused.why()::where);
    }

    private static Payload changed(Payload word, UnaryOperator<SignedForm> change) {
        return change.apply(assertInstanceOf(SignedForm.Found.Signed.class, SignedForm.find(word))
                        .form())
                .payload();
    }

    @Test
    void whatAnOperatorSignsIsBelievedAlsoOnceTheirLoginIsOver() {
        Payload word = sign(of(OPERATOR, "ada"), TOLD);
        Path later = file(authority, NODE, "n1");

        Word.Signed signed = assertInstanceOf(
                Word.Signed.class,
                new LoginSignatures(later, () -> NOW.plus(LIFETIME.multipliedBy(9))).read(TOLD, word));

        assertEquals(DOCUMENT, signed.document());
        assertEquals(NOW.toEpochMilli(), signed.serial().number());
        assertInstanceOf(Word.Signed.class, of(OPERATOR, "bob").read(TOLD, word), "operators believe each other");
    }

    @Test
    void theNumberGrowsAlsoWhereTheClockDoesNot() {
        Instant ahead = NOW.plusSeconds(5);

        Payload word = of(OPERATOR, "ada").sign(TOLD, DOCUMENT, () -> Optional.of(ahead));

        assertEquals(
                ahead.toEpochMilli() + 1,
                assertInstanceOf(Word.Signed.class, reader().read(TOLD, word))
                        .serial()
                        .number());
        Instant beyond = NOW.plus(LIFETIME);
        MeshUnavailableException refused = assertThrows(
                MeshUnavailableException.class,
                () -> of(OPERATOR, "ada").sign(TOLD, DOCUMENT, () -> Optional.of(beyond)));
        assertTrue(refused.why().what().contains("the login of 'ada' is over before"), refused::getMessage);
    }

    @Test
    void whatNobodySignedIsNotBelieved() {
        Word.Unsigned unsigned = assertInstanceOf(Word.Unsigned.class, reader().read(TOLD, DOCUMENT));

        assertTrue(unsigned.why().what().startsWith("it is not signed"), unsigned.why()::what);
    }

    @Test
    void othersAreNotBelieved() {
        assertRefused("who is not believed in that", TOLD, sign(of(NODE, "n1"), TOLD));
        assertRefused("who is not believed in that", TOLD, sign(of(ONLOOKER, "eve"), TOLD));
        Path stranger = file(elsewhere, OPERATOR, "ada");
        assertRefused("who is not believed in that", TOLD, sign(new LoginSignatures(stranger, () -> NOW), TOLD));
    }

    @Test
    void aNodeIsBelievedInWhatItSaysOfItselfAndInNothingElse() {
        assertInstanceOf(Word.Signed.class, reader().read(OF_ITSELF, sign(of(NODE, "n1"), OF_ITSELF)));
        assertInstanceOf(Word.Signed.class, reader().read(OF_ITSELF, sign(of(OPERATOR, "n1"), OF_ITSELF)));
        assertRefused("who is not believed in that", OF_ITSELF, sign(of(NODE, "n2"), OF_ITSELF));
        assertRefused("who is not believed in that", OF_ITSELF, sign(of(OPERATOR, "ada"), OF_ITSELF));
        assertRefused("who is not believed in that", OF_ITSELF, sign(of(ONLOOKER, "n1"), OF_ITSELF));
    }

    @Test
    void aWordCountsInItsPlaceAsItWasSigned() {
        Payload word = sign(of(OPERATOR, "ada"), TOLD);

        assertRefused("it was changed, or belongs elsewhere", told("n2", "web"), word);
        assertRefused("it was changed, or belongs elsewhere", told("n1", "db"), word);
        assertRefused("it was changed, or belongs elsewhere", told("other", "n1", "web"), word);
        assertRefused(
                "it was changed, or belongs elsewhere",
                TOLD,
                changed(
                        word,
                        form -> new SignedForm(
                                form.token(), form.number(), form.signature(), Payload.of("{\"version\":2}"))));
        assertRefused(
                "it was changed, or belongs elsewhere",
                TOLD,
                changed(
                        word,
                        form -> new SignedForm(form.token(), form.number() + 1, form.signature(), form.document())));
        assertRefused(
                "when that login is over",
                TOLD,
                changed(
                        word,
                        form -> new SignedForm(
                                form.token(),
                                form.number() + 2 * LIFETIME.toMillis(),
                                form.signature(),
                                form.document())));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** What another says about a key, in words of their own. */
    private Token forged(KeyPair signer, KeyPair about, String header, String type) {
        String said = part(header)
                + "."
                + part("{\"iss\":\"%s\",\"sub\":\"%s\",\"name\":\"ada\",\"nats\":{\"type\":\"%s\"}}"
                        .formatted(
                                Optional.ofNullable(authority.roles().get(OPERATOR))
                                        .orElseThrow()
                                        .publicKey(),
                                about.publicKey(),
                                type));
        byte[] signature = signer.sign(said.getBytes(StandardCharsets.US_ASCII));
        return Token.parse(said + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    @Test
    void aTokenThatTheRoleDidNotSignLetsNobodyIn() {
        String header = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
        KeyPair own = KeyPair.generate(KeyKind.USER);
        KeyPair role = Optional.ofNullable(authority.roles().get(OPERATOR)).orElseThrow();
        Token good = forged(role, own, header, "user");
        assertTrue(good.isLetInBy(role.publicKey()));

        assertFalse(forged(own, own, header, "user").isLetInBy(role.publicKey()), "signed by oneself");
        assertFalse(good.isLetInBy(authority.account().publicKey()), "by another");
        for (String other : List.of("none", "ed25519", "HS256")) {
            String changed = header.replace("ed25519-nkey", other);
            assertFalse(forged(role, own, changed, "user").isLetInBy(role.publicKey()), other);
        }
        assertFalse(forged(role, own, header, "account").isLetInBy(role.publicKey()), "not of a user");
        try (KeyPair account = KeyPair.generate(KeyKind.ACCOUNT)) {
            assertFalse(forged(role, account, header, "user").isLetInBy(role.publicKey()), "about no user");
        }
        Token changed = Token.parse(good.text()
                .replaceFirst("\\.[^.]+\\.", "." + part("""
                {"iss":"%s","sub":"%s","name":"ada","nats":{"type":"user"},"more":1}""".formatted(role.publicKey(), own.publicKey())) + "."));
        assertFalse(changed.isLetInBy(role.publicKey()), "changed");
        own.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "harmony-signed ",
                "harmony-signed a.b.c 1 c\n{}",
                "harmony-signed a.b.c 1\n{}",
                "harmony-signed a.b.c -1 c\n{}",
                "harmony-signed a.b.c 99999999999999999999 c\n{}",
                "harmony-signed e30.e30.e30 1 e30\n{}",
                "harmony-signed . 1 \n",
            })
    void aLineThatIsNoSignatureIsRefusedByName(String text) {
        Word.Refused refused = assertInstanceOf(Word.Refused.class, reader().read(TOLD, Payload.of(text)));

        assertTrue(refused.why().what().contains("first line"), refused.why()::what);
    }

    @Test
    void noLineIsTooLongAndNoBytesThrow() {
        Signatures reader = reader();
        assertRefused("first line", TOLD, Payload.of("harmony-signed " + "a".repeat(1 << 19) + " 1 c\n{}"));
        byte[] word = sign(of(OPERATOR, "ada"), TOLD).bytes();
        Random random = new Random(1);
        for (int times = 0; times < 300; times++) {
            byte[] changed = word.clone();
            int at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 << random.nextInt(7));
            // The last digit in base 64 has bits that say nothing.
            if (reader.read(TOLD, Payload.of(changed)) instanceof Word.Signed(Payload document, Serial serial)) {
                assertEquals(DOCUMENT, document, () -> "byte " + at);
                assertEquals(NOW.toEpochMilli(), serial.number(), () -> "byte " + at);
            }
        }
    }

    @Test
    void aLoginOfBeforeBelievesAnythingUntilItIsReplaced() throws IOException {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        KeyPair role = Optional.ofNullable(authority.roles().get(NODE)).orElseThrow();
        Path old = file(new Login(
                Token.issue(
                        role, new Token.Claims(key.publicKey(), "n1", Optional.empty(), Map.of("type", "user")), NOW),
                key));
        Signatures node = new LoginSignatures(old, () -> NOW);
        Payload word = sign(of(OPERATOR, "ada"), TOLD);

        assertEquals(new Word.Unchecked(DOCUMENT), node.read(TOLD, word));
        assertEquals(new Word.Unchecked(DOCUMENT), node.read(TOLD, DOCUMENT));
        assertEquals(new Word.Unchecked(DOCUMENT), Signatures.none().read(TOLD, word), "as one without a login");

        Files.write(old, Files.readAllBytes(file(authority, NODE, "n1")));
        Files.setLastModifiedTime(old, FileTime.from(NOW));
        assertInstanceOf(Word.Unsigned.class, node.read(TOLD, DOCUMENT));
        Files.delete(old);
        assertInstanceOf(Word.Signed.class, node.read(TOLD, word), "what is known stays so");
        assertInstanceOf(Word.Signed.class, node.read(OF_ITSELF, sign(node, OF_ITSELF)), "and it signs by that");
        assertInstanceOf(Word.Refused.class, new LoginSignatures(old, () -> NOW).read(TOLD, word));
        assertThrows(MeshUnavailableException.class, () -> sign(new LoginSignatures(old, () -> NOW), OF_ITSELF));
    }

    private static PublicKey keyOf(Path login) {
        try (Login read = Login.readFile(login)) {
            return read.token().about();
        }
    }

    /** What servers are told of the account, as whoever runs a mesh signs it. */
    private static Payload revoking(MeshAuthority by, Instant at, Path... logins) {
        return Payload.of(by.accountToken(
                        Stream.of(logins).collect(Collectors.toMap(LoginSignaturesTest::keyOf, _ -> at)), at)
                .text());
    }

    private static void assertNotLearned(String why, Signatures reader, Payload said) {
        Learned.Refused refused = assertInstanceOf(Learned.Refused.class, reader.learn(said));
        assertTrue(refused.why().what().contains(why), refused.why()::what);
        assertTrue(refused.why().where().contains("revocations"), refused.why()::where);
    }

    @Test
    void whatOneSignsWhoWasRevokedIsToldApartWheneverTheySayThatItWasSigned() {
        Path ada = file(authority, OPERATOR, "ada");
        Payload before = new LoginSignatures(ada, () -> NOW.minusSeconds(60)).sign(TOLD, DOCUMENT, Optional::empty);
        Payload ofBob = sign(of(OPERATOR, "bob"), TOLD);
        Signatures node = reader();
        assertInstanceOf(Word.Signed.class, node.read(TOLD, before));

        assertEquals(new Learned.Known(), node.learn(revoking(authority, NOW, ada)));

        Word.Revoked revoked = assertInstanceOf(Word.Revoked.class, node.read(TOLD, before));
        assertEquals(DOCUMENT, revoked.document());
        assertEquals(NOW.minusSeconds(60), revoked.serial().asOf());
        assertEquals(
                "it is signed by 'ada', whose login was revoked at " + NOW,
                revoked.why().what());
        assertInstanceOf(Word.Signed.class, node.read(TOLD, ofBob));
        assertInstanceOf(
                Word.Signed.class, node.read(TOLD, sign(of(OPERATOR, "ada"), TOLD)), "by a login that was made later");
        assertInstanceOf(Word.Refused.class, node.read(told("n2", "web"), before), "and it still belongs elsewhere");
    }

    @Test
    void whoWasRevokedIsKeptAndGrowsNewerOnly() throws IOException {
        Path ada = file(authority, OPERATOR, "ada");
        Path bob = file(authority, OPERATOR, "bob");
        Path own = file(authority, NODE, "n1");
        Path kept = folder.resolve("state").resolve("revocations");
        Payload byAda = sign(new LoginSignatures(ada, () -> NOW), TOLD);
        Payload byBob = sign(new LoginSignatures(bob, () -> NOW), TOLD);
        Payload older = revoking(authority, NOW.minusSeconds(1));
        Payload first = revoking(authority, NOW, ada);
        Payload second = revoking(authority, NOW, ada, bob);
        Signatures node = new LoginSignatures(() -> own, kept, () -> NOW);
        assertEquals(new Learned.Known(), node.learn(older));
        assertEquals(new Learned.Known(), node.learn(first));
        assertEquals(new Learned.Known(), node.learn(first), "again");

        Signatures later = new LoginSignatures(() -> own, kept, () -> NOW);
        assertInstanceOf(Word.Revoked.class, later.read(TOLD, byAda), "after a restart");
        assertNotLearned("it was put back", later, older);
        assertInstanceOf(Word.Revoked.class, later.read(TOLD, byAda));
        assertEquals(new Learned.Known(), later.learn(second), "two within a second");
        assertInstanceOf(Word.Revoked.class, later.read(TOLD, byBob));
        assertNotLearned("it was put back", later, first);
        assertInstanceOf(Word.Revoked.class, later.read(TOLD, byBob));

        Files.writeString(kept, "half of it");
        assertInstanceOf(Word.Revoked.class, later.read(TOLD, byBob), "what is known stays so");
        Signatures broken = new LoginSignatures(() -> own, kept, () -> NOW);
        assertInstanceOf(Word.Signed.class, broken.read(TOLD, byBob));
        assertEquals(new Learned.Known(), broken.learn(second));
        assertEquals(second.text(), Files.readString(kept));
    }

    @Test
    void whoWasRevokedIsKnownOnAlsoByTheNextLogin() throws IOException {
        Path ada = file(authority, OPERATOR, "ada");
        Path own = file(authority, NODE, "n1");
        Signatures node = new LoginSignatures(own, () -> NOW);
        Learned _ = node.learn(revoking(authority, NOW, ada));

        Files.write(own, Files.readAllBytes(file(authority, NODE, "n1")));
        Files.setLastModifiedTime(own, FileTime.from(NOW));

        assertInstanceOf(Word.Revoked.class, node.read(TOLD, sign(new LoginSignatures(ada, () -> NOW), TOLD)));
    }

    @Test
    void aLoginThatDoesNotNameTheMeshsKeyBelievesAsBefore() {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        KeyPair nodes = Optional.ofNullable(authority.roles().get(NODE)).orElseThrow();
        PublicKey operators = Optional.ofNullable(authority.roles().get(OPERATOR))
                .orElseThrow()
                .publicKey();
        Map<String, Object> said = Map.of(
                "type",
                "user",
                "issuer_account",
                authority.account().publicKey().text(),
                Token.TAGS,
                List.of(Token.tag(LoginSignatures.OPERATORS) + operators));
        Token old =
                Token.issue(nodes, new Token.Claims(key.publicKey(), "n1", Optional.of(NOW.plus(LIFETIME)), said), NOW);
        Signatures node = new LoginSignatures(file(new Login(old, key)), () -> NOW);
        Path ada = file(authority, OPERATOR, "ada");

        assertEquals(new Learned.Unchecked(), node.learn(revoking(authority, NOW, ada)));
        assertInstanceOf(Word.Signed.class, node.read(TOLD, sign(new LoginSignatures(ada, () -> NOW), TOLD)));
        assertInstanceOf(
                Word.Refused.class, node.read(TOLD, signedBeyond(Grant.ALL, TOLD)), "of deployers it knows nothing");
    }

    @Test
    void nobodyElseSaysWhoWasRevokedOrIsNotAnyMore() {
        Path ada = file(authority, OPERATOR, "ada");
        Payload word = sign(new LoginSignatures(ada, () -> NOW), TOLD);
        Signatures node = reader();
        Payload good = revoking(authority, NOW, ada);
        Instant later = NOW.plusSeconds(60);

        assertNotLearned("the mesh's account is", node, revoking(elsewhere, later, ada));
        assertNotLearned(
                "the mesh's account is",
                node,
                Payload.of(authority.systemToken(later).text()));
        MeshAuthority forger =
                new MeshAuthority(elsewhere.operator(), authority.account(), elsewhere.system(), authority.roles());
        assertNotLearned("not signed by the mesh's key", node, revoking(forger, later, ada));
        assertNotLearned("not signed by the mesh's key", node, underSignatureOf(good, revoking(authority, later)));
        for (String garbage :
                List.of("", "{}", "a.b.c", "e30.e30.e30", good.text() + "x", "x".repeat(Payload.LARGEST))) {
            assertNotLearned("does not say who was revoked", node, Payload.of(garbage));
        }
        assertInstanceOf(Word.Signed.class, node.read(TOLD, word), "nothing of that counts");
        assertEquals(new Learned.Known(), node.learn(good));
        assertNotLearned(
                "the mesh's account is",
                node,
                Payload.of(authority.systemToken(later).text()));
        assertInstanceOf(Word.Revoked.class, node.read(TOLD, word));
        assertEquals(new Learned.Unchecked(), Signatures.none().learn(good));
    }

    private static Payload underSignatureOf(Payload good, Payload other) {
        String[] parts = other.text().split("\\.");
        return Payload.of("%s.%s.%s".formatted(parts[0], parts[1], good.text().split("\\.")[2]));
    }

    @Test
    void whatIsToldOfTheAccountIsIssuedAfterWhatWasToldBeforeAlsoByAClockThatWasAhead() {
        PublicKey ada = keyOf(file(authority, OPERATOR, "ada"));
        Token ahead = authority.accountToken(Map.of(), NOW.plus(LIFETIME));

        Token token = authority
                .accountTokenAfter(Optional.of(ahead.text()), Map.of(ada, NOW), NOW)
                .orElseThrow();

        assertEquals(Optional.of(NOW.plus(LIFETIME).plusSeconds(1)), token.issued());
        assertEquals(Optional.empty(), authority.accountTokenAfter(Optional.of(token.text()), Map.of(ada, NOW), NOW));
        assertEquals(
                Optional.of(NOW),
                authority
                        .accountTokenAfter(Optional.of("garbage"), Map.of(), NOW)
                        .flatMap(Token::issued));
    }

    private static <T extends Comparable<T>> Optional<SortedSet<T>> only(T name) {
        return Optional.of(new TreeSet<>(List.of(name)));
    }

    /** What somebody's key signs, whatever their login says of it. */
    private Payload signedBeyond(Grant grant, Place place) {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        ClientName name = ClientName.of("eve");
        Token limited = authority.loginWithin(grant, DEPLOYER, name, key.publicKey(), NOW.plus(LIFETIME), NOW);
        Token more = authority.login(OPERATOR, name, key.publicKey(), NOW.plus(LIFETIME), NOW);
        Payload word = sign(new LoginSignatures(file(new Login(more, key)), () -> NOW), place);
        return changed(word, form -> new SignedForm(limited.text(), form.number(), form.signature(), form.document()));
    }

    @Test
    void whoIsLimitedIsBelievedInWhatTheirLoginNamesAndInNothingElse() {
        Grant shopOnN1 = new Grant(only(DeploymentName.of("shop")), only(NodeId.of("n1")));
        Grant shop = new Grant(only(DeploymentName.of("shop")), Optional.empty());
        Grant onN1 = new Grant(Optional.empty(), only(NodeId.of("n1")));

        for (Grant grant : List.of(shopOnN1, shop, onN1)) {
            assertInstanceOf(
                    Word.Signed.class,
                    reader().read(told("n1", "shop"), signedBeyond(grant, told("n1", "shop"))),
                    grant::toString);
        }
        assertInstanceOf(Word.Signed.class, reader().read(told("n2", "shop"), signedBeyond(shop, told("n2", "shop"))));
        assertInstanceOf(Word.Signed.class, reader().read(told("n1", "web"), signedBeyond(onN1, told("n1", "web"))));
        String and = "it is signed by 'eve', who may deploy %s, and nothing else";
        assertRefused(and.formatted("shop on n1"), told("n1", "web"), signedBeyond(shopOnN1, told("n1", "web")));
        assertRefused(and.formatted("shop on n1"), told("n2", "shop"), signedBeyond(shopOnN1, told("n2", "shop")));
        assertRefused(and.formatted("shop on all nodes"), told("n1", "web"), signedBeyond(shop, told("n1", "web")));
        assertRefused(and.formatted("everything on n1"), told("n2", "shop"), signedBeyond(onN1, told("n2", "shop")));
        assertRefused("who is not believed in that", OF_ITSELF, signedBeyond(Grant.ALL, OF_ITSELF));
    }

    @Test
    void whoIsLimitedIsToldSoBeforeAnythingIsSigned() {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        Grant grant = new Grant(only(DeploymentName.of("web")), Optional.empty());
        Signatures eve = new LoginSignatures(
                file(new Login(
                        authority.loginWithin(
                                grant, DEPLOYER, ClientName.of("eve"), key.publicKey(), NOW.plus(LIFETIME), NOW),
                        key)),
                () -> NOW);

        assertEquals(grant, eve.grant());
        assertEquals(Grant.ALL, of(OPERATOR, "ada").grant());
        assertInstanceOf(Word.Signed.class, reader().read(TOLD, sign(eve, TOLD)));
        MeshUnavailableException refused =
                assertThrows(MeshUnavailableException.class, () -> sign(eve, told("n1", "db")));
        assertEquals(
                "the login of 'eve' may deploy web on all nodes, and nothing else",
                refused.why().what());
    }

    @Test
    void whatIsAboutANodeAsAWholeCountsByWhoMayDeployAnythingThere() {
        Place whole = new Place(
                new BucketName("node-commands"),
                Key.of("n1", "upgrade", "0".repeat(32)),
                new Author.OperatorOfAll(NodeId.of("n1")));
        assertInstanceOf(Word.Signed.class, reader().read(whole, sign(of(OPERATOR, "ada"), whole)));
        Grant onN1 = new Grant(Optional.empty(), only(NodeId.of("n1")));
        assertInstanceOf(Word.Signed.class, reader().read(whole, signedBeyond(onN1, whole)));
        Grant web = new Grant(only(DeploymentName.of("web")), Optional.empty());
        assertRefused("who may deploy web on all nodes, and nothing else", whole, signedBeyond(web, whole));
        Grant onN2 = new Grant(Optional.empty(), only(NodeId.of("n2")));
        assertRefused("who may deploy everything on n2, and nothing else", whole, signedBeyond(onN2, whole));
        assertRefused("is not believed in that", whole, sign(of(NODE, "n2"), whole));
    }

    @Test
    void aDeployerWhoseLoginNamesNothingMayDeployNothing() {
        Token empty = authority.login(
                DEPLOYER, ClientName.of("eve"), keyOf(file(authority, NODE, "n1")), NOW.plus(LIFETIME), NOW);

        assertFalse(empty.grant().covers(NodeId.of("n1"), DeploymentName.of("web")));
    }
}
