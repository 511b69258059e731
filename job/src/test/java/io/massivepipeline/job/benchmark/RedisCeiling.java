package io.massivepipeline.job.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Redis takes at best: pipelined {@code XADD} of the same nine fields by {@code
 * redis-benchmark}, whose client costs next to nothing.
 */
final class RedisCeiling {

    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");
    private static final List<String> FIELDS =
            List.of(
                    "contract",
                    "O:SPXW251223P06870000",
                    "price",
                    "7.7",
                    "size",
                    "1",
                    "ts",
                    "1766437799445",
                    "side",
                    "U",
                    "exchange",
                    "302",
                    "conditions",
                    "[209]",
                    "q",
                    "1864261653",
                    "report",
                    "regular");

    private final int port;

    RedisCeiling(int port) {
        this.port = port;
    }

    /** Entries a second. */
    double measure() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "redis-benchmark",
                                "-p",
                                "" + port,
                                "-n",
                                "1500000",
                                "-P",
                                "64",
                                "-q",
                                "-r",
                                "40",
                                "XADD",
                                "ceiling:__rand_int__",
                                "MAXLEN",
                                "~",
                                "100000",
                                "*"));
        command.addAll(FIELDS);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        Matcher rates = RATE.matcher(output);
        double last = 0;
        while (rates.find()) {
            last = Double.parseDouble(rates.group(1));
        }
        if (process.waitFor() != 0 || last == 0) {
            throw new IOException("redis-benchmark measured nothing: " + output);
        }
        return last;
    }
}
