package io.massivepipeline.sinks.redis.connection;

import io.lettuce.core.protocol.CommandEncoder;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The client's logging, but for one thing: at level TRACE its encoder logs every command as it is
 * sent, and one of them is {@code AUTH} with the password. That is never logged, however the levels
 * are set.
 */
final class QuietLogging extends Slf4JLoggerFactory {

    // The one constructor there is; meant for those who extend it.
    @SuppressWarnings("deprecation")
    private QuietLogging() {}

    /** To be called before the first connection of the process. */
    static void install() {
        InternalLoggerFactory.setDefaultFactory(new QuietLogging());
    }

    @Override
    public InternalLogger newInstance(String name) {
        InternalLogger logger = super.newInstance(name);
        return name.equals(CommandEncoder.class.getName()) ? withoutTrace(logger) : logger;
    }

    private static InternalLogger withoutTrace(InternalLogger logger) {
        InvocationHandler handler =
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "isTraceEnabled" -> false;
                            case "trace" -> null;
                            default -> invoke(logger, method, arguments);
                        };
        return (InternalLogger)
                Proxy.newProxyInstance(
                        QuietLogging.class.getClassLoader(),
                        new Class<?>[] {InternalLogger.class},
                        handler);
    }

    private static Object invoke(InternalLogger logger, Method method, Object... arguments)
            throws Throwable {
        try {
            return method.invoke(logger, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
