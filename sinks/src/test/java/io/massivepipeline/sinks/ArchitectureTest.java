package io.massivepipeline.sinks;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The sink stands alone, and its rooms know only those below them. */
@AnalyzeClasses(packages = "io.massivepipeline.sinks", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.massivepipeline.sources..",
                            "io.massivepipeline.job..",
                            "io.massivepipeline.fixtures..");

    @ArchTest
    static final ArchRule RETRIES_KNOW_NEITHER_FLINK_NOR_WRITES =
            noClasses()
                    .that()
                    .resideInAPackage("..redis.retry..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..", "..redis.writer..", "..redis.script..");

    @ArchTest
    static final ArchRule SCRIPTS_KNOW_NEITHER_FLINK_NOR_CONNECTIONS =
            noClasses()
                    .that()
                    .resideInAPackage("..redis.script..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..redis.writer..", "..redis.connection..", "io.lettuce..");

    @ArchTest
    static final ArchRule NOTHING_IS_KEPT_IN_STATIC_FIELDS =
            fields().that().areStatic().should().beFinal();
}
