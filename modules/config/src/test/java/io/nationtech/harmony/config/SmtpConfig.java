package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;

/** The example of the documentation. */
record SmtpConfig(DnsName host, Port port, SecretRef password) {}
