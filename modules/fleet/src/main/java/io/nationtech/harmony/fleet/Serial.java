package io.nationtech.harmony.fleet;

import java.time.Instant;

/**
 * Which of several signed documents for one place is the newer. As in DNS (RFC 1035 §3.3.13), the number only grows.
 *
 * @param number of milliseconds since 1970 by the clock of who signed, or one more than that of the document before
 * @param digest of the document, SHA-256 in hexadecimal digits: no other has this number
 */
public record Serial(long number, String digest) {

    /** The number as a time. */
    public Instant asOf() {
        return Instant.ofEpochMilli(number);
    }

    /** Whether a document with this one is older than one with another, or claims the other's number. */
    public boolean isBefore(Serial other) {
        return number < other.number || (number == other.number && !digest.equals(other.digest));
    }
}
