package io.massivepipeline.job.context;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an answer leads to.
 *
 * @param updates to be broadcast, in order
 * @param changed the underlyings and expiries that they concern
 * @param selections to be published, by underlying
 */
record SelectionStep(
        List<ContextUpdate> updates,
        List<ContextChanged> changed,
        List<ChainSelection> selections) {

    /** Collects it. */
    static final class Builder {

        private final long at;
        private final List<ContextUpdate> updates = new ArrayList<>();
        private final Set<ContextChanged> changed = new LinkedHashSet<>();
        private final List<ChainSelection> selections = new ArrayList<>();

        /**
         * @param at context time of the answer, Unix milliseconds
         */
        Builder(long at) {
            this.at = at;
        }

        /** A price is news to the expiries that are selected. */
        void spot(Spot spot, Iterable<ChainContext> concerned) {
            updates.add(ContextUpdate.of(spot));
            concerned.forEach(this::changed);
        }

        void selected(ChainSelection selection) {
            for (ExpirySelection expiry : selection.expiries()) {
                updates.add(ContextUpdate.of(expiry.context()));
                changed(expiry.context());
            }
            if (!selection.expiries().isEmpty()) {
                selections.add(selection);
            }
        }

        private void changed(ChainContext context) {
            changed.add(new ContextChanged(context.stream(), at));
        }

        SelectionStep build() {
            return new SelectionStep(updates, List.copyOf(changed), selections);
        }
    }
}
