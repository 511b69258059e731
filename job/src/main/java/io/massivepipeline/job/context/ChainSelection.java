package io.massivepipeline.job.context;

import java.util.List;
import java.util.Map;

/**
 * What an answer leads to, of one underlying, as it is to be published.
 *
 * @param expiries what is selected anew
 * @param index all expiries with contracts to subscribe to, to the trade date on which they were
 *     last selected ({@code SPX:20251223} to {@code 20251222}); null if that is as before
 */
public record ChainSelection(List<ExpirySelection> expiries, Map<String, Integer> index) {}
