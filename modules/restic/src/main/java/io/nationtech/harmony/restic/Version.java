package io.nationtech.harmony.restic;

import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which restic there is: 0.17 is the first that runs a program by itself and tells by its exit code what is wrong. */
final class Version {
    private static final Logger LOG = System.getLogger(Version.class.getName());
    private static final Pattern FORM = Pattern.compile("restic (\\d{1,4})\\.(\\d{1,4})\\..*", Pattern.DOTALL);
    private static final int LEAST = 17;
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private Version() {}

    static boolean isNewEnough() {
        try {
            Ended ended = Program.of("restic", "version").mixed().run(ANSWER);
            return switch (ended) {
                case Ended.Exited _ -> isNewEnough(ended.output().text());
                case Ended.Killed _, Ended.NotStarted _ -> {
                    LOG.log(Level.INFO, "There is no restic here, so this node keeps no backups: it {0}", ended.how());
                    yield false;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isNewEnough(String said) {
        Matcher version = FORM.matcher(said);
        boolean isGood = version.matches()
                && (Integer.parseInt(version.group(1)) > 0 || Integer.parseInt(version.group(2)) >= LEAST);
        if (!isGood) {
            LOG.log(Level.WARNING, "Backups need restic 0.{0} or later; there is: {1}", LEAST, said.strip());
        }
        return isGood;
    }
}
