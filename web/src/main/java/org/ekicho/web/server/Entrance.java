package org.ekicho.web.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.ekicho.web.WebReason;
import org.jspecify.annotations.Nullable;

/// Sees each connection when it is accepted, before a byte of it was read: the HTTP server tells of a connection only
/// when the head of its first request is complete, so that one that never completes it would be neither counted nor
/// ended.
final class Entrance extends NioTransport implements Transport {
    private static final AttributeKey<Boolean> ASKED = AttributeKey.valueOf(Entrance.class, "asked");

    private final Counters counters;
    private final WebPatience patience;

    Entrance(Counters counters, WebPatience patience) {
        this.counters = counters;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return () -> {
            NioServerSocketChannel channel = new NioServerSocketChannel();
            channel.pipeline().addLast(new Keeper());
            return channel;
        };
    }

    /// The first request of a connection is there: from now on its [Peer] says how long it may take.
    static void asked(Channel connection) {
        connection.attr(ASKED).set(Boolean.TRUE);
    }

    /// Whether the kernel has taken all that was to be sent. To be asked on the connection's event loop.
    static boolean isSent(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        return waiting == null || waiting.isEmpty();
    }

    /// Ends a connection at once, whatever waits to be sent on it: who does not take it would keep it for ever.
    static void end(Channel connection) {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        connection.unsafe().close(connection.voidPromise());
    }

    /// Takes accepted connections from the listening socket, and hands on those that have room.
    private final class Keeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            Channel connection = (Channel) accepted;
            if (!(connection.remoteAddress() instanceof InetSocketAddress from)) {
                // It is gone already.
                connection.unsafe().closeForcibly();
                return;
            }
            String address = from.getAddress().getHostAddress();
            if (!counters.take(address)) {
                counters.refuse(WebReason.TOO_MANY_CONNECTIONS);
                connection.unsafe().closeForcibly();
                return;
            }
            connection.closeFuture().addListener(closed -> counters.release(address));
            connection.pipeline().addFirst(new FirstRequest());
            context.fireChannelRead(connection);
        }
    }

    /// Gives the head of the first request its time, with the handshake of TLS.
    private final class FirstRequest extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel connection = context.channel();
            Future<?> timer =
                    context.executor().schedule(() -> judge(connection), patience.idleSeconds(), TimeUnit.SECONDS);
            connection.closeFuture().addListener(closed -> timer.cancel(false));
            context.pipeline().remove(this);
            context.fireChannelActive();
        }

        private void judge(Channel connection) {
            if (connection.isOpen() && !connection.hasAttr(ASKED)) {
                counters.refuse(WebReason.TOO_SLOW);
                end(connection);
            }
        }
    }
}
