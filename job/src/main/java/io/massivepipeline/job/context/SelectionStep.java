package io.massivepipeline.job.context;

import java.util.ArrayList;
import java.util.List;

/**
 * What an answer leads to.
 *
 * @param updates to be broadcast, in order
 * @param selections to be published, by underlying
 */
record SelectionStep(List<ContextUpdate> updates, List<ChainSelection> selections) {

    /** Collects it. */
    static final class Builder {

        private final List<ContextUpdate> updates = new ArrayList<>();
        private final List<ChainSelection> selections = new ArrayList<>();

        void spot(Spot spot) {
            updates.add(ContextUpdate.of(spot));
        }

        void selected(ChainSelection selection) {
            for (ExpirySelection expiry : selection.expiries()) {
                updates.add(ContextUpdate.of(expiry.context()));
            }
            if (!selection.expiries().isEmpty()) {
                selections.add(selection);
            }
        }

        SelectionStep build() {
            return new SelectionStep(updates, selections);
        }
    }
}
