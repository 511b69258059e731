package io.massivepipeline.sources.trade;

/**
 * What a trade's conditions say about it. The ids are those of the provider's list of options
 * conditions (OPRA's message types): 201, 203, 205 and 207 cancel a trade that was reported before;
 * 202, 204 and 206 report one late.
 */
public enum TradeReport {
    REGULAR("regular"),
    LATE("late"),
    CANCEL("cancel");

    private final String text;

    TradeReport(String text) {
        this.text = text;
    }

    /** As it is written into the trade stream. */
    public String text() {
        return text;
    }

    /** A cancel among the conditions outweighs a late report. */
    static TradeReport of(int[] conditions) {
        TradeReport report = REGULAR;
        for (int condition : conditions) {
            switch (condition) {
                case 201, 203, 205, 207 -> {
                    return CANCEL;
                }
                case 202, 204, 206 -> report = LATE;
                default -> {}
            }
        }
        return report;
    }
}
