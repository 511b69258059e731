package io.massivepipeline.job;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class CompilerAdviceTest {

    /** What is not Java's own, which may differ from one Java to the next. */
    private static final Pattern NAMED = Pattern.compile("\"-?((?:io|org)/[^\".]+)\\.([^\"]+)\"");

    private static final List<String> CLASSES = ClassPath.names();

    @Test
    void isTakenByTheJvmThatTheBuildRunsOn() {
        assertThat(CompilerAdvice.give()).isTrue();
    }

    /** The JVM says nothing of advice on what there is not, such as a method with a new name. */
    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("named")
    void isAboutWhatThereIs(String classes, String methods) {
        Pattern named = glob(classes);
        List<String> found = CLASSES.stream().filter(it -> named.matcher(it).matches()).toList();

        assertThat(found).isNotEmpty();
        assertThat(methods.equals("*") || found.stream().anyMatch(it -> has(it, methods))).isTrue();
    }

    static List<Object[]> named() throws IOException {
        try (InputStream directives =
                CompilerAdvice.class.getResourceAsStream("compiler-directives.json")) {
            String text = new String(directives.readAllBytes(), StandardCharsets.UTF_8);
            return NAMED.matcher(text)
                    .results()
                    .map((MatchResult name) -> new Object[] {name.group(1), name.group(2)})
                    .toList();
        }
    }

    private static boolean has(String name, String methods) {
        Pattern named = glob(methods);
        try {
            Class<?> declaring =
                    Class.forName(
                            name.replace('/', '.'), false, CompilerAdvice.class.getClassLoader());
            return Arrays.stream(declaring.getDeclaredMethods())
                    .map(Method::getName)
                    .anyMatch(it -> named.matcher(it).matches());
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile(("\\Q" + text + "\\E").replace("*", "\\E.*\\Q"));
    }
}
