package io.massivepipeline.sources;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Clock;
import java.time.Instant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom in this module. */
@AnalyzeClasses(
        packages = "io.massivepipeline.sources",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.massivepipeline.sources";

    @ArchTest
    static final ArchRule SOURCES_KNOW_NOTHING_OF_REDIS_OR_THE_JOB =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.massivepipeline.job..",
                            "io.massivepipeline.sinks..",
                            "io.massivepipeline.fixtures..",
                            "io.lettuce..");

    @ArchTest
    static final ArchRule A_FEED_KNOWS_ONLY_HOW_IT_TRAVELS =
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".feed")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + ".feed",
                            "java..",
                            "org.apache.flink.api.common.typeinfo",
                            "org.apache.flink.api.common.typeutils..",
                            "org.apache.flink.api.common.serialization",
                            "org.apache.flink.core.memory");

    @ArchTest
    static final ArchRule A_TRADE_KNOWS_ONLY_HOW_IT_TRAVELS =
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".trade")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + ".trade",
                            "java..",
                            "org.apache.flink.api.common.typeinfo",
                            "org.apache.flink.api.common.typeutils..",
                            "org.apache.flink.api.common.serialization",
                            "org.apache.flink.core.memory");

    @ArchTest
    static final ArchRule THE_PARSER_KNOWS_NO_FLINK =
            classes()
                    .that()
                    .resideInAPackage(ROOT + ".wire")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + ".wire",
                            ROOT + ".feed",
                            ROOT + ".trade",
                            "java..",
                            "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule A_REPLAY_KNOWS_NO_TRADES =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".replay")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + ".trade", ROOT + ".wire", ROOT + ".live..");

    @ArchTest
    static final ArchRule WHAT_IS_READ_NEVER_DEPENDS_ON_THE_TIME_OF_DAY =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + ".feed", ROOT + ".trade", ROOT + ".wire", ROOT + ".replay")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC");
}
