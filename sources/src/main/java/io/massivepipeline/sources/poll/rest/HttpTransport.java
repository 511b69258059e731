package io.massivepipeline.sources.poll.rest;

import io.massivepipeline.sources.poll.rest.RestException.Kind;

import javax.net.ssl.SSLHandshakeException;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * One attempt of one request: it ends in time, whole, or not at all. Redirects are not followed:
 * the key would go with them. Certificates and host names of {@code https} are verified by what the
 * JVM trusts ({@code javax.net.ssl.trustStore}). The only class that knows the key.
 */
final class HttpTransport implements Closeable {

    /** A page of 250 contracts has 200 kB. */
    private static final int MAX_BYTES = 32 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(HttpTransport::thread);
    private final HttpClient client;
    private final String key;
    private final Duration timeout;

    HttpTransport(String key, Duration timeout) {
        this.key = key;
        this.timeout = timeout;
        this.client =
                HttpClient.newBuilder()
                        .executor(threads)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "massive-rest");
        thread.setDaemon(true);
        return thread;
    }

    /** A thread that is interrupted while it waits gives the request up. */
    HttpResponse<byte[]> send(URI uri) throws RestException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "application/json")
                        .header("Accept-Encoding", "gzip")
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
        try {
            // The time-out of HttpRequest ends with the head of the answer, this one with its end.
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new RestException(
                    Kind.TIMEOUT, "no whole answer within " + timeout.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            throw noAnswer(uri, failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private RestException noAnswer(URI uri, Throwable cause) {
        if (cause instanceof SSLHandshakeException refused) {
            String what =
                    refused.getCause() instanceof CertificateException
                            ? "the certificate of %s is not accepted"
                            : "no secure connection with %s";
            return new RestException(
                    Kind.UNTRUSTED,
                    what.formatted(uri.getAuthority())
                            + ": "
                            + redacted(String.valueOf(refused.getMessage())),
                    refused);
        }
        return new RestException(Kind.NETWORK, redacted(cause.toString()), cause);
    }

    /** The bytes of an answer, unpacked if they are packed. */
    static byte[] content(HttpResponse<byte[]> answer) throws RestException {
        boolean packed =
                answer.headers()
                        .firstValue("Content-Encoding")
                        .filter(encoding -> encoding.strip().equalsIgnoreCase("gzip"))
                        .isPresent();
        if (!packed) {
            return answer.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new RestException(
                        Kind.MALFORMED, "an answer of more than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (RestException tooLarge) {
            throw tooLarge;
        } catch (IOException broken) {
            throw new RestException(Kind.MALFORMED, "broken gzip: " + broken.getMessage(), broken);
        }
    }

    /** A text of others on one line and without the key, should they have repeated it. */
    String redacted(String text) {
        return text.replace(key, "***").replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
