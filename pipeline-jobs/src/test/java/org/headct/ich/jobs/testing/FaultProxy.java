package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proxy before an S3 server that makes the faults of a real object store. It passes bytes
 * unchanged, so that signatures stay valid.
 */
public final class FaultProxy implements AutoCloseable {
  private static final String SLOW_DOWN_BODY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code><Message>Please"
          + " reduce your request rate.</Message><RequestId>1</RequestId></Error>";

  /** Faults of a request. */
  public enum Fault {
    /** Answer 503 with S3's own error. The server does not get the request. */
    SLOW_DOWN,
    /** Connection reset before the answer, after the server has done the request. */
    RESET,
    /** Half of the body, then the end of the connection. */
    SHORT_READ,
    /** Late answer. */
    SLOW_START
  }

  private final ServerSocket socket;
  private final int server;
  private final long slowMs;
  private final Random random;
  private double rate;
  private final Set<Fault> owed = EnumSet.noneOf(Fault.class);
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private final Map<String, Integer> requests = new TreeMap<>();

  /**
   * Listens on a free port of the loopback interface. There are no faults before {@link #inject}.
   *
   * @param server the port of the S3 server
   * @param seed the seed for the choice of requests
   * @param slowMs the delay of a late answer, ms
   */
  public FaultProxy(int server, long seed, long slowMs) throws IOException {
    this.server = server;
    this.slowMs = slowMs;
    random = new Random(seed);
    socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /**
   * Makes faults from now on: each kind once at its first chance, then in this share of requests.
   */
  public synchronized void inject(double share) {
    rate = share;
    owed.addAll(EnumSet.allOf(Fault.class));
  }

  /** Stops making faults. */
  public synchronized void heal() {
    rate = 0;
    owed.clear();
  }

  /** Returns the number of faults of each kind since the last call. */
  public synchronized Map<Fault, Integer> takeInjected() {
    Map<Fault, Integer> taken = new EnumMap<>(Fault.class);
    taken.putAll(injected);
    injected.clear();
    return taken;
  }

  /** Returns the number of requests of each kind since the last call. */
  public synchronized Map<String, Integer> takeRequests() {
    Map<String, Integer> taken = new TreeMap<>(requests);
    requests.clear();
    return taken;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      // Only closing the socket ends accept().
      if (!socket.isClosed()) {
        throw new IllegalStateException(closed);
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      upstream.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      InputStream answers = new BufferedInputStream(upstream.getInputStream());
      OutputStream questions = new BufferedOutputStream(upstream.getOutputStream());
      for (HttpMessage request = HttpMessage.request(in, out);
          request != null;
          request = HttpMessage.request(in, out)) {
        Fault fault = faultOf(request);
        if (fault == Fault.SLOW_DOWN) {
          slowDown(request).writeTo(out);
          continue;
        }
        request.writeTo(questions);
        HttpMessage answer = HttpMessage.response(answers, request.method().equals("HEAD"));
        if (fault == Fault.RESET) {
          client.setSoLinger(true, 0);
          return;
        }
        if (fault == Fault.SHORT_READ) {
          answer.writeTo(out, answer.body().length / 2);
          return;
        }
        if (fault == Fault.SLOW_START) {
          Thread.sleep(slowMs);
        }
        answer.writeTo(out);
        if (answer.field("connection").equalsIgnoreCase("close")) {
          return;
        }
      }
    } catch (IOException e) {
      // A client that leaves or a server that stops ends its connection. No one waits here.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpMessage slowDown(HttpMessage request) {
    byte[] body = request.method().equals("HEAD") ? new byte[0] : SLOW_DOWN_BODY.getBytes(UTF_8);
    return new HttpMessage(
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length),
        body);
  }

  private synchronized @Nullable Fault faultOf(HttpMessage request) {
    String kind = kind(request);
    requests.merge(kind, 1, Integer::sum);
    for (Fault fault : owed) {
      if (canMeet(fault, kind)) {
        owed.remove(fault);
        return injected(fault);
      }
    }
    if (random.nextDouble() >= rate) {
      return null;
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    return canMeet(fault, kind) ? injected(fault) : null;
  }

  private Fault injected(Fault fault) {
    injected.merge(fault, 1, Integer::sum);
    return fault;
  }

  private static boolean canMeet(Fault fault, String kind) {
    return switch (fault) {
      case SLOW_DOWN, SLOW_START -> true;
      // A POST completes an upload or removes many objects. S3 answers a repeated one, S3Proxy
      // does not.
      case RESET -> !kind.startsWith("POST");
      case SHORT_READ -> kind.equals("GET");
    };
  }

  /** Returns the method with the part that distinguishes S3's operations. */
  private static String kind(HttpMessage request) {
    String query = request.target().replaceFirst("^[^?]*\\??", "");
    String method = request.method();
    if (query.contains("uploadId=")) {
      return method + " part";
    }
    if (query.startsWith("uploads")) {
      return method + " uploads";
    }
    if (query.contains("list-type=") || query.contains("prefix=")) {
      return "LIST";
    }
    if (query.startsWith("delete")) {
      return method + " delete";
    }
    return request.field("x-amz-copy-source").isEmpty() ? method : method + " copy";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
