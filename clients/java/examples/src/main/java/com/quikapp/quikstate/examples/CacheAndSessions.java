package com.quikapp.quikstate.examples;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.quikapp.quikstate.v1.CacheEntry;
import com.quikapp.quikstate.v1.CacheItem;
import com.quikapp.quikstate.v1.CacheKey;
import com.quikapp.quikstate.v1.CacheOutcome;
import com.quikapp.quikstate.v1.CacheServiceGrpc;
import com.quikapp.quikstate.v1.CacheServiceGrpc.CacheServiceBlockingStub;
import com.quikapp.quikstate.v1.CreateSessionRequest;
import com.quikapp.quikstate.v1.GetEntriesRequest;
import com.quikapp.quikstate.v1.GetSessionRequest;
import com.quikapp.quikstate.v1.RevokeSessionsRequest;
import com.quikapp.quikstate.v1.Session;
import com.quikapp.quikstate.v1.SessionIds;
import com.quikapp.quikstate.v1.SessionOutcome;
import com.quikapp.quikstate.v1.SessionServiceGrpc;
import com.quikapp.quikstate.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import com.quikapp.quikstate.v1.SetEntriesRequest;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What Spring's {@code @Cacheable} and a session store do, on the plain stubs. */
public final class CacheAndSessions {
  private static final long DEADLINE_SECONDS = 3;

  /** The cache "users": each user's profile for an hour. */
  static final class UserCache {
    private final CacheServiceBlockingStub cache;

    UserCache(Channel channel) {
      cache = CacheServiceGrpc.newBlockingStub(channel);
    }

    /**
     * The profile from the cache, or else from {@code load}: of all callers that miss at once, in
     * any language, one loads, and the others wait for it.
     */
    String get(String userId, Supplier<String> load) {
      var key = CacheKey.newBuilder().setUser(userId).build();
      var wanted = GetEntriesRequest.newBuilder().addKeys(key).setLease(true).setWait(seconds(2));
      CacheEntry entry = timely(cache).getEntries(wanted.build()).getEntries(0);
      if (entry.getOutcome() == CacheOutcome.CACHE_OUTCOME_HIT) {
        return entry.getValue().toStringUtf8();
      }
      var profile = load.get();
      var value = ByteString.copyFromUtf8(profile);
      var item = CacheItem.newBuilder().setKey(key).setValue(value).setTtl(seconds(3600));
      if (!entry.getLease().isEmpty()) {
        item.setLease(entry.getLease()); // refused if the user was changed since we looked
        timely(cache).setEntries(SetEntriesRequest.newBuilder().addItems(item).build());
      }
      return profile;
    }
  }

  /** Who is logged in, for 24 hours each. */
  static final class Sessions {
    private final SessionServiceBlockingStub sessions;

    Sessions(Channel channel) {
      sessions = SessionServiceGrpc.newBlockingStub(channel);
    }

    String login(String userId, String deviceId) {
      var request = CreateSessionRequest.newBuilder().setUserId(userId).setDeviceId(deviceId);
      return timely(sessions).createSession(request.build()).getSessionId();
    }

    Optional<Session> find(String sessionId) {
      var request = GetSessionRequest.newBuilder().setSessionId(sessionId).setTouch(true);
      var answer = timely(sessions).getSession(request.build());
      var found = answer.getOutcome() == SessionOutcome.SESSION_OUTCOME_OK;
      return found ? Optional.of(answer.getSession()) : Optional.empty();
    }

    void logout(String sessionId) {
      var ids = SessionIds.newBuilder().addSessionIds(sessionId);
      timely(sessions).revokeSessions(RevokeSessionsRequest.newBuilder().setSessions(ids).build());
    }
  }

  public static void main(String[] args) throws InterruptedException {
    var address = Optional.ofNullable(System.getenv("QUIKSTATE_ADDR")).orElse("127.0.0.1:50051");
    var channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    try {
      var users = new UserCache(channel);
      var user = "user-" + ProcessHandle.current().pid();
      for (var read = 1; read <= 2; read++) {
        System.out.println("profile: " + users.get(user, () -> loadFromDatabase(user)));
      }
      var sessions = new Sessions(channel);
      var id = sessions.login(user, "laptop");
      System.out.println("logged in on: " + sessions.find(id).map(Session::getDeviceId).orElse("-"));
      sessions.logout(id);
      System.out.println("logged in after logout: " + sessions.find(id).isPresent());
    } finally {
      channel.shutdown().awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static String loadFromDatabase(String userId) {
    System.out.println("loading " + userId + " from the database");
    return "{\"id\": \"" + userId + "\"}";
  }

  /** There is no deadline unless one is set, and it counts from when it is set. */
  private static <S extends io.grpc.stub.AbstractStub<S>> S timely(S stub) {
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static Duration seconds(long count) {
    return Duration.newBuilder().setSeconds(count).build();
  }
}
