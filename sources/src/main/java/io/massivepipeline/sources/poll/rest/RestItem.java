package io.massivepipeline.sources.poll.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes something of one result of an answer. */
@FunctionalInterface
public interface RestItem<T> {

    /**
     * @return null to leave the result out
     * @throws RestException if the answer cannot be what was asked for
     */
    T read(JsonNode result) throws RestException;
}
