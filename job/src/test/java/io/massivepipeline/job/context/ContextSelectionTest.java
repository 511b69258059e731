package io.massivepipeline.job.context;

import io.massivepipeline.job.oracle.SelectionOracle;
import io.massivepipeline.sources.poll.ContextAnswer;
import io.massivepipeline.sources.poll.chain.ChainContract;
import io.massivepipeline.sources.poll.spot.SpotPoll;
import io.massivepipeline.sources.poll.spot.SpotPrice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.massivepipeline.job.context.TestContext.index;
import static io.massivepipeline.job.context.TestContext.price;
import static org.assertj.core.api.Assertions.assertThat;

class ContextSelectionTest {

    /** Monday, 15:00 in New York. */
    private static final long T = Instant.parse("2025-12-22T20:00:00Z").toEpochMilli();

    private static final int TUESDAY = 20251223;
    private static final int WEDNESDAY = 20251224;

    /** At a VIX of 15.8745 a day is one per cent, so that the range is two of spot. */
    private static final String ONE_PERCENT_A_DAY = "15.8745";

    private final ContextSelection selection = selection(5);

    private static ContextSelection selection(int expirations) {
        return new ContextSelection(
                Set.of("SPX", "NDX", "SPY"), expirations, 2.0, SelectionState.NONE);
    }

    private static ContextAnswer prices(long at, SpotPrice... prices) {
        return ContextAnswer.of(new SpotPoll(at, List.of(prices)));
    }

    private static List<ChainContext> contexts(SelectionStep step) {
        return step.updates().stream()
                .filter(update -> update.chain() != null)
                .map(ContextUpdate::chain)
                .toList();
    }

    private static List<String> spots(SelectionStep step) {
        return step.updates().stream()
                .filter(update -> update.spot() != null)
                .map(update -> update.spot().price().symbol())
                .toList();
    }

    private static List<String> streams(SelectionStep step) {
        return contexts(step).stream().map(context -> context.stream().text()).toList();
    }

    private ChainContext only(SelectionStep step) {
        assertThat(contexts(step)).hasSize(1);
        return contexts(step).get(0);
    }

    @Test
    void nothingIsSelectedBeforeSpotAndChainHaveMet() {
        ContextAnswer chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6700, 7000, 5).at(T);

        SelectionStep first = selection.take(chain);
        assertThat(first.updates()).isEmpty();
        assertThat(first.selections()).isEmpty();

