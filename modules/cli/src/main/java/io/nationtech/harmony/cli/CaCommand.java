package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.certificates.CertificateRefusedException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.ingress.SiteAuthority;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import java.security.cert.X509Certificate;
import java.util.List;
import picocli.CommandLine.Command;

/** Groups what is about the site's certificate authority; says so itself when nothing else is asked. */
@Command(
        name = "ca",
        description = "The certificate authority that the site's names are answered with.",
        synopsisSubcommandLabel = "(create | show)")
final class CaCommand {
    private static final List<String> HOW_TO_TRUST = List.of(
            "Keep the certificate in a file: harmony ca show > site-ca.crt. Whoever is to trust the site takes it up once:",
            "  Debian   sudo cp site-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates",
            "  Android  Settings, search for \"CA certificate\", install the file",
            "  iOS      open the file, install the profile in Settings; then General, About, Certificate Trust Settings",
            "  Firefox  Settings, search for \"certificates\", View Certificates, Authorities, Import");

    /** The certificate of the store's authority. */
    static X509Certificate certificate(Secrets store) {
        return switch (store.get(SiteAuthority.SECRET)) {
            case SecretLookup.Absent() ->
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        new Cause(
                                "there is no certificate authority, secret '%s', yet"
                                        .formatted(SiteAuthority.SECRET.name()),
                                store.place(),
                                "make it: harmony ca create --domain home.example"));
            case SecretLookup.Held held -> {
                try (Secret secret = held.secret()) {
                    yield secret.read(CertificateAuthority::parse).certificate();
                } catch (CertificateRefusedException e) {
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            new Cause(
                                    "secret '%s' is no certificate authority: %s"
                                            .formatted(SiteAuthority.SECRET.name(), e.getMessage()),
                                    store.place(),
                                    "it is made by `harmony ca create`; keep what is there under another name"));
                }
            }
        };
    }

    /** Whoever is told that it is missing may take it for a password. */
    static void requireAuthority(SecretRef ref, Secret value) {
        if (!ref.equals(SiteAuthority.SECRET)) {
            return;
        }
        try {
            value.read(CertificateAuthority::parse);
        } catch (CertificateRefusedException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "secret '%s' is the site's certificate authority, and this is none: %s"
                                    .formatted(ref.name(), e.getMessage()),
                            "harmony secret",
                            "make it: harmony ca create --domain home.example"));
        }
    }

    static void tell(Terminal terminal, X509Certificate certificate) {
        terminal.say(
                "%s, until %tF".formatted(certificate.getSubjectX500Principal().getName(), certificate.getNotAfter()));
        terminal.say("SHA-256 %s".formatted(CertificateAuthority.fingerprint(certificate)));
        HOW_TO_TRUST.forEach(terminal::say);
        terminal.result(CertificateAuthority.pem(certificate));
    }
}
