package io.massivepipeline.sources.poll;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom among those that ask. */
@AnalyzeClasses(
        packages = "io.massivepipeline.sources",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PollArchitectureTest {

    @ArchTest
    static final ArchRule POLLERS_KNOW_NO_FEED_BUT_CAPTURED_CONTEXT =
            noClasses()
                    .that()
                    .resideInAPackage("..sources.poll..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..sources.live..", "..sources.replay..", "..sources.wire..");

    @ArchTest
    static final ArchRule A_REQUEST_KNOWS_NOT_WHAT_IT_IS_FOR =
            noClasses()
                    .that()
                    .resideInAnyPackage("..poll.rest..", "..poll.json..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..poll.spot..",
                            "..poll.chain..",
                            "..poll.capture..",
                            "org.apache.flink..");

    @ArchTest
    static final ArchRule ONLY_REQUESTS_GO_OUT =
            noClasses()
                    .that()
                    .resideInAPackage("..sources.poll..")
                    .and()
                    .resideOutsideOfPackage("..poll.rest..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net..");
}
