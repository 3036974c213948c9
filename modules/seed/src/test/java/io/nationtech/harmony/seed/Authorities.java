package io.nationtech.harmony.seed;

/** An authority for tests, whose key nobody has. */
final class Authorities {
    static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBPjCB8aADAgECAhQ6wpn3Tgr0pz5lqkUthC1figN33zAFBgMrZXAwFDESMBAG
            A1UEAwwJdGVzdCBtZXNoMCAXDTI2MTEzMDIxMTk1NFoYDzIxMjYxMTA2MjExOTU0
            WjAUMRIwEAYDVQQDDAl0ZXN0IG1lc2gwKjAFBgMrZXADIQAwV68sybLH1amPn3yp
            FBWjX4w71tNtJWz1NGiMT3yUyaNTMFEwHQYDVR0OBBYEFGA4+gfTAAXA7KJXTIgv
            R/EwbTv6MB8GA1UdIwQYMBaAFGA4+gfTAAXA7KJXTIgvR/EwbTv6MA8GA1UdEwEB
            /wQFMAMBAf8wBQYDK2VwA0EAl6/d8Cu+VVtJil2a7gjQCvAgxdj1bxEdN1pWjNSQ
            MGtJ7FsqlxYpgMVHoUltEmne16KIUD4afK6/n0iW3tSVBw==
            -----END CERTIFICATE-----
            """;

    private Authorities() {}
}