        SelectionStep second = selection.take(prices(T + 400, index("SPX", "6878.49")));
        assertThat(spots(second)).containsExactly("SPX");
        assertThat(only(second).at()).isEqualTo(T + 400);
        assertThat(only(second).polledAt()).isEqualTo(T);
        assertThat(streams(second)).containsExactly("SPX:20251223");
    }

    @Test
    void theWindowIsDeviationsAroundTheListedStrikeNearestToSpot() {
        selection.take(prices(T, index("SPX", "6878.49"), index("VIX", "14.1")));

        ChainContext context =
                only(
                        selection.take(
                                TestChain.of("SPX")
                                        .strikes("SPXW", TUESDAY, 6600, 7100, 5)
                                        .at(T + 1)));

        // 2 * 6878.49 * 0.141 * sqrt(1 / 252) = 122.19
        assertThat(context.atm()).isEqualTo(6_880_000);
        assertThat(context.rangePoints()).isEqualTo(122);
        assertThat(context.strikeMin()).isEqualTo(6_760_000);
        assertThat(context.strikeMax()).isEqualTo(7_000_000);
        assertThat(context.strikeStep()).isEqualTo(5_000);
        assertThat(context.dteDays()).isEqualTo(1);
        assertThat(context.dteIndex()).isZero();
        assertThat(context.contracts())
                .hasSize(2 * 49)
                .extracting(ChainContract::ticker)
                .startsWith("O:SPXW251223C06760000", "O:SPXW251223P06760000")
                .endsWith("O:SPXW251223C07000000", "O:SPXW251223P07000000");
    }

    @ParameterizedTest
    @CsvSource({
        "6877.49, 6875",
        "6877.5, 6875",
        "6877.51, 6880",
        "6880, 6880",
        "6599, 6600",
        "7200, 7100",
        "6877.5000001, 6880"
    })
    void ofTwoStrikesAsNearTheLowerIsAtTheMoney(String spot, long atm) {
        selection.take(prices(T, index("SPX", spot)));

        ChainContext context =
                only(
                        selection.take(
                                TestChain.of("SPX")
                                        .strikes("SPXW", TUESDAY, 6600, 7100, 5)
                                        .at(T + 1)));

        assertThat(context.atm()).isEqualTo(atm * 1000);
    }

    @Test
    void onAThirdFridayBothRootsAreOneExpiry() {
        // Given SPX, which settles at the open, every 25 points and SPXW every 5
        int thirdFriday = 20260116;
        TestChain chain =
                TestChain.of("SPX")
                        .strikes("SPX", thirdFriday, 6700, 7050, 25)
                        .strikes("SPXW", thirdFriday, 6705, 7050, 5);
        long at = Instant.parse("2026-01-15T15:00:00Z").toEpochMilli();
        selection.take(prices(at, index("SPX", "6703"), index("VIX", "14.1")));

        ChainContext context = only(selection.take(chain.at(at)));

        // Then the money is at a strike that only the monthly has
        assertThat(context.atm()).isEqualTo(6_705_000);
        assertThat(SelectionOracle.of(context))
                .isEqualTo(SelectionOracle.of(chain.poll(at), thirdFriday, 6703, 14.1, 2.0, at));
        assertThat(context.contracts())
                .extracting(ChainContract::ticker)
                .startsWith(
                        "O:SPX260116C06700000",
                        "O:SPX260116P06700000",
                        "O:SPXW260116C06705000",
                        "O:SPXW260116P06705000")
                .containsSubsequence(
                        "O:SPX260116C06750000",
                        "O:SPX260116P06750000",
                        "O:SPXW260116C06750000",
                        "O:SPXW260116P06750000");
        assertThat(context.strikeStep()).isEqualTo(5_000);
    }

    @Test
    void strikesOfNdxMayBeTenOrAHundredApart() {
        TestChain chain =
                TestChain.of("NDX")
                        .strikes("NDXP", TUESDAY, 25_000, 25_900, 10)
                        .strikes("NDX", WEDNESDAY, 24_000, 27_000, 100);
        selection.take(prices(T, index("NDX", "25463.27"), index("VIX", "14.1")));

        List<ChainContext> contexts = contexts(selection.take(chain.at(T)));

        assertThat(contexts)
                .extracting(ChainContext::strikeStep)
                .containsExactly(10_000L, 100_000L);
        assertThat(contexts)
                .extracting(ChainContext::atm)
                .containsExactly(25_460_000L, 25_500_000L);
        assertThat(contexts)
                .extracting(SelectionOracle::of)
                .containsExactly(
                        SelectionOracle.of(chain.poll(T), TUESDAY, 25463.27, 14.1, 2.0, T),
                        SelectionOracle.of(chain.poll(T), WEDNESDAY, 25463.27, 14.1, 2.0, T));
    }

    @Test
    void strikesOfSpyMayBeHalfDollars() {
        TestChain chain = TestChain.of("SPY");
        for (double strike = 660; strike <= 710; strike += 0.5) {
            chain.strike("SPY", TUESDAY, strike);
        }
        selection.take(prices(T, price("SPY", "685.74", 1_000L, T), index("VIX", "14.1")));

        ChainContext context = only(selection.take(chain.at(T)));

        assertThat(context.atm()).isEqualTo(685_500);
        assertThat(context.strikeStep()).isEqualTo(500);
        assertThat(SelectionOracle.of(context))
                .isEqualTo(SelectionOracle.of(chain.poll(T), TUESDAY, 685.74, 14.1, 2.0, T));
    }

    @Test
    void ofDistancesAsFrequentTheSmallestIsTheStep() {
        selection.take(prices(T, index("SPX", "6880")));
        TestChain chain = TestChain.of("SPX");
        for (int strike : new int[] {6870, 6880, 6885, 6890, 6900}) {
            chain.strike("SPXW", TUESDAY, strike);
        }

        assertThat(only(selection.take(chain.at(T))).strikeStep()).isEqualTo(5_000);
    }

    @Test
    void aSingleStrikeHasNoStep() {
        selection.take(prices(T, index("SPX", "6880")));

        ChainContext context =
                only(selection.take(TestChain.of("SPX").strike("SPXW", TUESDAY, 6000).at(T)));

        assertThat(context.strikeStep()).isZero();
        assertThat(context.contracts()).hasSize(2);
    }

    @Test
    void withoutAVixTheRangeIsThreePercent() {
        TestChain chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6500, 7300, 5);
        selection.take(prices(T, index("SPX", "6880")));
        assertThat(only(selection.take(chain.at(T))).rangePoints()).isEqualTo(206);

        // When it comes, the window is selected anew; when an answer lacks it, it stays
        SelectionStep step = selection.take(prices(T + 1, index("VIX", ONE_PERCENT_A_DAY)));
        assertThat(only(step).rangePoints()).isEqualTo(138);
        assertThat(spots(step)).containsExactly("VIX");
        assertThat(contexts(selection.take(prices(T + 2, index("SPX", "6880.5"))))).isEmpty();
    }

    @Test
    void theFirstListedExpiriesAreSelected() {
        ContextSelection two = selection(2);
        two.take(prices(T, index("SPX", "6880")));
        TestChain chain =
                TestChain.of("SPX")
                        .strikes("SPXW", 20251222, 6800, 6900, 5)
                        .expiry(TUESDAY)
                        .strikes("SPXW", WEDNESDAY, 6800, 6900, 5)
                        .strikes("SPXW", 20251226, 6800, 6900, 5);

        assertThat(contexts(two.take(chain.at(T))))
                .extracting(ChainContext::stream)
                .extracting(stream -> stream.text())
                .containsExactly("SPX:20251222", "SPX:20251224");
        assertThat(contexts(two.take(chain.at(T + 1))))
                .extracting(ChainContext::dteIndex)
                .containsExactly(0, 2);
    }

    @Test
    void aTickIsNoNewSelectionUntilAnotherStrikeIsAtTheMoney() {
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        selection.take(TestChain.of("SPX").strikes("SPXW", TUESDAY, 6500, 7300, 5).at(T));

        SelectionStep tick = selection.take(prices(T + 1_000, index("SPX", "6881.2")));
        assertThat(contexts(tick)).isEmpty();
        assertThat(tick.selections()).isEmpty();
        assertThat(spots(tick)).containsExactly("SPX");

        SelectionStep move = selection.take(prices(T + 2_000, index("SPX", "6882.6")));
        ChainContext context = only(move);
        assertThat(context.atm()).isEqualTo(6_885_000);
        assertThat(context.spot()).isEqualTo("6882.6");
        assertThat(context.at()).isEqualTo(T + 2_000);
        assertThat(context.polledAt()).isEqualTo(T);
        assertThat(move.selections().get(0).expiries().get(0).contractsChanged()).isTrue();
    }

    @Test
    void spotMayWalkOutOfAllThatIsListed() {
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        selection.take(TestChain.of("SPX").strikes("SPXW", TUESDAY, 6760, 7000, 5).at(T));

        ChainContext context = only(selection.take(prices(T + 1, index("SPX", "7300"))));

        assertThat(context.atm()).isEqualTo(7_000_000);
        assertThat(context.strikeMin()).isEqualTo(6_870_000);
        assertThat(context.contracts()).hasSize(2 * 27);
    }

    @Test
    void aStrikeThatVanishesIsGoneWithTheNextChain() {
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        TestChain all = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6860, 6900, 5);
        selection.take(all.at(T));

        // When the strike at the money is not listed any more
        TestChain without =
                TestChain.of("SPX")
                        .strikes("SPXW", TUESDAY, 6860, 6875, 5)
                        .strikes("SPXW", TUESDAY, 6885, 6900, 5);
        SelectionStep step = selection.take(without.at(T + 10_000));

        assertThat(only(step).atm()).isEqualTo(6_875_000);
        assertThat(only(step).contracts()).hasSize(16);
        assertThat(step.selections().get(0).expiries().get(0).contractsChanged()).isTrue();
    }

    @Test
    void quotesAloneChangeNoContracts() {
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        TestChain chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6860, 6900, 5);
        ChainSelection first = selection.take(chain.at(T)).selections().get(0);
        ChainSelection second = selection.take(chain.at(T + 10_000)).selections().get(0);

        assertThat(first.expiries().get(0).contractsChanged()).isTrue();
        assertThat(first.index()).isEqualTo(Map.of("SPX:20251223", 20251222));
        assertThat(second.expiries().get(0).contractsChanged()).isFalse();
        assertThat(second.expiries().get(0).context().at()).isEqualTo(T + 10_000);
        assertThat(second.index()).isNull();
    }

    @Test
    void anExpiryRollsOver() {
        // Given today's expiry and tomorrow's, of which a third is not selected
        ContextSelection two = selection(2);
        long close = OffsetDateTime.parse("2025-12-22T16:00:00-05:00").toInstant().toEpochMilli();
        two.take(prices(close - 1_000, index("SPX", "6880")));
        TestChain before =
                TestChain.of("SPX")
                        .strikes("SPXW", 20251222, 6800, 6900, 5)
                        .strikes("SPXW", TUESDAY, 6800, 6900, 5)
                        .strikes("SPXW", WEDNESDAY, 6800, 6900, 5);
        assertThat(streams(two.take(before.at(close - 1_000))))
                .containsExactly("SPX:20251222", "SPX:20251223");

        // When today's is not listed any more
        TestChain after =
                TestChain.of("SPX")
                        .strikes("SPXW", TUESDAY, 6800, 6900, 5)
                        .strikes("SPXW", WEDNESDAY, 6800, 6900, 5);
        SelectionStep step = two.take(after.at(close + 9_000));

        // Then the third is selected, places move up, and today's is forgotten
        assertThat(contexts(step))
                .extracting(context -> context.stream().text() + " " + context.dteIndex())
                .containsExactly("SPX:20251223 0", "SPX:20251224 1");
        assertThat(two.state().selections()).containsOnlyKeys("SPX:20251223", "SPX:20251224");

        // And what was selected today stays in the index until the trade date is over
        assertThat(step.selections().get(0).index())
                .isEqualTo(
                        Map.of(
                                "SPX:20251222", 20251222,
                                "SPX:20251223", 20251222,
                                "SPX:20251224", 20251222));
    }

    @Test
    void theIndexStartsAnewWithTheFirstChainOfATradeDate() {
        long evening = OffsetDateTime.parse("2025-12-22T20:00:00-05:00").toInstant().toEpochMilli();
        TestChain chain =
                TestChain.of("SPX")
                        .strikes("SPXW", TUESDAY, 6800, 6900, 5)
                        .strikes("SPXW", WEDNESDAY, 6800, 6900, 5);
        selection.take(prices(T, index("SPX", "6880"), index("NDX", "25460")));
        selection.take(chain.at(T));
        selection.take(TestChain.of("NDX").strikes("NDXP", TUESDAY, 25000, 26000, 10).at(T));

        // A price alone must not make a day of what was listed and quoted the day before
        SelectionStep tick = selection.take(prices(evening, index("SPX", "6886")));
        assertThat(spots(tick)).containsExactly("SPX");
        assertThat(tick.selections()).isEmpty();

        SelectionStep step = selection.take(chain.at(evening + 4_000));
        assertThat(step.selections().get(0).index())
                .isEqualTo(Map.of("SPX:20251223", 20251223, "SPX:20251224", 20251223));
        assertThat(contexts(step)).extracting(ChainContext::dteDays).containsExactly(1, 2);
    }

    @Test
    void anExpiryWhoseDateIsOverIsNotSelectedEvenIfTheChainIsOld() {
        long midnight =
                OffsetDateTime.parse("2025-12-24T00:00:00-05:00").toInstant().toEpochMilli();
        selection.take(prices(midnight - 1_000, index("SPX", "6880")));
        selection.take(
                TestChain.of("SPX")
                        .strikes("SPXW", TUESDAY, 6800, 6900, 5)
                        .strikes("SPXW", WEDNESDAY, 6800, 6900, 5)
                        .at(midnight - 900));

        SelectionStep step = selection.take(prices(midnight, index("SPX", "6840")));

        assertThat(contexts(step))
                .extracting(context -> context.stream().text() + " " + context.dteDays())
                .containsExactly("SPX:20251224 0");
        assertThat(selection.state().selections()).containsOnlyKeys("SPX:20251224");
    }

    @Test
    void whatWasToldOnAnEarlierTradeDateIsNoPrice() {
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        long tomorrow = T + 86_400_000;
        TestChain chain = TestChain.of("SPX").strikes("SPXW", WEDNESDAY, 6500, 7300, 5);

        assertThat(selection.take(chain.at(tomorrow)).updates()).isEmpty();

        SelectionStep step = selection.take(prices(tomorrow + 1, index("SPX", "6880")));
        assertThat(spots(step)).as("the price is no news").isEmpty();
        assertThat(only(step).rangePoints()).as("no VIX of today").isEqualTo(206);
    }

    @Test
    void aChainThatCameBeforeThePriceOfTheDayIsSelectedWithIt() {
        TestChain chain = TestChain.of("SPX").strikes("SPXW", WEDNESDAY, 6800, 6900, 5);
        selection.take(prices(T, index("SPX", "6880")));
        selection.take(chain.at(T));
        long tomorrow = T + 86_400_000;
        assertThat(selection.take(chain.at(tomorrow)).updates()).isEmpty();

        ChainContext context = only(selection.take(prices(tomorrow + 1, index("SPX", "6880"))));

        assertThat(context.polledAt()).isEqualTo(tomorrow);
        assertThat(context.atm()).as("as the day before").isEqualTo(6_880_000);
    }

    @Test
    void aPriceIsNewsIfValueOrVolumeChanged() {
        assertThat(spots(selection.take(prices(T, price("SPY", "685.8", 10L, T)))))
                .containsExactly("SPY");
        assertThat(spots(selection.take(prices(T + 1, price("SPY", "685.80", 10L, T + 1)))))
                .isEmpty();
        assertThat(spots(selection.take(prices(T + 2, price("SPY", "685.8", 11L, T + 2)))))
                .containsExactly("SPY");
        assertThat(spots(selection.take(prices(T + 3, price("SPY", "685.81", 11L, T + 3)))))
                .containsExactly("SPY");
    }

    @Test
    void chainsOfOthersArePassedOver() {
        selection.take(prices(T, index("RUT", "2500")));

        SelectionStep step =
                selection.take(TestChain.of("RUT").strikes("RUTW", TUESDAY, 2400, 2600, 5).at(T));

        assertThat(step.updates()).isEmpty();
        assertThat(selection.state().chains()).isEmpty();
    }

    @Test
    void contextTimeNeverGoesBack() {
        // Given a clock that is set back by an hour
        selection.take(prices(T, index("SPX", "6880"), index("VIX", "14.1")));
        TestChain chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6800, 6900, 5);
        selection.take(chain.at(T + 10));
        long back = T - 3_600_000;

        // Then each step comes after the one before all the same, and nothing is lost
        SelectionStep price = selection.take(prices(back, index("SPX", "6886")));
        assertThat(price.updates()).extracting(ContextUpdate::at).containsOnly(T + 11);
        assertThat(only(price).atm()).isEqualTo(6_885_000);
        assertThat(only(selection.take(chain.at(back + 10_000))).at()).isEqualTo(T + 12);

        // And once the clock is there again, its time counts
        assertThat(only(selection.take(chain.at(T + 5_000))).at()).isEqualTo(T + 5_000);
    }

    @Test
    void answersThatCameTogetherCountFromTheSameTime() {
        selection.take(prices(T, index("SPX", "6880")));

        ChainContext context =
                only(
                        selection.take(
                                TestChain.of("SPX").strikes("SPXW", TUESDAY, 6800, 6900, 5).at(T)));

        assertThat(context.at()).isEqualTo(T);
    }

    @Test
    void afterARestartEverythingIsPublishedOnce() {
        TestChain chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6800, 6900, 5);
        selection.take(prices(T, index("SPX", "6880")));
        selection.take(chain.at(T));
        ContextSelection restored = new ContextSelection(Set.of("SPX"), 5, 2.0, selection.state());

        // What the pollers repeat is known
        assertThat(restored.take(prices(T, index("SPX", "6880"))).updates()).isEmpty();
        assertThat(restored.take(chain.at(T)).updates()).isEmpty();

        // But nobody knows what became of what was published
        ChainSelection first = restored.take(chain.at(T + 10_000)).selections().get(0);
        assertThat(first.expiries().get(0).contractsChanged()).isTrue();
        assertThat(first.index()).isEqualTo(Map.of("SPX:20251223", 20251222));
        ChainSelection second = restored.take(chain.at(T + 20_000)).selections().get(0);
        assertThat(second.expiries().get(0).contractsChanged()).isFalse();
        assertThat(second.index()).isNull();
    }

    @Test
    void underlyingsThatAreConfiguredNoMoreAreForgotten() {
        TestChain chain = TestChain.of("SPX").strikes("SPXW", TUESDAY, 6800, 6900, 5);
        selection.take(prices(T, index("SPX", "6880"), index("NDX", "25460")));
        selection.take(chain.at(T));
        selection.take(TestChain.of("NDX").strikes("NDXP", TUESDAY, 25000, 26000, 10).at(T));

        ContextSelection restored = new ContextSelection(Set.of("SPX"), 5, 2.0, selection.state());

        assertThat(restored.state().chains()).containsOnlyKeys("SPX");
        assertThat(restored.state().selections()).containsOnlyKeys("SPX:20251223");
        assertThat(restored.take(chain.at(T + 1)).selections().get(0).index())
                .containsOnlyKeys("SPX:20251223");
    }
}
