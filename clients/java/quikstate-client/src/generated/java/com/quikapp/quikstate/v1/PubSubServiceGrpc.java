package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * PubSubService publishes messages on channels, and streams them to subscribers.
 * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
 * of the same name. So raw Redis clients (programs that use Redis without
 * quikstate) exchange messages with subscribers and publishers here. A message
 * reaches those that are subscribed when it is published.
 * A durable channel also stores its last messages, its history, each with a
 * position. A subscriber resumes after the last position it received, on any
 * server. It receives every later message in order and once, or a gap. A raw
 * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
 * channel is not stored and has no position. It reaches the subscribers of a
 * matching prefix only, whether or not they also subscribe to the channel itself.
 * A channel is durable by setting (durable_channels), or while it has a history,
 * which the first DURABLE message creates.
 * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
 * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
 * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
 * other namespaces and servers use. It must not be a channel between servers:
 * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
 * that begins like `{xquikstate:locks}:`.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PubSubServiceGrpc {

  private PubSubServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.PubSubService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PublishRequest,
      com.quikapp.quikstate.v1.PublishResponse> getPublishMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Publish",
      requestType = com.quikapp.quikstate.v1.PublishRequest.class,
      responseType = com.quikapp.quikstate.v1.PublishResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PublishRequest,
      com.quikapp.quikstate.v1.PublishResponse> getPublishMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PublishRequest, com.quikapp.quikstate.v1.PublishResponse> getPublishMethod;
    if ((getPublishMethod = PubSubServiceGrpc.getPublishMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getPublishMethod = PubSubServiceGrpc.getPublishMethod) == null) {
          PubSubServiceGrpc.getPublishMethod = getPublishMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.PublishRequest, com.quikapp.quikstate.v1.PublishResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Publish"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.PublishRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.PublishResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("Publish"))
              .build();
        }
      }
    }
    return getPublishMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SubscribeRequest,
      com.quikapp.quikstate.v1.SubscribeResponse> getSubscribeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Subscribe",
      requestType = com.quikapp.quikstate.v1.SubscribeRequest.class,
      responseType = com.quikapp.quikstate.v1.SubscribeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SubscribeRequest,
      com.quikapp.quikstate.v1.SubscribeResponse> getSubscribeMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SubscribeRequest, com.quikapp.quikstate.v1.SubscribeResponse> getSubscribeMethod;
    if ((getSubscribeMethod = PubSubServiceGrpc.getSubscribeMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getSubscribeMethod = PubSubServiceGrpc.getSubscribeMethod) == null) {
          PubSubServiceGrpc.getSubscribeMethod = getSubscribeMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.SubscribeRequest, com.quikapp.quikstate.v1.SubscribeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Subscribe"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SubscribeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SubscribeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("Subscribe"))
              .build();
        }
      }
    }
    return getSubscribeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamSubscribeRequest,
      com.quikapp.quikstate.v1.StreamSubscribeResponse> getStreamSubscribeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamSubscribe",
      requestType = com.quikapp.quikstate.v1.StreamSubscribeRequest.class,
      responseType = com.quikapp.quikstate.v1.StreamSubscribeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamSubscribeRequest,
      com.quikapp.quikstate.v1.StreamSubscribeResponse> getStreamSubscribeMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamSubscribeRequest, com.quikapp.quikstate.v1.StreamSubscribeResponse> getStreamSubscribeMethod;
    if ((getStreamSubscribeMethod = PubSubServiceGrpc.getStreamSubscribeMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getStreamSubscribeMethod = PubSubServiceGrpc.getStreamSubscribeMethod) == null) {
          PubSubServiceGrpc.getStreamSubscribeMethod = getStreamSubscribeMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.StreamSubscribeRequest, com.quikapp.quikstate.v1.StreamSubscribeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamSubscribe"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.StreamSubscribeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.StreamSubscribeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("StreamSubscribe"))
              .build();
        }
      }
    }
    return getStreamSubscribeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListHistoryRequest,
      com.quikapp.quikstate.v1.ListHistoryResponse> getListHistoryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListHistory",
      requestType = com.quikapp.quikstate.v1.ListHistoryRequest.class,
      responseType = com.quikapp.quikstate.v1.ListHistoryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListHistoryRequest,
      com.quikapp.quikstate.v1.ListHistoryResponse> getListHistoryMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListHistoryRequest, com.quikapp.quikstate.v1.ListHistoryResponse> getListHistoryMethod;
    if ((getListHistoryMethod = PubSubServiceGrpc.getListHistoryMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getListHistoryMethod = PubSubServiceGrpc.getListHistoryMethod) == null) {
          PubSubServiceGrpc.getListHistoryMethod = getListHistoryMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListHistoryRequest, com.quikapp.quikstate.v1.ListHistoryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListHistory"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListHistoryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListHistoryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("ListHistory"))
              .build();
        }
      }
    }
    return getListHistoryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteHistoryRequest,
      com.quikapp.quikstate.v1.DeleteHistoryResponse> getDeleteHistoryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteHistory",
      requestType = com.quikapp.quikstate.v1.DeleteHistoryRequest.class,
      responseType = com.quikapp.quikstate.v1.DeleteHistoryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteHistoryRequest,
      com.quikapp.quikstate.v1.DeleteHistoryResponse> getDeleteHistoryMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteHistoryRequest, com.quikapp.quikstate.v1.DeleteHistoryResponse> getDeleteHistoryMethod;
    if ((getDeleteHistoryMethod = PubSubServiceGrpc.getDeleteHistoryMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getDeleteHistoryMethod = PubSubServiceGrpc.getDeleteHistoryMethod) == null) {
          PubSubServiceGrpc.getDeleteHistoryMethod = getDeleteHistoryMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.DeleteHistoryRequest, com.quikapp.quikstate.v1.DeleteHistoryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteHistory"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteHistoryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteHistoryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("DeleteHistory"))
              .build();
        }
      }
    }
    return getDeleteHistoryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListChannelsRequest,
      com.quikapp.quikstate.v1.ListChannelsResponse> getListChannelsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListChannels",
      requestType = com.quikapp.quikstate.v1.ListChannelsRequest.class,
      responseType = com.quikapp.quikstate.v1.ListChannelsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListChannelsRequest,
      com.quikapp.quikstate.v1.ListChannelsResponse> getListChannelsMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListChannelsRequest, com.quikapp.quikstate.v1.ListChannelsResponse> getListChannelsMethod;
    if ((getListChannelsMethod = PubSubServiceGrpc.getListChannelsMethod) == null) {
      synchronized (PubSubServiceGrpc.class) {
        if ((getListChannelsMethod = PubSubServiceGrpc.getListChannelsMethod) == null) {
          PubSubServiceGrpc.getListChannelsMethod = getListChannelsMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListChannelsRequest, com.quikapp.quikstate.v1.ListChannelsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListChannels"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListChannelsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListChannelsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PubSubServiceMethodDescriptorSupplier("ListChannels"))
              .build();
        }
      }
    }
    return getListChannelsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PubSubServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PubSubServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PubSubServiceStub>() {
        @java.lang.Override
        public PubSubServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PubSubServiceStub(channel, callOptions);
        }
      };
    return PubSubServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PubSubServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PubSubServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PubSubServiceBlockingV2Stub>() {
        @java.lang.Override
        public PubSubServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PubSubServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PubSubServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PubSubServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PubSubServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PubSubServiceBlockingStub>() {
        @java.lang.Override
        public PubSubServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PubSubServiceBlockingStub(channel, callOptions);
        }
      };
    return PubSubServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PubSubServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PubSubServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PubSubServiceFutureStub>() {
        @java.lang.Override
        public PubSubServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PubSubServiceFutureStub(channel, callOptions);
        }
      };
    return PubSubServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Publish publishes messages, each with its own status. Messages on one channel
     * keep their order. Only messages with an idempotency_key are safe to repeat. If
     * a key of a channel holds another type in Redis, its message fails with
     * KEY_TYPE_CONFLICT, and the others are published.
     * </pre>
     */
    default void publish(com.quikapp.quikstate.v1.PublishRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PublishResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPublishMethod(), responseObserver);
    }

    /**
     * <pre>
     * Subscribe streams the messages of channels, and of all channels whose names
     * begin with a prefix, until the caller or the server ends the stream.
     * </pre>
     */
    default void subscribe(com.quikapp.quikstate.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubscribeMethod(), responseObserver);
    }

    /**
     * <pre>
     * StreamSubscribe is Subscribe for gateways, whose channels change: each command
     * adds or removes channels and prefixes, and a result answers it. After the
     * half-close, messages continue until the stream is cancelled.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamSubscribeRequest> streamSubscribe(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamSubscribeResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getStreamSubscribeMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListHistory lists the messages that a durable channel has stored.
     * </pre>
     */
    default void listHistory(com.quikapp.quikstate.v1.ListHistoryRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListHistoryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListHistoryMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteHistory deletes the stored messages of a channel. The next durable
     * message begins a new epoch. Until then the channel is ephemeral, unless it is
     * durable by setting. It works when Redis's memory is full.
     * </pre>
     */
    default void deleteHistory(com.quikapp.quikstate.v1.DeleteHistoryRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteHistoryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteHistoryMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListChannels lists the channels with subscribers, on any server or raw Redis
     * client. Redis examines all of its channels, so it is for people and
     * dashboards, not for the path of a request.
     * </pre>
     */
    default void listChannels(com.quikapp.quikstate.v1.ListChannelsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListChannelsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListChannelsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PubSubService.
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public static abstract class PubSubServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PubSubServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PubSubService.
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public static final class PubSubServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PubSubServiceStub> {
    private PubSubServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PubSubServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PubSubServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Publish publishes messages, each with its own status. Messages on one channel
     * keep their order. Only messages with an idempotency_key are safe to repeat. If
     * a key of a channel holds another type in Redis, its message fails with
     * KEY_TYPE_CONFLICT, and the others are published.
     * </pre>
     */
    public void publish(com.quikapp.quikstate.v1.PublishRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PublishResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPublishMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Subscribe streams the messages of channels, and of all channels whose names
     * begin with a prefix, until the caller or the server ends the stream.
     * </pre>
     */
    public void subscribe(com.quikapp.quikstate.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getSubscribeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * StreamSubscribe is Subscribe for gateways, whose channels change: each command
     * adds or removes channels and prefixes, and a result answers it. After the
     * half-close, messages continue until the stream is cancelled.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamSubscribeRequest> streamSubscribe(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamSubscribeResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getStreamSubscribeMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * ListHistory lists the messages that a durable channel has stored.
     * </pre>
     */
    public void listHistory(com.quikapp.quikstate.v1.ListHistoryRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListHistoryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListHistoryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteHistory deletes the stored messages of a channel. The next durable
     * message begins a new epoch. Until then the channel is ephemeral, unless it is
     * durable by setting. It works when Redis's memory is full.
     * </pre>
     */
    public void deleteHistory(com.quikapp.quikstate.v1.DeleteHistoryRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteHistoryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteHistoryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListChannels lists the channels with subscribers, on any server or raw Redis
     * client. Redis examines all of its channels, so it is for people and
     * dashboards, not for the path of a request.
     * </pre>
     */
    public void listChannels(com.quikapp.quikstate.v1.ListChannelsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListChannelsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListChannelsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PubSubService.
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public static final class PubSubServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PubSubServiceBlockingV2Stub> {
    private PubSubServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PubSubServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PubSubServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Publish publishes messages, each with its own status. Messages on one channel
     * keep their order. Only messages with an idempotency_key are safe to repeat. If
     * a key of a channel holds another type in Redis, its message fails with
     * KEY_TYPE_CONFLICT, and the others are published.
     * </pre>
     */
    public com.quikapp.quikstate.v1.PublishResponse publish(com.quikapp.quikstate.v1.PublishRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPublishMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Subscribe streams the messages of channels, and of all channels whose names
     * begin with a prefix, until the caller or the server ends the stream.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.quikapp.quikstate.v1.SubscribeResponse>
        subscribe(com.quikapp.quikstate.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * StreamSubscribe is Subscribe for gateways, whose channels change: each command
     * adds or removes channels and prefixes, and a result answers it. After the
     * half-close, messages continue until the stream is cancelled.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.quikapp.quikstate.v1.StreamSubscribeRequest, com.quikapp.quikstate.v1.StreamSubscribeResponse>
        streamSubscribe() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getStreamSubscribeMethod(), getCallOptions());
    }

    /**
     * <pre>
     * ListHistory lists the messages that a durable channel has stored.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListHistoryResponse listHistory(com.quikapp.quikstate.v1.ListHistoryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteHistory deletes the stored messages of a channel. The next durable
     * message begins a new epoch. Until then the channel is ephemeral, unless it is
     * durable by setting. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteHistoryResponse deleteHistory(com.quikapp.quikstate.v1.DeleteHistoryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListChannels lists the channels with subscribers, on any server or raw Redis
     * client. Redis examines all of its channels, so it is for people and
     * dashboards, not for the path of a request.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListChannelsResponse listChannels(com.quikapp.quikstate.v1.ListChannelsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListChannelsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PubSubService.
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public static final class PubSubServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PubSubServiceBlockingStub> {
    private PubSubServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PubSubServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PubSubServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Publish publishes messages, each with its own status. Messages on one channel
     * keep their order. Only messages with an idempotency_key are safe to repeat. If
     * a key of a channel holds another type in Redis, its message fails with
     * KEY_TYPE_CONFLICT, and the others are published.
     * </pre>
     */
    public com.quikapp.quikstate.v1.PublishResponse publish(com.quikapp.quikstate.v1.PublishRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPublishMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Subscribe streams the messages of channels, and of all channels whose names
     * begin with a prefix, until the caller or the server ends the stream.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.SubscribeResponse> subscribe(
        com.quikapp.quikstate.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListHistory lists the messages that a durable channel has stored.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListHistoryResponse listHistory(com.quikapp.quikstate.v1.ListHistoryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteHistory deletes the stored messages of a channel. The next durable
     * message begins a new epoch. Until then the channel is ephemeral, unless it is
     * durable by setting. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteHistoryResponse deleteHistory(com.quikapp.quikstate.v1.DeleteHistoryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteHistoryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListChannels lists the channels with subscribers, on any server or raw Redis
     * client. Redis examines all of its channels, so it is for people and
     * dashboards, not for the path of a request.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListChannelsResponse listChannels(com.quikapp.quikstate.v1.ListChannelsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListChannelsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PubSubService.
   * <pre>
   * PubSubService publishes messages on channels, and streams them to subscribers.
   * An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
   * of the same name. So raw Redis clients (programs that use Redis without
   * quikstate) exchange messages with subscribers and publishers here. A message
   * reaches those that are subscribed when it is published.
   * A durable channel also stores its last messages, its history, each with a
   * position. A subscriber resumes after the last position it received, on any
   * server. It receives every later message in order and once, or a gap. A raw
   * SUBSCRIBE receives the messages too. What a raw client publishes on a durable
   * channel is not stored and has no position. It reaches the subscribers of a
   * matching prefix only, whether or not they also subscribe to the channel itself.
   * A channel is durable by setting (durable_channels), or while it has a history,
   * which the first DURABLE message creates.
   * A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
   * The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
   * escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
   * other namespaces and servers use. It must not be a channel between servers:
   * `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
   * that begins like `{xquikstate:locks}:`.
   * </pre>
   */
  public static final class PubSubServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PubSubServiceFutureStub> {
    private PubSubServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PubSubServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PubSubServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Publish publishes messages, each with its own status. Messages on one channel
     * keep their order. Only messages with an idempotency_key are safe to repeat. If
     * a key of a channel holds another type in Redis, its message fails with
     * KEY_TYPE_CONFLICT, and the others are published.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.PublishResponse> publish(
        com.quikapp.quikstate.v1.PublishRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPublishMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListHistory lists the messages that a durable channel has stored.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListHistoryResponse> listHistory(
        com.quikapp.quikstate.v1.ListHistoryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListHistoryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteHistory deletes the stored messages of a channel. The next durable
     * message begins a new epoch. Until then the channel is ephemeral, unless it is
     * durable by setting. It works when Redis's memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.DeleteHistoryResponse> deleteHistory(
        com.quikapp.quikstate.v1.DeleteHistoryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteHistoryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListChannels lists the channels with subscribers, on any server or raw Redis
     * client. Redis examines all of its channels, so it is for people and
     * dashboards, not for the path of a request.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListChannelsResponse> listChannels(
        com.quikapp.quikstate.v1.ListChannelsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListChannelsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_PUBLISH = 0;
  private static final int METHODID_SUBSCRIBE = 1;
  private static final int METHODID_LIST_HISTORY = 2;
  private static final int METHODID_DELETE_HISTORY = 3;
  private static final int METHODID_LIST_CHANNELS = 4;
  private static final int METHODID_STREAM_SUBSCRIBE = 5;

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
        case METHODID_PUBLISH:
          serviceImpl.publish((com.quikapp.quikstate.v1.PublishRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PublishResponse>) responseObserver);
          break;
        case METHODID_SUBSCRIBE:
          serviceImpl.subscribe((com.quikapp.quikstate.v1.SubscribeRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SubscribeResponse>) responseObserver);
          break;
        case METHODID_LIST_HISTORY:
          serviceImpl.listHistory((com.quikapp.quikstate.v1.ListHistoryRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListHistoryResponse>) responseObserver);
          break;
        case METHODID_DELETE_HISTORY:
          serviceImpl.deleteHistory((com.quikapp.quikstate.v1.DeleteHistoryRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteHistoryResponse>) responseObserver);
          break;
        case METHODID_LIST_CHANNELS:
          serviceImpl.listChannels((com.quikapp.quikstate.v1.ListChannelsRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListChannelsResponse>) responseObserver);
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
        case METHODID_STREAM_SUBSCRIBE:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.streamSubscribe(
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamSubscribeResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getPublishMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.PublishRequest,
              com.quikapp.quikstate.v1.PublishResponse>(
                service, METHODID_PUBLISH)))
        .addMethod(
          getSubscribeMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.SubscribeRequest,
              com.quikapp.quikstate.v1.SubscribeResponse>(
                service, METHODID_SUBSCRIBE)))
        .addMethod(
          getStreamSubscribeMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.StreamSubscribeRequest,
              com.quikapp.quikstate.v1.StreamSubscribeResponse>(
                service, METHODID_STREAM_SUBSCRIBE)))
        .addMethod(
          getListHistoryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListHistoryRequest,
              com.quikapp.quikstate.v1.ListHistoryResponse>(
                service, METHODID_LIST_HISTORY)))
        .addMethod(
          getDeleteHistoryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.DeleteHistoryRequest,
              com.quikapp.quikstate.v1.DeleteHistoryResponse>(
                service, METHODID_DELETE_HISTORY)))
        .addMethod(
          getListChannelsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListChannelsRequest,
              com.quikapp.quikstate.v1.ListChannelsResponse>(
                service, METHODID_LIST_CHANNELS)))
        .build();
  }

  private static abstract class PubSubServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PubSubServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.PubSub.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PubSubService");
    }
  }

  private static final class PubSubServiceFileDescriptorSupplier
      extends PubSubServiceBaseDescriptorSupplier {
    PubSubServiceFileDescriptorSupplier() {}
  }

  private static final class PubSubServiceMethodDescriptorSupplier
      extends PubSubServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PubSubServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (PubSubServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PubSubServiceFileDescriptorSupplier())
              .addMethod(getPublishMethod())
              .addMethod(getSubscribeMethod())
              .addMethod(getStreamSubscribeMethod())
              .addMethod(getListHistoryMethod())
              .addMethod(getDeleteHistoryMethod())
              .addMethod(getListChannelsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
