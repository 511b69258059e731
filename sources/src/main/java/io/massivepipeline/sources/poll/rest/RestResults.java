package io.massivepipeline.sources.poll.rest;

import java.util.List;

/**
 * All results of a request.
 *
 * @param items what was made of them
 * @param onLastPage how many results the last page had
 */
public record RestResults<T>(List<T> items, int onLastPage) {

    /**
     * Whether more may have been meant to follow: the last page is as full as a page can be, or has
     * nothing at all on it. Seldom a list really ends so.
     *
     * @param limit of results on a page
     */
    public boolean mayBeCutOff(int limit) {
        return onLastPage % limit == 0;
    }
}
