package io.massivepipeline.job;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The layers of the job, as the folders show them: each knows only those below it. */
@AnalyzeClasses(
        packages = "io.massivepipeline",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JOB = "io.massivepipeline.job";

    @ArchTest
    static final ArchRule SOURCES_KNOW_NO_SINK_AND_NO_JOB =
            noClasses()
                    .that()
                    .resideInAPackage("io.massivepipeline.sources..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.massivepipeline.sinks..", JOB + "..");

    @ArchTest
    static final ArchRule SINKS_KNOW_NO_TRADES =
            noClasses()
                    .that()
                    .resideInAPackage("io.massivepipeline.sinks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.massivepipeline.sources..", JOB + "..");

    @ArchTest
    static final ArchRule NOTHING_THAT_IS_SUBMITTED_KNOWS_THE_FIXTURES =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.massivepipeline.sources..",
                            "io.massivepipeline.sinks..",
                            JOB + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.massivepipeline.fixtures..");

    @ArchTest
    static final ArchRule STRUCTURE_KNOWS_NOTHING_ABOVE_IT =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + ".structure")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            JOB,
                            JOB + ".analytics",
                            JOB + ".snapshot",
                            JOB + ".output",
                            JOB + ".report",
                            "io.massivepipeline.sinks..");

    @ArchTest
    static final ArchRule ANALYTICS_KNOW_NOTHING_ABOVE_THEM =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + ".analytics")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            JOB,
                            JOB + ".snapshot",
                            JOB + ".output",
                            JOB + ".report",
                            "io.massivepipeline.sinks..");

    @ArchTest
    static final ArchRule SNAPSHOTS_KNOW_NOTHING_ABOVE_THEM =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + ".snapshot")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            JOB, JOB + ".output", JOB + ".report", "io.massivepipeline.sinks..");

    @ArchTest
    static final ArchRule CONTEXT_KNOWS_NOTHING_ABOVE_IT =
            noClasses()
                    .that()
                    .resideInAPackage(JOB + ".context")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            JOB,
                            JOB + ".analytics",
                            JOB + ".snapshot",
                            JOB + ".output",
                            JOB + ".report",
                            JOB + ".subscription",
                            "io.massivepipeline.sinks..");

    @ArchTest
    static final ArchRule ONLY_OUTPUT_KNOWS_WHAT_IS_WRITTEN =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(JOB + ".output", "io.massivepipeline.sinks..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(io.massivepipeline.sinks.redis.RedisWrite.class);

    @ArchTest
    static final ArchRule NO_PACKAGE_NEEDS_ONE_THAT_NEEDS_IT =
            slices().matching(JOB + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TIME_IS_GIVEN_TO_THE_LOGIC_NOT_READ_BY_IT =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            JOB + ".structure",
                            JOB + ".context",
                            JOB + ".analytics",
                            JOB + ".snapshot",
                            JOB + ".output",
                            JOB + ".subscription")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule NO_STATE_IS_STATIC = fields().that().areStatic().should().beFinal();
}
