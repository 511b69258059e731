package io.massivepipeline.job;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompilerAdviceTest {

    @Test
    void isTakenByTheJvmThatTheBuildRunsOn() {
        assertThat(CompilerAdvice.give()).isTrue();
    }
}
