package io.massivepipeline.sources.live;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Frames that are almost right: valid UTF-8, never blank, otherwise anything. */
final class FrameMutations {

    private static final List<String> FRAMES =
            List.of(
                    "[{\"ev\":\"T\",\"sym\":\"O:SPXW251208C06840000\",\"x\":302,\"p\":5.5,\"s\":1,\"c\":[236],\"t\":1765227583506,\"q\":1864261653}]",
                    "[{\"ev\":\"T\",\"sym\":\"O:AMC210827C00037000\",\"x\":65,\"p\":1.54,\"s\":1,\"c\":[233],\"t\":1629820676333,\"q\":651921857},{\"ev\":\"T\",\"sym\":\"O:SPY251219C00650000\",\"p\":5,\"s\":12.0,\"t\":1629820676333}]",
                    "[{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to: T.*\"}]",
                    "[{\"ev\":\"status\",\"status\":\"success\",\"message\":\"unsubscribed to: T.O:SPY251219C00650000\"},{\"ev\":\"T\",\"sym\":\"O:SPY251219C00650000\",\"p\":5,\"s\":1,\"t\":1629820676333}]",
                    "{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"Connected Successfully\"}",
                    "[{\"ev\":\"status\",\"status\":\"auth_success\",\"message\":\"authenticated\"}]",
                    "[{\"ev\":\"status\",\"status\":\"error\",\"message\":\"not authorized\"}]",
                    "[{\"ev\":\"status\",\"status\":\"auth_timeout\",\"message\":\"No authentication request received.\"}]",
                    "[{\"ev\":\"status\",\"status\":\"error\",\"message\":\"Subscription limit reached for feed.\"}]",
                    "[{\"ev\":\"AM\",\"sym\":\"O:ONEM220121C00025000\",\"v\":2,\"av\":8,\"op\":2.2,\"s\":1632419640000,\"e\":1632419700000}]");

    private static final String[] PIECES = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u0000",
        "\\ud800",
        "null",
        "true",
        "-0",
        "1e999",
        "NaN",
        "\ufeff",
        "\ud83d\ude00",
        "\u00e9",
        "\u0000",
        "\"ev\":\"status\"",
        "\"status\":",
        "subscribed to:",
        ", ",
        "999999999999999999999999",
        "0.1e-400",
        "\n",
        "\t",
        "[[[[[[[["
    };

    private final Random random;

    FrameMutations(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        StringBuilder frame = new StringBuilder(FRAMES.get(random.nextInt(FRAMES.size())));
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(frame);
        }
        String text = frame.toString();
        // Cutting between the halves of a character leaves what UTF-8 cannot say.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return text.isBlank() ? new byte[] {'?'} : bytes;
    }

    private void change(StringBuilder frame) {
        int at = random.nextInt(frame.length() + 1);
        int until = Math.min(frame.length(), at + random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0 -> frame.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 1 -> frame.delete(at, until);
            case 2 -> frame.insert(at, frame.substring(at, until));
            case 3 -> frame.setLength(Math.max(1, at));
            default -> frame.replace(at, until, PIECES[random.nextInt(PIECES.length)]);
        }
    }
}
