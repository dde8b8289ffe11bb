package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * SessionService stores the sessions of logged-in users, and which tokens are
 * revoked.
 * A session has a secret id, which its holder presents, and a public handle, by
 * which callers list, watch and revoke it. The handle stays the same when the id
 * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
 * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
 * A revocation stores a revocation mark beside the user: an instant up to which
 * sessions and tokens are revoked. The mark outlives every session and token that
 * it revokes. So a revocation holds even if Redis loses the index of the user's
 * sessions, and a late write revives nothing.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SessionServiceGrpc {

  private SessionServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.SessionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CreateSessionRequest,
      com.quikapp.quikstate.v1.CreateSessionResponse> getCreateSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSession",
      requestType = com.quikapp.quikstate.v1.CreateSessionRequest.class,
      responseType = com.quikapp.quikstate.v1.CreateSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CreateSessionRequest,
      com.quikapp.quikstate.v1.CreateSessionResponse> getCreateSessionMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CreateSessionRequest, com.quikapp.quikstate.v1.CreateSessionResponse> getCreateSessionMethod;
    if ((getCreateSessionMethod = SessionServiceGrpc.getCreateSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getCreateSessionMethod = SessionServiceGrpc.getCreateSessionMethod) == null) {
          SessionServiceGrpc.getCreateSessionMethod = getCreateSessionMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.CreateSessionRequest, com.quikapp.quikstate.v1.CreateSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CreateSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CreateSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("CreateSession"))
              .build();
        }
      }
    }
    return getCreateSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetSessionRequest,
      com.quikapp.quikstate.v1.GetSessionResponse> getGetSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSession",
      requestType = com.quikapp.quikstate.v1.GetSessionRequest.class,
      responseType = com.quikapp.quikstate.v1.GetSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetSessionRequest,
      com.quikapp.quikstate.v1.GetSessionResponse> getGetSessionMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetSessionRequest, com.quikapp.quikstate.v1.GetSessionResponse> getGetSessionMethod;
    if ((getGetSessionMethod = SessionServiceGrpc.getGetSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getGetSessionMethod = SessionServiceGrpc.getGetSessionMethod) == null) {
          SessionServiceGrpc.getGetSessionMethod = getGetSessionMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetSessionRequest, com.quikapp.quikstate.v1.GetSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSession"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("GetSession"))
              .build();
        }
      }
    }
    return getGetSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.UpdateSessionRequest,
      com.quikapp.quikstate.v1.UpdateSessionResponse> getUpdateSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSession",
      requestType = com.quikapp.quikstate.v1.UpdateSessionRequest.class,
      responseType = com.quikapp.quikstate.v1.UpdateSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.UpdateSessionRequest,
      com.quikapp.quikstate.v1.UpdateSessionResponse> getUpdateSessionMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.UpdateSessionRequest, com.quikapp.quikstate.v1.UpdateSessionResponse> getUpdateSessionMethod;
    if ((getUpdateSessionMethod = SessionServiceGrpc.getUpdateSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getUpdateSessionMethod = SessionServiceGrpc.getUpdateSessionMethod) == null) {
          SessionServiceGrpc.getUpdateSessionMethod = getUpdateSessionMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.UpdateSessionRequest, com.quikapp.quikstate.v1.UpdateSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.UpdateSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.UpdateSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("UpdateSession"))
              .build();
        }
      }
    }
    return getUpdateSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RotateSessionRequest,
      com.quikapp.quikstate.v1.RotateSessionResponse> getRotateSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateSession",
      requestType = com.quikapp.quikstate.v1.RotateSessionRequest.class,
      responseType = com.quikapp.quikstate.v1.RotateSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RotateSessionRequest,
      com.quikapp.quikstate.v1.RotateSessionResponse> getRotateSessionMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RotateSessionRequest, com.quikapp.quikstate.v1.RotateSessionResponse> getRotateSessionMethod;
    if ((getRotateSessionMethod = SessionServiceGrpc.getRotateSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getRotateSessionMethod = SessionServiceGrpc.getRotateSessionMethod) == null) {
          SessionServiceGrpc.getRotateSessionMethod = getRotateSessionMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.RotateSessionRequest, com.quikapp.quikstate.v1.RotateSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateSession"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RotateSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RotateSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("RotateSession"))
              .build();
        }
      }
    }
    return getRotateSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeSessionsRequest,
      com.quikapp.quikstate.v1.RevokeSessionsResponse> getRevokeSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RevokeSessions",
      requestType = com.quikapp.quikstate.v1.RevokeSessionsRequest.class,
      responseType = com.quikapp.quikstate.v1.RevokeSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeSessionsRequest,
      com.quikapp.quikstate.v1.RevokeSessionsResponse> getRevokeSessionsMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeSessionsRequest, com.quikapp.quikstate.v1.RevokeSessionsResponse> getRevokeSessionsMethod;
    if ((getRevokeSessionsMethod = SessionServiceGrpc.getRevokeSessionsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getRevokeSessionsMethod = SessionServiceGrpc.getRevokeSessionsMethod) == null) {
          SessionServiceGrpc.getRevokeSessionsMethod = getRevokeSessionsMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.RevokeSessionsRequest, com.quikapp.quikstate.v1.RevokeSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RevokeSessions"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RevokeSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RevokeSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("RevokeSessions"))
              .build();
        }
      }
    }
    return getRevokeSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListSessionsRequest,
      com.quikapp.quikstate.v1.ListSessionsResponse> getListSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSessions",
      requestType = com.quikapp.quikstate.v1.ListSessionsRequest.class,
      responseType = com.quikapp.quikstate.v1.ListSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListSessionsRequest,
      com.quikapp.quikstate.v1.ListSessionsResponse> getListSessionsMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListSessionsRequest, com.quikapp.quikstate.v1.ListSessionsResponse> getListSessionsMethod;
    if ((getListSessionsMethod = SessionServiceGrpc.getListSessionsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getListSessionsMethod = SessionServiceGrpc.getListSessionsMethod) == null) {
          SessionServiceGrpc.getListSessionsMethod = getListSessionsMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListSessionsRequest, com.quikapp.quikstate.v1.ListSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSessions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ListSessions"))
              .build();
        }
      }
    }
    return getListSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchSessionsRequest,
      com.quikapp.quikstate.v1.WatchSessionsResponse> getWatchSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchSessions",
      requestType = com.quikapp.quikstate.v1.WatchSessionsRequest.class,
      responseType = com.quikapp.quikstate.v1.WatchSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchSessionsRequest,
      com.quikapp.quikstate.v1.WatchSessionsResponse> getWatchSessionsMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchSessionsRequest, com.quikapp.quikstate.v1.WatchSessionsResponse> getWatchSessionsMethod;
    if ((getWatchSessionsMethod = SessionServiceGrpc.getWatchSessionsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getWatchSessionsMethod = SessionServiceGrpc.getWatchSessionsMethod) == null) {
          SessionServiceGrpc.getWatchSessionsMethod = getWatchSessionsMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.WatchSessionsRequest, com.quikapp.quikstate.v1.WatchSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchSessions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("WatchSessions"))
              .build();
        }
      }
    }
    return getWatchSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeTokensRequest,
      com.quikapp.quikstate.v1.RevokeTokensResponse> getRevokeTokensMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RevokeTokens",
      requestType = com.quikapp.quikstate.v1.RevokeTokensRequest.class,
      responseType = com.quikapp.quikstate.v1.RevokeTokensResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeTokensRequest,
      com.quikapp.quikstate.v1.RevokeTokensResponse> getRevokeTokensMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RevokeTokensRequest, com.quikapp.quikstate.v1.RevokeTokensResponse> getRevokeTokensMethod;
    if ((getRevokeTokensMethod = SessionServiceGrpc.getRevokeTokensMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getRevokeTokensMethod = SessionServiceGrpc.getRevokeTokensMethod) == null) {
          SessionServiceGrpc.getRevokeTokensMethod = getRevokeTokensMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.RevokeTokensRequest, com.quikapp.quikstate.v1.RevokeTokensResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RevokeTokens"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RevokeTokensRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RevokeTokensResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("RevokeTokens"))
              .build();
        }
      }
    }
    return getRevokeTokensMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckTokensRequest,
      com.quikapp.quikstate.v1.CheckTokensResponse> getCheckTokensMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckTokens",
      requestType = com.quikapp.quikstate.v1.CheckTokensRequest.class,
      responseType = com.quikapp.quikstate.v1.CheckTokensResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckTokensRequest,
      com.quikapp.quikstate.v1.CheckTokensResponse> getCheckTokensMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckTokensRequest, com.quikapp.quikstate.v1.CheckTokensResponse> getCheckTokensMethod;
    if ((getCheckTokensMethod = SessionServiceGrpc.getCheckTokensMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getCheckTokensMethod = SessionServiceGrpc.getCheckTokensMethod) == null) {
          SessionServiceGrpc.getCheckTokensMethod = getCheckTokensMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.CheckTokensRequest, com.quikapp.quikstate.v1.CheckTokensResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckTokens"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckTokensRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckTokensResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("CheckTokens"))
              .build();
        }
      }
    }
    return getCheckTokensMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SessionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceStub>() {
        @java.lang.Override
        public SessionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceStub(channel, callOptions);
        }
      };
    return SessionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SessionServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingV2Stub>() {
        @java.lang.Override
        public SessionServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SessionServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SessionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingStub>() {
        @java.lang.Override
        public SessionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceBlockingStub(channel, callOptions);
        }
      };
    return SessionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SessionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceFutureStub>() {
        @java.lang.Override
        public SessionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceFutureStub(channel, callOptions);
        }
      };
    return SessionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * CreateSession logs a user in. If the user has too many sessions, the response
     * says so; this is not an error. Not idempotent unless it has a request_id.
     * </pre>
     */
    default void createSession(com.quikapp.quikstate.v1.CreateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CreateSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetSession returns the session of an id, unless it has ended or was revoked.
     * With `touch` its idle timeout starts again.
     * </pre>
     */
    default void getSession(com.quikapp.quikstate.v1.GetSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * UpdateSession sets and removes attributes of an existing session.
     * </pre>
     */
    default void updateSession(com.quikapp.quikstate.v1.UpdateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.UpdateSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * RotateSession gives a session a new id, atomically, so that no concurrent
     * write is lost. Call it after each login and change of privileges. The first
     * call decides on the new id. A repeat within the grace returns the same id, or
     * the id that the session has by then. The old id works until its grace ends,
     * even if the session is rotated again; after that, its use is reported as a
     * replay.
     * </pre>
     */
    default void rotateSession(com.quikapp.quikstate.v1.RotateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RotateSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * RevokeSessions ends sessions, as a logout does. It works even when Redis's
     * memory is full.
     * </pre>
     */
    default void revokeSessions(com.quikapp.quikstate.v1.RevokeSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRevokeSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListSessions lists a user's sessions, for example to show the user's devices.
     * </pre>
     */
    default void listSessions(com.quikapp.quikstate.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchSessions streams changes of users' sessions: for each user first a
     * snapshot, then each change at once. So a gateway can cache sessions and still
     * drop a revoked one within a second. The expiry of a session is reported within
     * 1 s, the deletion by a raw Redis client within 30 s. In a Redis Cluster the
     * creation of a session that is revoked at once can be reported after its
     * revocation, which is then reported again.
     * </pre>
     */
    default void watchSessions(com.quikapp.quikstate.v1.WatchSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * RevokeTokens revokes tokens by their ids, or all tokens of a user. It works
     * even when Redis's memory is full.
     * </pre>
     */
    default void revokeTokens(com.quikapp.quikstate.v1.RevokeTokensRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeTokensResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRevokeTokensMethod(), responseObserver);
    }

    /**
     * <pre>
     * CheckTokens checks whether tokens are revoked. If Redis cannot be asked about
     * a token, the token is not valid and its verdict has the error.
     * </pre>
     */
    default void checkTokens(com.quikapp.quikstate.v1.CheckTokensRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckTokensResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckTokensMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SessionService.
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public static abstract class SessionServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SessionServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SessionService.
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public static final class SessionServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SessionServiceStub> {
    private SessionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateSession logs a user in. If the user has too many sessions, the response
     * says so; this is not an error. Not idempotent unless it has a request_id.
     * </pre>
     */
    public void createSession(com.quikapp.quikstate.v1.CreateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CreateSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetSession returns the session of an id, unless it has ended or was revoked.
     * With `touch` its idle timeout starts again.
     * </pre>
     */
    public void getSession(com.quikapp.quikstate.v1.GetSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * UpdateSession sets and removes attributes of an existing session.
     * </pre>
     */
    public void updateSession(com.quikapp.quikstate.v1.UpdateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.UpdateSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RotateSession gives a session a new id, atomically, so that no concurrent
     * write is lost. Call it after each login and change of privileges. The first
     * call decides on the new id. A repeat within the grace returns the same id, or
     * the id that the session has by then. The old id works until its grace ends,
     * even if the session is rotated again; after that, its use is reported as a
     * replay.
     * </pre>
     */
    public void rotateSession(com.quikapp.quikstate.v1.RotateSessionRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RotateSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RevokeSessions ends sessions, as a logout does. It works even when Redis's
     * memory is full.
     * </pre>
     */
    public void revokeSessions(com.quikapp.quikstate.v1.RevokeSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRevokeSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListSessions lists a user's sessions, for example to show the user's devices.
     * </pre>
     */
    public void listSessions(com.quikapp.quikstate.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchSessions streams changes of users' sessions: for each user first a
     * snapshot, then each change at once. So a gateway can cache sessions and still
     * drop a revoked one within a second. The expiry of a session is reported within
     * 1 s, the deletion by a raw Redis client within 30 s. In a Redis Cluster the
     * creation of a session that is revoked at once can be reported after its
     * revocation, which is then reported again.
     * </pre>
     */
    public void watchSessions(com.quikapp.quikstate.v1.WatchSessionsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RevokeTokens revokes tokens by their ids, or all tokens of a user. It works
     * even when Redis's memory is full.
     * </pre>
     */
    public void revokeTokens(com.quikapp.quikstate.v1.RevokeTokensRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeTokensResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRevokeTokensMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CheckTokens checks whether tokens are revoked. If Redis cannot be asked about
     * a token, the token is not valid and its verdict has the error.
     * </pre>
     */
    public void checkTokens(com.quikapp.quikstate.v1.CheckTokensRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckTokensResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckTokensMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SessionService.
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public static final class SessionServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SessionServiceBlockingV2Stub> {
    private SessionServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateSession logs a user in. If the user has too many sessions, the response
     * says so; this is not an error. Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CreateSessionResponse createSession(com.quikapp.quikstate.v1.CreateSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetSession returns the session of an id, unless it has ended or was revoked.
     * With `touch` its idle timeout starts again.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetSessionResponse getSession(com.quikapp.quikstate.v1.GetSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateSession sets and removes attributes of an existing session.
     * </pre>
     */
    public com.quikapp.quikstate.v1.UpdateSessionResponse updateSession(com.quikapp.quikstate.v1.UpdateSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RotateSession gives a session a new id, atomically, so that no concurrent
     * write is lost. Call it after each login and change of privileges. The first
     * call decides on the new id. A repeat within the grace returns the same id, or
     * the id that the session has by then. The old id works until its grace ends,
     * even if the session is rotated again; after that, its use is reported as a
     * replay.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RotateSessionResponse rotateSession(com.quikapp.quikstate.v1.RotateSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RevokeSessions ends sessions, as a logout does. It works even when Redis's
     * memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RevokeSessionsResponse revokeSessions(com.quikapp.quikstate.v1.RevokeSessionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRevokeSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListSessions lists a user's sessions, for example to show the user's devices.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListSessionsResponse listSessions(com.quikapp.quikstate.v1.ListSessionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchSessions streams changes of users' sessions: for each user first a
     * snapshot, then each change at once. So a gateway can cache sessions and still
     * drop a revoked one within a second. The expiry of a session is reported within
     * 1 s, the deletion by a raw Redis client within 30 s. In a Redis Cluster the
     * creation of a session that is revoked at once can be reported after its
     * revocation, which is then reported again.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.quikapp.quikstate.v1.WatchSessionsResponse>
        watchSessions(com.quikapp.quikstate.v1.WatchSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RevokeTokens revokes tokens by their ids, or all tokens of a user. It works
     * even when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RevokeTokensResponse revokeTokens(com.quikapp.quikstate.v1.RevokeTokensRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRevokeTokensMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckTokens checks whether tokens are revoked. If Redis cannot be asked about
     * a token, the token is not valid and its verdict has the error.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckTokensResponse checkTokens(com.quikapp.quikstate.v1.CheckTokensRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckTokensMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SessionService.
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public static final class SessionServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SessionServiceBlockingStub> {
    private SessionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateSession logs a user in. If the user has too many sessions, the response
     * says so; this is not an error. Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CreateSessionResponse createSession(com.quikapp.quikstate.v1.CreateSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetSession returns the session of an id, unless it has ended or was revoked.
     * With `touch` its idle timeout starts again.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetSessionResponse getSession(com.quikapp.quikstate.v1.GetSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * UpdateSession sets and removes attributes of an existing session.
     * </pre>
     */
    public com.quikapp.quikstate.v1.UpdateSessionResponse updateSession(com.quikapp.quikstate.v1.UpdateSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RotateSession gives a session a new id, atomically, so that no concurrent
     * write is lost. Call it after each login and change of privileges. The first
     * call decides on the new id. A repeat within the grace returns the same id, or
     * the id that the session has by then. The old id works until its grace ends,
     * even if the session is rotated again; after that, its use is reported as a
     * replay.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RotateSessionResponse rotateSession(com.quikapp.quikstate.v1.RotateSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RevokeSessions ends sessions, as a logout does. It works even when Redis's
     * memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RevokeSessionsResponse revokeSessions(com.quikapp.quikstate.v1.RevokeSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRevokeSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListSessions lists a user's sessions, for example to show the user's devices.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListSessionsResponse listSessions(com.quikapp.quikstate.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchSessions streams changes of users' sessions: for each user first a
     * snapshot, then each change at once. So a gateway can cache sessions and still
     * drop a revoked one within a second. The expiry of a session is reported within
     * 1 s, the deletion by a raw Redis client within 30 s. In a Redis Cluster the
     * creation of a session that is revoked at once can be reported after its
     * revocation, which is then reported again.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.WatchSessionsResponse> watchSessions(
        com.quikapp.quikstate.v1.WatchSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RevokeTokens revokes tokens by their ids, or all tokens of a user. It works
     * even when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RevokeTokensResponse revokeTokens(com.quikapp.quikstate.v1.RevokeTokensRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRevokeTokensMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckTokens checks whether tokens are revoked. If Redis cannot be asked about
     * a token, the token is not valid and its verdict has the error.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckTokensResponse checkTokens(com.quikapp.quikstate.v1.CheckTokensRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckTokensMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SessionService.
   * <pre>
   * SessionService stores the sessions of logged-in users, and which tokens are
   * revoked.
   * A session has a secret id, which its holder presents, and a public handle, by
   * which callers list, watch and revoke it. The handle stays the same when the id
   * is rotated. A session is the Redis hash `session:{id}`, with the fields userId,
   * email, deviceId, createdAt and expiresAt, which raw Redis clients can read.
   * A revocation stores a revocation mark beside the user: an instant up to which
   * sessions and tokens are revoked. The mark outlives every session and token that
   * it revokes. So a revocation holds even if Redis loses the index of the user's
   * sessions, and a late write revives nothing.
   * </pre>
   */
  public static final class SessionServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SessionServiceFutureStub> {
    private SessionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * CreateSession logs a user in. If the user has too many sessions, the response
     * says so; this is not an error. Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.CreateSessionResponse> createSession(
        com.quikapp.quikstate.v1.CreateSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetSession returns the session of an id, unless it has ended or was revoked.
     * With `touch` its idle timeout starts again.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetSessionResponse> getSession(
        com.quikapp.quikstate.v1.GetSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * UpdateSession sets and removes attributes of an existing session.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.UpdateSessionResponse> updateSession(
        com.quikapp.quikstate.v1.UpdateSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RotateSession gives a session a new id, atomically, so that no concurrent
     * write is lost. Call it after each login and change of privileges. The first
     * call decides on the new id. A repeat within the grace returns the same id, or
     * the id that the session has by then. The old id works until its grace ends,
     * even if the session is rotated again; after that, its use is reported as a
     * replay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.RotateSessionResponse> rotateSession(
        com.quikapp.quikstate.v1.RotateSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RevokeSessions ends sessions, as a logout does. It works even when Redis's
     * memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.RevokeSessionsResponse> revokeSessions(
        com.quikapp.quikstate.v1.RevokeSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRevokeSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListSessions lists a user's sessions, for example to show the user's devices.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListSessionsResponse> listSessions(
        com.quikapp.quikstate.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RevokeTokens revokes tokens by their ids, or all tokens of a user. It works
     * even when Redis's memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.RevokeTokensResponse> revokeTokens(
        com.quikapp.quikstate.v1.RevokeTokensRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRevokeTokensMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CheckTokens checks whether tokens are revoked. If Redis cannot be asked about
     * a token, the token is not valid and its verdict has the error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.CheckTokensResponse> checkTokens(
        com.quikapp.quikstate.v1.CheckTokensRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckTokensMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SESSION = 0;
  private static final int METHODID_GET_SESSION = 1;
  private static final int METHODID_UPDATE_SESSION = 2;
  private static final int METHODID_ROTATE_SESSION = 3;
  private static final int METHODID_REVOKE_SESSIONS = 4;
  private static final int METHODID_LIST_SESSIONS = 5;
  private static final int METHODID_WATCH_SESSIONS = 6;
  private static final int METHODID_REVOKE_TOKENS = 7;
  private static final int METHODID_CHECK_TOKENS = 8;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_SESSION:
          serviceImpl.createSession((com.quikapp.quikstate.v1.CreateSessionRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CreateSessionResponse>) responseObserver);
          break;
        case METHODID_GET_SESSION:
          serviceImpl.getSession((com.quikapp.quikstate.v1.GetSessionRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetSessionResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SESSION:
          serviceImpl.updateSession((com.quikapp.quikstate.v1.UpdateSessionRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.UpdateSessionResponse>) responseObserver);
          break;
        case METHODID_ROTATE_SESSION:
          serviceImpl.rotateSession((com.quikapp.quikstate.v1.RotateSessionRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RotateSessionResponse>) responseObserver);
          break;
        case METHODID_REVOKE_SESSIONS:
          serviceImpl.revokeSessions((com.quikapp.quikstate.v1.RevokeSessionsRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeSessionsResponse>) responseObserver);
          break;
        case METHODID_LIST_SESSIONS:
          serviceImpl.listSessions((com.quikapp.quikstate.v1.ListSessionsRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListSessionsResponse>) responseObserver);
          break;
        case METHODID_WATCH_SESSIONS:
          serviceImpl.watchSessions((com.quikapp.quikstate.v1.WatchSessionsRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchSessionsResponse>) responseObserver);
          break;
        case METHODID_REVOKE_TOKENS:
          serviceImpl.revokeTokens((com.quikapp.quikstate.v1.RevokeTokensRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RevokeTokensResponse>) responseObserver);
          break;
        case METHODID_CHECK_TOKENS:
          serviceImpl.checkTokens((com.quikapp.quikstate.v1.CheckTokensRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckTokensResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCreateSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.CreateSessionRequest,
              com.quikapp.quikstate.v1.CreateSessionResponse>(
                service, METHODID_CREATE_SESSION)))
        .addMethod(
          getGetSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetSessionRequest,
              com.quikapp.quikstate.v1.GetSessionResponse>(
                service, METHODID_GET_SESSION)))
        .addMethod(
          getUpdateSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.UpdateSessionRequest,
              com.quikapp.quikstate.v1.UpdateSessionResponse>(
                service, METHODID_UPDATE_SESSION)))
        .addMethod(
          getRotateSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.RotateSessionRequest,
              com.quikapp.quikstate.v1.RotateSessionResponse>(
                service, METHODID_ROTATE_SESSION)))
        .addMethod(
          getRevokeSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.RevokeSessionsRequest,
              com.quikapp.quikstate.v1.RevokeSessionsResponse>(
                service, METHODID_REVOKE_SESSIONS)))
        .addMethod(
          getListSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListSessionsRequest,
              com.quikapp.quikstate.v1.ListSessionsResponse>(
                service, METHODID_LIST_SESSIONS)))
        .addMethod(
          getWatchSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.WatchSessionsRequest,
              com.quikapp.quikstate.v1.WatchSessionsResponse>(
                service, METHODID_WATCH_SESSIONS)))
        .addMethod(
          getRevokeTokensMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.RevokeTokensRequest,
              com.quikapp.quikstate.v1.RevokeTokensResponse>(
                service, METHODID_REVOKE_TOKENS)))
        .addMethod(
          getCheckTokensMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.CheckTokensRequest,
              com.quikapp.quikstate.v1.CheckTokensResponse>(
                service, METHODID_CHECK_TOKENS)))
        .build();
  }

  private static abstract class SessionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SessionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.SessionOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SessionService");
    }
  }

  private static final class SessionServiceFileDescriptorSupplier
      extends SessionServiceBaseDescriptorSupplier {
    SessionServiceFileDescriptorSupplier() {}
  }

  private static final class SessionServiceMethodDescriptorSupplier
      extends SessionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SessionServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (SessionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SessionServiceFileDescriptorSupplier())
              .addMethod(getCreateSessionMethod())
              .addMethod(getGetSessionMethod())
              .addMethod(getUpdateSessionMethod())
              .addMethod(getRotateSessionMethod())
              .addMethod(getRevokeSessionsMethod())
              .addMethod(getListSessionsMethod())
              .addMethod(getWatchSessionsMethod())
              .addMethod(getRevokeTokensMethod())
              .addMethod(getCheckTokensMethod())
              .build();
        }
      }
    }
    return result;
  }
}
