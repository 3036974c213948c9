package io.nationtech.harmony.importer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is taken for a secret: by the name of what has it, by its place in an address, or as it looks. Wider than the rule {@code secret-as-text}: what
 * is taken for one by mistake costs a line to be typed, what is missed is published.
 */
final class SecretWords {
    private static final Pattern RULE = Pattern.compile(
            "(.*_)?(PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_KEY|SECRET_KEY|PRIVATE_KEY)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "PASS(WORD|WD|PHRASE|CODE)?($|[_0-9])|PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|ACCESS_?KEY|APP_?KEY|AUTH_?KEY|SIGNING_?KEY"
                    + "|MASTER_?KEY|LICENSE_?KEY|_KEY$|^KEY$|CREDENTIAL|SALT$|JWT|_SEED$|BASIC_?AUTH|HTPASSWD|_PWD$|_PW$|^PW$|^PGPASS|BASE64|_HEX|_DSN$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_SECRET = Pattern.compile(
            "EXPIR|TTL|LIFETIME|TIMEOUT|LENGTH|ALLOW|ENABLE|DISABLE|REQUIRE|PUBLIC_?KEY|_PATH$|_FILE$|_HEADER|_ISSUER|_ALGORITHM|_TYPE$|_METHOD|_URL$|_URI$|"
                    + "_MIN|_MAX|_HOST|_PORT|_NAME$|_ID$|RESET|POLICY|HOST_KEY|PROVIDER|_DAYS|_HOURS|_DIR$|_PREFIX|_FORMAT|^USE_|_ENDPOINT|BYPASS|COMPASS|_DSN_",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRIVIAL = Pattern.compile(
            "true|false|yes|no|on|off|none|null|\\d{1,5}|disabled?|enabled?|/\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SWITCH = Pattern.compile("|0|1|yes|no|true|false|on|off", Pattern.CASE_INSENSITIVE);
    /** A password in an address. */
    static final Pattern IN_ADDRESS = Pattern.compile("(?<=://[^/?#@:\\s\"']{0,200}:)[^/?#@\\s\"']+(?=@)");

    private static final Pattern SETTING = Pattern.compile(
            "(?m)^[\\t -]*[\"']?([A-Za-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|jwt|encryption[_-]?key)[A-Za-z0-9_.-]*)[\"']?[\\t ]*[:=][\\t ]*[\"']?([^\"'\\s,;#${}<>]{4,})[\"']?[\\t ,;]*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/=_-]{24,}");
    private static final double BITS = 3.6;

    private SecretWords() {}

    /** Whether a variable of that name has a secret, whatever its value. */
    static boolean isName(String name) {
        return RULE.matcher(name).matches()
                || (NAME.matcher(name).find() && !NO_SECRET.matcher(name).find());
    }

    /** Whether a variable of that name and value is a secret. */
    static boolean isSecret(String name, String value) {
        if (RULE.matcher(name).matches()) {
            return !value.startsWith("/") && !SWITCH.matcher(value).matches();
        }
        return (isName(name)
                        && !value.isBlank()
                        && !TRIVIAL.matcher(value.strip()).matches())
                || isRandom(value);
    }

    /** A secret among the settings in a text, in a line of its own: where its value begins and ends, and its name. */
    record Setting(int begin, int end, String name) {}

    /** All of them, as they stand. */
    static Stream<Setting> settings(String text) {
        return SETTING.matcher(text)
                .results()
                .filter(found -> isSecret(found.group(1).replace('-', '_').replace('.', '_'), found.group(2)))
                .map(found -> new Setting(found.start(2), found.end(2), found.group(1)));
    }

    /** Whether a text looks as if a machine had made it up: letters and digits mixed, with as many bits as a key has. */
    static boolean isRandom(String text) {
        return RANDOM.matcher(text).matches()
                && text.chars().anyMatch(Character::isDigit)
                && text.chars().anyMatch(Character::isLetter)
                && !text.toLowerCase(Locale.ROOT).matches("[a-z]+([-_/][a-z0-9]+)*|[a-z0-9]+([-_/][a-z]+)+")
                && entropy(text) > BITS;
    }

    private static double entropy(String text) {
        int[] counts = new int[Character.MAX_VALUE + 1];
        text.chars().forEach(character -> counts[character]++);
        double bits = 0;
        for (int character : text.chars().distinct().toArray()) {
            double share = (double) counts[character] / text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    static boolean hasAddressWithPassword(String text) {
        Matcher matcher = IN_ADDRESS.matcher(text);
        return matcher.find();
    }
}
