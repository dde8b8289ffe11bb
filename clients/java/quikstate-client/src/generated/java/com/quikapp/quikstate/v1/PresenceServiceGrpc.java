package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * PresenceService tells which users are present in which workspaces, with which
 * status, and which users type in a channel.
 * A user is present through connections, one per device or browser tab, each with
 * a TTL. The user is online while one of them lives. The service keeps no
 * counters, so a crash leaves no wrong count. A connection without a heartbeat is
 * gone after its TTL, and every watcher on every server gets the change within
 * one more second.
 * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
 * second at which each user was last seen, and `user:{id}:status` is `online`,
 * `away`, `dnd` or `offline`. Each change is also published on
 * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
 * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
 * open watches see them within 5 s. A watch that resumes in a workspace with such
 * rows begins with a snapshot.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PresenceServiceGrpc {

  private PresenceServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.PresenceService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HeartbeatRequest,
      com.quikapp.quikstate.v1.HeartbeatResponse> getHeartbeatMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Heartbeat",
      requestType = com.quikapp.quikstate.v1.HeartbeatRequest.class,
      responseType = com.quikapp.quikstate.v1.HeartbeatResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HeartbeatRequest,
      com.quikapp.quikstate.v1.HeartbeatResponse> getHeartbeatMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HeartbeatRequest, com.quikapp.quikstate.v1.HeartbeatResponse> getHeartbeatMethod;
    if ((getHeartbeatMethod = PresenceServiceGrpc.getHeartbeatMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getHeartbeatMethod = PresenceServiceGrpc.getHeartbeatMethod) == null) {
          PresenceServiceGrpc.getHeartbeatMethod = getHeartbeatMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.HeartbeatRequest, com.quikapp.quikstate.v1.HeartbeatResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Heartbeat"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.HeartbeatRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.HeartbeatResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("Heartbeat"))
              .build();
        }
      }
    }
    return getHeartbeatMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConnectRequest,
      com.quikapp.quikstate.v1.ConnectResponse> getConnectMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Connect",
      requestType = com.quikapp.quikstate.v1.ConnectRequest.class,
      responseType = com.quikapp.quikstate.v1.ConnectResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConnectRequest,
      com.quikapp.quikstate.v1.ConnectResponse> getConnectMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConnectRequest, com.quikapp.quikstate.v1.ConnectResponse> getConnectMethod;
    if ((getConnectMethod = PresenceServiceGrpc.getConnectMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getConnectMethod = PresenceServiceGrpc.getConnectMethod) == null) {
          PresenceServiceGrpc.getConnectMethod = getConnectMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ConnectRequest, com.quikapp.quikstate.v1.ConnectResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Connect"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ConnectRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ConnectResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("Connect"))
              .build();
        }
      }
    }
    return getConnectMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.LeaveRequest,
      com.quikapp.quikstate.v1.LeaveResponse> getLeaveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Leave",
      requestType = com.quikapp.quikstate.v1.LeaveRequest.class,
      responseType = com.quikapp.quikstate.v1.LeaveResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.LeaveRequest,
      com.quikapp.quikstate.v1.LeaveResponse> getLeaveMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.LeaveRequest, com.quikapp.quikstate.v1.LeaveResponse> getLeaveMethod;
    if ((getLeaveMethod = PresenceServiceGrpc.getLeaveMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getLeaveMethod = PresenceServiceGrpc.getLeaveMethod) == null) {
          PresenceServiceGrpc.getLeaveMethod = getLeaveMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.LeaveRequest, com.quikapp.quikstate.v1.LeaveResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Leave"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.LeaveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.LeaveResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("Leave"))
              .build();
        }
      }
    }
    return getLeaveMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListOnlineRequest,
      com.quikapp.quikstate.v1.ListOnlineResponse> getListOnlineMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListOnline",
      requestType = com.quikapp.quikstate.v1.ListOnlineRequest.class,
      responseType = com.quikapp.quikstate.v1.ListOnlineResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListOnlineRequest,
      com.quikapp.quikstate.v1.ListOnlineResponse> getListOnlineMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListOnlineRequest, com.quikapp.quikstate.v1.ListOnlineResponse> getListOnlineMethod;
    if ((getListOnlineMethod = PresenceServiceGrpc.getListOnlineMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getListOnlineMethod = PresenceServiceGrpc.getListOnlineMethod) == null) {
          PresenceServiceGrpc.getListOnlineMethod = getListOnlineMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListOnlineRequest, com.quikapp.quikstate.v1.ListOnlineResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListOnline"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListOnlineRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListOnlineResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("ListOnline"))
              .build();
        }
      }
    }
    return getListOnlineMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetStatusRequest,
      com.quikapp.quikstate.v1.GetStatusResponse> getGetStatusMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetStatus",
      requestType = com.quikapp.quikstate.v1.GetStatusRequest.class,
      responseType = com.quikapp.quikstate.v1.GetStatusResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetStatusRequest,
      com.quikapp.quikstate.v1.GetStatusResponse> getGetStatusMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetStatusRequest, com.quikapp.quikstate.v1.GetStatusResponse> getGetStatusMethod;
    if ((getGetStatusMethod = PresenceServiceGrpc.getGetStatusMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getGetStatusMethod = PresenceServiceGrpc.getGetStatusMethod) == null) {
          PresenceServiceGrpc.getGetStatusMethod = getGetStatusMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetStatusRequest, com.quikapp.quikstate.v1.GetStatusResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetStatus"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetStatusRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetStatusResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("GetStatus"))
              .build();
        }
      }
    }
    return getGetStatusMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetStatusRequest,
      com.quikapp.quikstate.v1.SetStatusResponse> getSetStatusMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetStatus",
      requestType = com.quikapp.quikstate.v1.SetStatusRequest.class,
      responseType = com.quikapp.quikstate.v1.SetStatusResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetStatusRequest,
      com.quikapp.quikstate.v1.SetStatusResponse> getSetStatusMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetStatusRequest, com.quikapp.quikstate.v1.SetStatusResponse> getSetStatusMethod;
    if ((getSetStatusMethod = PresenceServiceGrpc.getSetStatusMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getSetStatusMethod = PresenceServiceGrpc.getSetStatusMethod) == null) {
          PresenceServiceGrpc.getSetStatusMethod = getSetStatusMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.SetStatusRequest, com.quikapp.quikstate.v1.SetStatusResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetStatus"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetStatusRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetStatusResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("SetStatus"))
              .build();
        }
      }
    }
    return getSetStatusMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetTypingRequest,
      com.quikapp.quikstate.v1.SetTypingResponse> getSetTypingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetTyping",
      requestType = com.quikapp.quikstate.v1.SetTypingRequest.class,
      responseType = com.quikapp.quikstate.v1.SetTypingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetTypingRequest,
      com.quikapp.quikstate.v1.SetTypingResponse> getSetTypingMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetTypingRequest, com.quikapp.quikstate.v1.SetTypingResponse> getSetTypingMethod;
    if ((getSetTypingMethod = PresenceServiceGrpc.getSetTypingMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getSetTypingMethod = PresenceServiceGrpc.getSetTypingMethod) == null) {
          PresenceServiceGrpc.getSetTypingMethod = getSetTypingMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.SetTypingRequest, com.quikapp.quikstate.v1.SetTypingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetTyping"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetTypingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetTypingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("SetTyping"))
              .build();
        }
      }
    }
    return getSetTypingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListTypingRequest,
      com.quikapp.quikstate.v1.ListTypingResponse> getListTypingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTyping",
      requestType = com.quikapp.quikstate.v1.ListTypingRequest.class,
      responseType = com.quikapp.quikstate.v1.ListTypingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListTypingRequest,
      com.quikapp.quikstate.v1.ListTypingResponse> getListTypingMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListTypingRequest, com.quikapp.quikstate.v1.ListTypingResponse> getListTypingMethod;
    if ((getListTypingMethod = PresenceServiceGrpc.getListTypingMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getListTypingMethod = PresenceServiceGrpc.getListTypingMethod) == null) {
          PresenceServiceGrpc.getListTypingMethod = getListTypingMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListTypingRequest, com.quikapp.quikstate.v1.ListTypingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTyping"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListTypingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListTypingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("ListTyping"))
              .build();
        }
      }
    }
    return getListTypingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchPresenceRequest,
      com.quikapp.quikstate.v1.WatchPresenceResponse> getWatchPresenceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchPresence",
      requestType = com.quikapp.quikstate.v1.WatchPresenceRequest.class,
      responseType = com.quikapp.quikstate.v1.WatchPresenceResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchPresenceRequest,
      com.quikapp.quikstate.v1.WatchPresenceResponse> getWatchPresenceMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchPresenceRequest, com.quikapp.quikstate.v1.WatchPresenceResponse> getWatchPresenceMethod;
    if ((getWatchPresenceMethod = PresenceServiceGrpc.getWatchPresenceMethod) == null) {
      synchronized (PresenceServiceGrpc.class) {
        if ((getWatchPresenceMethod = PresenceServiceGrpc.getWatchPresenceMethod) == null) {
          PresenceServiceGrpc.getWatchPresenceMethod = getWatchPresenceMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.WatchPresenceRequest, com.quikapp.quikstate.v1.WatchPresenceResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchPresence"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchPresenceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchPresenceResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PresenceServiceMethodDescriptorSupplier("WatchPresence"))
              .build();
        }
      }
    }
    return getWatchPresenceMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PresenceServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PresenceServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PresenceServiceStub>() {
        @java.lang.Override
        public PresenceServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PresenceServiceStub(channel, callOptions);
        }
      };
    return PresenceServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PresenceServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PresenceServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PresenceServiceBlockingV2Stub>() {
        @java.lang.Override
        public PresenceServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PresenceServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PresenceServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PresenceServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PresenceServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PresenceServiceBlockingStub>() {
        @java.lang.Override
        public PresenceServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PresenceServiceBlockingStub(channel, callOptions);
        }
      };
    return PresenceServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PresenceServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PresenceServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PresenceServiceFutureStub>() {
        @java.lang.Override
        public PresenceServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PresenceServiceFutureStub(channel, callOptions);
        }
      };
    return PresenceServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Heartbeat keeps connections present, many in one call. It is for gateways,
     * which hold the sockets of users. The first heartbeat creates the connection.
     * Send the next one within the TTL; a third of it is a good interval. When
     * servers send heartbeats for one connection at the same time, the last one
     * counts, in GetStatus and in every list.
     * </pre>
     */
    default void heartbeat(com.quikapp.quikstate.v1.HeartbeatRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HeartbeatResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHeartbeatMethod(), responseObserver);
    }

    /**
     * <pre>
     * Connect keeps one connection present while the stream lives; the client sends
     * no heartbeats. When the client half-closes the stream, the connection ends at
     * once. When the stream breaks, the connection stays for its grace period: a
     * client that connects again with the same connection id was never away. When
     * the server shuts down, the connection keeps its TTL: connect to another
     * server. The server notices after 15 s that a machine has vanished.
     * The stream ends with `left` when Leave ends its connection, or when a newer
     * stream on any server takes the connection over. This takes effect at once, or
     * within a third of the TTL if Redis loses the notification.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConnectRequest> connect(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConnectResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getConnectMethod(), responseObserver);
    }

    /**
     * <pre>
     * Leave ends connections, at once or after a grace period. A Heartbeat or a new
     * Connect within the grace period keeps the connection. Connect streams that
     * kept the connections end with `left` in either case; their own heartbeats do
     * not undo the Leave. When the last connection of a user ends, the user stops
     * typing in all channels. Leave works when Redis's memory is full.
     * </pre>
     */
    default void leave(com.quikapp.quikstate.v1.LeaveRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.LeaveResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLeaveMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListOnline lists or counts the users who are present in a workspace.
     * </pre>
     */
    default void listOnline(com.quikapp.quikstate.v1.ListOnlineRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListOnlineResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListOnlineMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetStatus returns users: their status, when they were last seen, and their
     * connections.
     * </pre>
     */
    default void getStatus(com.quikapp.quikstate.v1.GetStatusRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetStatusResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetStatusMethod(), responseObserver);
    }

    /**
     * <pre>
     * SetStatus overrides the status of a user's connections, in all workspaces. It
     * does not make the user present.
     * </pre>
     */
    default void setStatus(com.quikapp.quikstate.v1.SetStatusRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetStatusResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetStatusMethod(), responseObserver);
    }

    /**
     * <pre>
     * SetTyping records that a user types in a channel, or has stopped. It sets the
     * key `user:{id}:typing:{channel}` of the legacy key layout to "1".
     * </pre>
     */
    default void setTyping(com.quikapp.quikstate.v1.SetTypingRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetTypingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetTypingMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListTyping lists the users who type in a channel. It does not list keys that
     * raw clients set, since only the command KEYS finds them.
     * </pre>
     */
    default void listTyping(com.quikapp.quikstate.v1.ListTypingRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListTypingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListTypingMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchPresence streams the users who are present in a workspace: first a
     * snapshot, then changes, every 250 ms (presence_coalesce_seconds) at most, so
     * that of several changes of one user the last is sent. In a workspace with more
     * than 1,000 users (max_watched_members) it streams their number instead.
     * </pre>
     */
    default void watchPresence(com.quikapp.quikstate.v1.WatchPresenceRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchPresenceResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchPresenceMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PresenceService.
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public static abstract class PresenceServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PresenceServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PresenceService.
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public static final class PresenceServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PresenceServiceStub> {
    private PresenceServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PresenceServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PresenceServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Heartbeat keeps connections present, many in one call. It is for gateways,
     * which hold the sockets of users. The first heartbeat creates the connection.
     * Send the next one within the TTL; a third of it is a good interval. When
     * servers send heartbeats for one connection at the same time, the last one
     * counts, in GetStatus and in every list.
     * </pre>
     */
    public void heartbeat(com.quikapp.quikstate.v1.HeartbeatRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HeartbeatResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHeartbeatMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Connect keeps one connection present while the stream lives; the client sends
     * no heartbeats. When the client half-closes the stream, the connection ends at
     * once. When the stream breaks, the connection stays for its grace period: a
     * client that connects again with the same connection id was never away. When
     * the server shuts down, the connection keeps its TTL: connect to another
     * server. The server notices after 15 s that a machine has vanished.
     * The stream ends with `left` when Leave ends its connection, or when a newer
     * stream on any server takes the connection over. This takes effect at once, or
     * within a third of the TTL if Redis loses the notification.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConnectRequest> connect(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConnectResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getConnectMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Leave ends connections, at once or after a grace period. A Heartbeat or a new
     * Connect within the grace period keeps the connection. Connect streams that
     * kept the connections end with `left` in either case; their own heartbeats do
     * not undo the Leave. When the last connection of a user ends, the user stops
     * typing in all channels. Leave works when Redis's memory is full.
     * </pre>
     */
    public void leave(com.quikapp.quikstate.v1.LeaveRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.LeaveResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLeaveMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListOnline lists or counts the users who are present in a workspace.
     * </pre>
     */
    public void listOnline(com.quikapp.quikstate.v1.ListOnlineRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListOnlineResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListOnlineMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetStatus returns users: their status, when they were last seen, and their
     * connections.
     * </pre>
     */
    public void getStatus(com.quikapp.quikstate.v1.GetStatusRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetStatusResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetStatusMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * SetStatus overrides the status of a user's connections, in all workspaces. It
     * does not make the user present.
     * </pre>
     */
    public void setStatus(com.quikapp.quikstate.v1.SetStatusRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetStatusResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetStatusMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * SetTyping records that a user types in a channel, or has stopped. It sets the
     * key `user:{id}:typing:{channel}` of the legacy key layout to "1".
     * </pre>
     */
    public void setTyping(com.quikapp.quikstate.v1.SetTypingRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetTypingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetTypingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListTyping lists the users who type in a channel. It does not list keys that
     * raw clients set, since only the command KEYS finds them.
     * </pre>
     */
    public void listTyping(com.quikapp.quikstate.v1.ListTypingRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListTypingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListTypingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchPresence streams the users who are present in a workspace: first a
     * snapshot, then changes, every 250 ms (presence_coalesce_seconds) at most, so
     * that of several changes of one user the last is sent. In a workspace with more
     * than 1,000 users (max_watched_members) it streams their number instead.
     * </pre>
     */
    public void watchPresence(com.quikapp.quikstate.v1.WatchPresenceRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchPresenceResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchPresenceMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PresenceService.
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public static final class PresenceServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PresenceServiceBlockingV2Stub> {
    private PresenceServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PresenceServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PresenceServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Heartbeat keeps connections present, many in one call. It is for gateways,
     * which hold the sockets of users. The first heartbeat creates the connection.
     * Send the next one within the TTL; a third of it is a good interval. When
     * servers send heartbeats for one connection at the same time, the last one
     * counts, in GetStatus and in every list.
     * </pre>
     */
    public com.quikapp.quikstate.v1.HeartbeatResponse heartbeat(com.quikapp.quikstate.v1.HeartbeatRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHeartbeatMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Connect keeps one connection present while the stream lives; the client sends
     * no heartbeats. When the client half-closes the stream, the connection ends at
     * once. When the stream breaks, the connection stays for its grace period: a
     * client that connects again with the same connection id was never away. When
     * the server shuts down, the connection keeps its TTL: connect to another
     * server. The server notices after 15 s that a machine has vanished.
     * The stream ends with `left` when Leave ends its connection, or when a newer
     * stream on any server takes the connection over. This takes effect at once, or
     * within a third of the TTL if Redis loses the notification.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.quikapp.quikstate.v1.ConnectRequest, com.quikapp.quikstate.v1.ConnectResponse>
        connect() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getConnectMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Leave ends connections, at once or after a grace period. A Heartbeat or a new
     * Connect within the grace period keeps the connection. Connect streams that
     * kept the connections end with `left` in either case; their own heartbeats do
     * not undo the Leave. When the last connection of a user ends, the user stops
     * typing in all channels. Leave works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.LeaveResponse leave(com.quikapp.quikstate.v1.LeaveRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLeaveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListOnline lists or counts the users who are present in a workspace.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListOnlineResponse listOnline(com.quikapp.quikstate.v1.ListOnlineRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListOnlineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetStatus returns users: their status, when they were last seen, and their
     * connections.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetStatusResponse getStatus(com.quikapp.quikstate.v1.GetStatusRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetStatus overrides the status of a user's connections, in all workspaces. It
     * does not make the user present.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetStatusResponse setStatus(com.quikapp.quikstate.v1.SetStatusRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetTyping records that a user types in a channel, or has stopped. It sets the
     * key `user:{id}:typing:{channel}` of the legacy key layout to "1".
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetTypingResponse setTyping(com.quikapp.quikstate.v1.SetTypingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetTypingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListTyping lists the users who type in a channel. It does not list keys that
     * raw clients set, since only the command KEYS finds them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListTypingResponse listTyping(com.quikapp.quikstate.v1.ListTypingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListTypingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchPresence streams the users who are present in a workspace: first a
     * snapshot, then changes, every 250 ms (presence_coalesce_seconds) at most, so
     * that of several changes of one user the last is sent. In a workspace with more
     * than 1,000 users (max_watched_members) it streams their number instead.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.quikapp.quikstate.v1.WatchPresenceResponse>
        watchPresence(com.quikapp.quikstate.v1.WatchPresenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchPresenceMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PresenceService.
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public static final class PresenceServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PresenceServiceBlockingStub> {
    private PresenceServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PresenceServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PresenceServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Heartbeat keeps connections present, many in one call. It is for gateways,
     * which hold the sockets of users. The first heartbeat creates the connection.
     * Send the next one within the TTL; a third of it is a good interval. When
     * servers send heartbeats for one connection at the same time, the last one
     * counts, in GetStatus and in every list.
     * </pre>
     */
    public com.quikapp.quikstate.v1.HeartbeatResponse heartbeat(com.quikapp.quikstate.v1.HeartbeatRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHeartbeatMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Leave ends connections, at once or after a grace period. A Heartbeat or a new
     * Connect within the grace period keeps the connection. Connect streams that
     * kept the connections end with `left` in either case; their own heartbeats do
     * not undo the Leave. When the last connection of a user ends, the user stops
     * typing in all channels. Leave works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.LeaveResponse leave(com.quikapp.quikstate.v1.LeaveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLeaveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListOnline lists or counts the users who are present in a workspace.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListOnlineResponse listOnline(com.quikapp.quikstate.v1.ListOnlineRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListOnlineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetStatus returns users: their status, when they were last seen, and their
     * connections.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetStatusResponse getStatus(com.quikapp.quikstate.v1.GetStatusRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetStatus overrides the status of a user's connections, in all workspaces. It
     * does not make the user present.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetStatusResponse setStatus(com.quikapp.quikstate.v1.SetStatusRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetTyping records that a user types in a channel, or has stopped. It sets the
     * key `user:{id}:typing:{channel}` of the legacy key layout to "1".
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetTypingResponse setTyping(com.quikapp.quikstate.v1.SetTypingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetTypingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListTyping lists the users who type in a channel. It does not list keys that
     * raw clients set, since only the command KEYS finds them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListTypingResponse listTyping(com.quikapp.quikstate.v1.ListTypingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListTypingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchPresence streams the users who are present in a workspace: first a
     * snapshot, then changes, every 250 ms (presence_coalesce_seconds) at most, so
     * that of several changes of one user the last is sent. In a workspace with more
     * than 1,000 users (max_watched_members) it streams their number instead.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.WatchPresenceResponse> watchPresence(
        com.quikapp.quikstate.v1.WatchPresenceRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchPresenceMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PresenceService.
   * <pre>
   * PresenceService tells which users are present in which workspaces, with which
   * status, and which users type in a channel.
   * A user is present through connections, one per device or browser tab, each with
   * a TTL. The user is online while one of them lives. The service keeps no
   * counters, so a crash leaves no wrong count. A connection without a heartbeat is
   * gone after its TTL, and every watcher on every server gets the change within
   * one more second.
   * The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
   * second at which each user was last seen, and `user:{id}:status` is `online`,
   * `away`, `dnd` or `offline`. Each change is also published on
   * `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
   * `workspace:{id}:online` count for 300 s: lists and counts contain them, and
   * open watches see them within 5 s. A watch that resumes in a workspace with such
   * rows begins with a snapshot.
   * </pre>
   */
  public static final class PresenceServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PresenceServiceFutureStub> {
    private PresenceServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PresenceServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PresenceServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Heartbeat keeps connections present, many in one call. It is for gateways,
     * which hold the sockets of users. The first heartbeat creates the connection.
     * Send the next one within the TTL; a third of it is a good interval. When
     * servers send heartbeats for one connection at the same time, the last one
     * counts, in GetStatus and in every list.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.HeartbeatResponse> heartbeat(
        com.quikapp.quikstate.v1.HeartbeatRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHeartbeatMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Leave ends connections, at once or after a grace period. A Heartbeat or a new
     * Connect within the grace period keeps the connection. Connect streams that
     * kept the connections end with `left` in either case; their own heartbeats do
     * not undo the Leave. When the last connection of a user ends, the user stops
     * typing in all channels. Leave works when Redis's memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.LeaveResponse> leave(
        com.quikapp.quikstate.v1.LeaveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLeaveMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListOnline lists or counts the users who are present in a workspace.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListOnlineResponse> listOnline(
        com.quikapp.quikstate.v1.ListOnlineRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListOnlineMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetStatus returns users: their status, when they were last seen, and their
     * connections.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetStatusResponse> getStatus(
        com.quikapp.quikstate.v1.GetStatusRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetStatusMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * SetStatus overrides the status of a user's connections, in all workspaces. It
     * does not make the user present.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.SetStatusResponse> setStatus(
        com.quikapp.quikstate.v1.SetStatusRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetStatusMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * SetTyping records that a user types in a channel, or has stopped. It sets the
     * key `user:{id}:typing:{channel}` of the legacy key layout to "1".
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.SetTypingResponse> setTyping(
        com.quikapp.quikstate.v1.SetTypingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetTypingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListTyping lists the users who type in a channel. It does not list keys that
     * raw clients set, since only the command KEYS finds them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListTypingResponse> listTyping(
        com.quikapp.quikstate.v1.ListTypingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListTypingMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_HEARTBEAT = 0;
  private static final int METHODID_LEAVE = 1;
  private static final int METHODID_LIST_ONLINE = 2;
  private static final int METHODID_GET_STATUS = 3;
  private static final int METHODID_SET_STATUS = 4;
  private static final int METHODID_SET_TYPING = 5;
  private static final int METHODID_LIST_TYPING = 6;
  private static final int METHODID_WATCH_PRESENCE = 7;
  private static final int METHODID_CONNECT = 8;

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
        case METHODID_HEARTBEAT:
          serviceImpl.heartbeat((com.quikapp.quikstate.v1.HeartbeatRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HeartbeatResponse>) responseObserver);
          break;
        case METHODID_LEAVE:
          serviceImpl.leave((com.quikapp.quikstate.v1.LeaveRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.LeaveResponse>) responseObserver);
          break;
        case METHODID_LIST_ONLINE:
          serviceImpl.listOnline((com.quikapp.quikstate.v1.ListOnlineRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListOnlineResponse>) responseObserver);
          break;
        case METHODID_GET_STATUS:
          serviceImpl.getStatus((com.quikapp.quikstate.v1.GetStatusRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetStatusResponse>) responseObserver);
          break;
        case METHODID_SET_STATUS:
          serviceImpl.setStatus((com.quikapp.quikstate.v1.SetStatusRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetStatusResponse>) responseObserver);
          break;
        case METHODID_SET_TYPING:
          serviceImpl.setTyping((com.quikapp.quikstate.v1.SetTypingRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetTypingResponse>) responseObserver);
          break;
        case METHODID_LIST_TYPING:
          serviceImpl.listTyping((com.quikapp.quikstate.v1.ListTypingRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListTypingResponse>) responseObserver);
          break;
        case METHODID_WATCH_PRESENCE:
          serviceImpl.watchPresence((com.quikapp.quikstate.v1.WatchPresenceRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchPresenceResponse>) responseObserver);
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
        case METHODID_CONNECT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.connect(
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConnectResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getHeartbeatMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.HeartbeatRequest,
              com.quikapp.quikstate.v1.HeartbeatResponse>(
                service, METHODID_HEARTBEAT)))
        .addMethod(
          getConnectMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ConnectRequest,
              com.quikapp.quikstate.v1.ConnectResponse>(
                service, METHODID_CONNECT)))
        .addMethod(
          getLeaveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.LeaveRequest,
              com.quikapp.quikstate.v1.LeaveResponse>(
                service, METHODID_LEAVE)))
        .addMethod(
          getListOnlineMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListOnlineRequest,
              com.quikapp.quikstate.v1.ListOnlineResponse>(
                service, METHODID_LIST_ONLINE)))
        .addMethod(
          getGetStatusMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetStatusRequest,
              com.quikapp.quikstate.v1.GetStatusResponse>(
                service, METHODID_GET_STATUS)))
        .addMethod(
          getSetStatusMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.SetStatusRequest,
              com.quikapp.quikstate.v1.SetStatusResponse>(
                service, METHODID_SET_STATUS)))
        .addMethod(
          getSetTypingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.SetTypingRequest,
              com.quikapp.quikstate.v1.SetTypingResponse>(
                service, METHODID_SET_TYPING)))
        .addMethod(
          getListTypingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListTypingRequest,
              com.quikapp.quikstate.v1.ListTypingResponse>(
                service, METHODID_LIST_TYPING)))
        .addMethod(
          getWatchPresenceMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.WatchPresenceRequest,
              com.quikapp.quikstate.v1.WatchPresenceResponse>(
                service, METHODID_WATCH_PRESENCE)))
        .build();
  }

  private static abstract class PresenceServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PresenceServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.PresenceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PresenceService");
    }
  }

  private static final class PresenceServiceFileDescriptorSupplier
      extends PresenceServiceBaseDescriptorSupplier {
    PresenceServiceFileDescriptorSupplier() {}
  }

  private static final class PresenceServiceMethodDescriptorSupplier
      extends PresenceServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PresenceServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (PresenceServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PresenceServiceFileDescriptorSupplier())
              .addMethod(getHeartbeatMethod())
              .addMethod(getConnectMethod())
              .addMethod(getLeaveMethod())
              .addMethod(getListOnlineMethod())
              .addMethod(getGetStatusMethod())
              .addMethod(getSetStatusMethod())
              .addMethod(getSetTypingMethod())
              .addMethod(getListTypingMethod())
              .addMethod(getWatchPresenceMethod())
              .build();
        }
      }
    }
    return result;
  }
}
