package io.massivepipeline.sources.live.protocol;

/**
 * What the provider says about the connection.
 *
 * @param status {@code connected}, {@code auth_success}, {@code success}, {@code error}, ...
 * @param message for people, though acknowledgements can only be told by it; empty if absent
 */
public record StatusMessage(String status, String message) {}
