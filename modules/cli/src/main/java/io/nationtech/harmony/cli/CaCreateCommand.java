package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.ingress.SiteAuthority;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "create",
        description = "Make a certificate authority for the names of the site, once, and keep it as secret site-ca.",
        footer = {
            "",
            "Whoever trusts it believes every certificate that its key signs. With --domain that is limited to names of the site,",
            "so that nobody can be shown another bank with it.",
            "",
            "Example:",
            "  harmony ca create --domain home.example"
        })
final class CaCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--domain",
            paramLabel = "<domain>",
            converter = ReadDomain.class,
            description = "it may issue for this domain and names below it alone; again for each")
    private List<DnsName> domains = List.of();

    @Option(
            names = "--name",
            paramLabel = "<text>",
            defaultValue = "Harmony site",
            description = "as people see it in their browsers (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    CaCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CertificateAuthority fresh = CertificateAuthority.create(
                name,
                domains.stream().map(DnsName::value).toList(),
                terminal.clock().instant());
        try (Secrets store = secrets.open();
                Secret secret = Secret.takeFrom(fresh.pem().getBytes(StandardCharsets.US_ASCII))) {
            switch (store.put(SiteAuthority.SECRET, secret, 0)) {
                case Stored.At _ -> CaCommand.tell(terminal, fresh.certificate());
                case Stored.Conflict() ->
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            new Cause(
                                    "there is a certificate authority already, secret '%s'"
                                            .formatted(SiteAuthority.SECRET.name()),
                                    store.place(),
                                    "`harmony ca show` shows it; nothing was changed, as everybody would have to trust another one"));
            }
        }
        return ExitCode.DONE.code();
    }

    /** Reads a domain. */
    static final class ReadDomain implements ITypeConverter<DnsName> {
        @Override
        public DnsName convert(String text) {
            try {
                return DnsName.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
