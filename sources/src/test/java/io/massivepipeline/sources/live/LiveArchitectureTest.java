package io.massivepipeline.sources.live;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom in the live feed. */
@AnalyzeClasses(
        packages = "io.massivepipeline.sources.live",
        importOptions = ImportOption.DoNotIncludeTests.class)
class LiveArchitectureTest {

    @ArchTest
    static final ArchRule THE_PROTOCOL_IS_PURE =
            noClasses()
                    .that()
                    .resideInAPackage("..live.protocol..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..live",
                            "..live.socket..",
                            "..live.journal..",
                            "org.apache.flink..",
                            "java.net..",
                            "java.util.concurrent..");

    @ArchTest
    static final ArchRule THE_PROTOCOL_HAS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage("..live.protocol..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule THE_SOCKET_KNOWS_NO_PROTOCOL =
            noClasses()
                    .that()
                    .resideInAPackage("..live.socket..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..live",
                            "..live.protocol..",
                            "..live.journal..",
                            "org.apache.flink..",
                            "..sources.feed..");

    @ArchTest
    static final ArchRule THE_JOURNAL_KNOWS_NO_FLINK =
            noClasses()
                    .that()
                    .resideInAPackage("..live.journal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..live", "..live.protocol..", "..live.socket..", "org.apache.flink..");
}
