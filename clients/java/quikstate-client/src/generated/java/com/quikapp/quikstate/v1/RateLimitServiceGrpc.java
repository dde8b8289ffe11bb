package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * RateLimitService decides whether hits are within limits that all servers share.
 * Only Redis's clock counts. A denied hit is never charged.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RateLimitServiceGrpc {

  private RateLimitServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.RateLimitService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckRateLimitRequest,
      com.quikapp.quikstate.v1.CheckRateLimitResponse> getCheckRateLimitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckRateLimit",
      requestType = com.quikapp.quikstate.v1.CheckRateLimitRequest.class,
      responseType = com.quikapp.quikstate.v1.CheckRateLimitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckRateLimitRequest,
      com.quikapp.quikstate.v1.CheckRateLimitResponse> getCheckRateLimitMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckRateLimitRequest, com.quikapp.quikstate.v1.CheckRateLimitResponse> getCheckRateLimitMethod;
    if ((getCheckRateLimitMethod = RateLimitServiceGrpc.getCheckRateLimitMethod) == null) {
      synchronized (RateLimitServiceGrpc.class) {
        if ((getCheckRateLimitMethod = RateLimitServiceGrpc.getCheckRateLimitMethod) == null) {
          RateLimitServiceGrpc.getCheckRateLimitMethod = getCheckRateLimitMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.CheckRateLimitRequest, com.quikapp.quikstate.v1.CheckRateLimitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckRateLimit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckRateLimitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckRateLimitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RateLimitServiceMethodDescriptorSupplier("CheckRateLimit"))
              .build();
        }
      }
    }
    return getCheckRateLimitMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamRateLimitRequest,
      com.quikapp.quikstate.v1.StreamRateLimitResponse> getStreamRateLimitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StreamRateLimit",
      requestType = com.quikapp.quikstate.v1.StreamRateLimitRequest.class,
      responseType = com.quikapp.quikstate.v1.StreamRateLimitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamRateLimitRequest,
      com.quikapp.quikstate.v1.StreamRateLimitResponse> getStreamRateLimitMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.StreamRateLimitRequest, com.quikapp.quikstate.v1.StreamRateLimitResponse> getStreamRateLimitMethod;
    if ((getStreamRateLimitMethod = RateLimitServiceGrpc.getStreamRateLimitMethod) == null) {
      synchronized (RateLimitServiceGrpc.class) {
        if ((getStreamRateLimitMethod = RateLimitServiceGrpc.getStreamRateLimitMethod) == null) {
          RateLimitServiceGrpc.getStreamRateLimitMethod = getStreamRateLimitMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.StreamRateLimitRequest, com.quikapp.quikstate.v1.StreamRateLimitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StreamRateLimit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.StreamRateLimitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.StreamRateLimitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RateLimitServiceMethodDescriptorSupplier("StreamRateLimit"))
              .build();
        }
      }
    }
    return getStreamRateLimitMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ResetRateLimitRequest,
      com.quikapp.quikstate.v1.ResetRateLimitResponse> getResetRateLimitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResetRateLimit",
      requestType = com.quikapp.quikstate.v1.ResetRateLimitRequest.class,
      responseType = com.quikapp.quikstate.v1.ResetRateLimitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ResetRateLimitRequest,
      com.quikapp.quikstate.v1.ResetRateLimitResponse> getResetRateLimitMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ResetRateLimitRequest, com.quikapp.quikstate.v1.ResetRateLimitResponse> getResetRateLimitMethod;
    if ((getResetRateLimitMethod = RateLimitServiceGrpc.getResetRateLimitMethod) == null) {
      synchronized (RateLimitServiceGrpc.class) {
        if ((getResetRateLimitMethod = RateLimitServiceGrpc.getResetRateLimitMethod) == null) {
          RateLimitServiceGrpc.getResetRateLimitMethod = getResetRateLimitMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ResetRateLimitRequest, com.quikapp.quikstate.v1.ResetRateLimitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResetRateLimit"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ResetRateLimitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ResetRateLimitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RateLimitServiceMethodDescriptorSupplier("ResetRateLimit"))
              .build();
        }
      }
    }
    return getResetRateLimitMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest,
      com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> getListRateLimitPoliciesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRateLimitPolicies",
      requestType = com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest.class,
      responseType = com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest,
      com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> getListRateLimitPoliciesMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest, com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> getListRateLimitPoliciesMethod;
    if ((getListRateLimitPoliciesMethod = RateLimitServiceGrpc.getListRateLimitPoliciesMethod) == null) {
      synchronized (RateLimitServiceGrpc.class) {
        if ((getListRateLimitPoliciesMethod = RateLimitServiceGrpc.getListRateLimitPoliciesMethod) == null) {
          RateLimitServiceGrpc.getListRateLimitPoliciesMethod = getListRateLimitPoliciesMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest, com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRateLimitPolicies"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RateLimitServiceMethodDescriptorSupplier("ListRateLimitPolicies"))
              .build();
        }
      }
    }
    return getListRateLimitPoliciesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RateLimitServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceStub>() {
        @java.lang.Override
        public RateLimitServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceStub(channel, callOptions);
        }
      };
    return RateLimitServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RateLimitServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingV2Stub>() {
        @java.lang.Override
        public RateLimitServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RateLimitServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RateLimitServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingStub>() {
        @java.lang.Override
        public RateLimitServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceBlockingStub(channel, callOptions);
        }
      };
    return RateLimitServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RateLimitServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceFutureStub>() {
        @java.lang.Override
        public RateLimitServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceFutureStub(channel, callOptions);
        }
      };
    return RateLimitServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * CheckRateLimit charges one or more hits, or returns when they would pass. A
     * denied hit is a result, not an error. It is not idempotent unless it has a
     * request_id, is a dry run, or costs 0.
     * </pre>
     */
    default void checkRateLimit(com.quikapp.quikstate.v1.CheckRateLimitRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckRateLimitResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckRateLimitMethod(), responseObserver);
    }

    /**
     * <pre>
     * StreamRateLimit is CheckRateLimit for callers with many checks, at about half
     * the cost per check. Each request gets one response with its correlation_id;
     * responses may come in another order. A request that fails gets a status, and
     * the stream goes on.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamRateLimitRequest> streamRateLimit(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamRateLimitResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getStreamRateLimitMethod(), responseObserver);
    }

    /**
     * <pre>
     * ResetRateLimit forgets what was charged to one key under one limit.
     * </pre>
     */
    default void resetRateLimit(com.quikapp.quikstate.v1.ResetRateLimitRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ResetRateLimitResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResetRateLimitMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListRateLimitPolicies lists the policies in force on this server, by name.
     * </pre>
     */
    default void listRateLimitPolicies(com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRateLimitPoliciesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RateLimitService.
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public static abstract class RateLimitServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RateLimitServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RateLimitService.
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public static final class RateLimitServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RateLimitServiceStub> {
    private RateLimitServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * CheckRateLimit charges one or more hits, or returns when they would pass. A
     * denied hit is a result, not an error. It is not idempotent unless it has a
     * request_id, is a dry run, or costs 0.
     * </pre>
     */
    public void checkRateLimit(com.quikapp.quikstate.v1.CheckRateLimitRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckRateLimitResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckRateLimitMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * StreamRateLimit is CheckRateLimit for callers with many checks, at about half
     * the cost per check. Each request gets one response with its correlation_id;
     * responses may come in another order. A request that fails gets a status, and
     * the stream goes on.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamRateLimitRequest> streamRateLimit(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamRateLimitResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getStreamRateLimitMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * ResetRateLimit forgets what was charged to one key under one limit.
     * </pre>
     */
    public void resetRateLimit(com.quikapp.quikstate.v1.ResetRateLimitRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ResetRateLimitResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResetRateLimitMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListRateLimitPolicies lists the policies in force on this server, by name.
     * </pre>
     */
    public void listRateLimitPolicies(com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRateLimitPoliciesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RateLimitService.
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public static final class RateLimitServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RateLimitServiceBlockingV2Stub> {
    private RateLimitServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * CheckRateLimit charges one or more hits, or returns when they would pass. A
     * denied hit is a result, not an error. It is not idempotent unless it has a
     * request_id, is a dry run, or costs 0.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckRateLimitResponse checkRateLimit(com.quikapp.quikstate.v1.CheckRateLimitRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckRateLimitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * StreamRateLimit is CheckRateLimit for callers with many checks, at about half
     * the cost per check. Each request gets one response with its correlation_id;
     * responses may come in another order. A request that fails gets a status, and
     * the stream goes on.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.quikapp.quikstate.v1.StreamRateLimitRequest, com.quikapp.quikstate.v1.StreamRateLimitResponse>
        streamRateLimit() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getStreamRateLimitMethod(), getCallOptions());
    }

    /**
     * <pre>
     * ResetRateLimit forgets what was charged to one key under one limit.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ResetRateLimitResponse resetRateLimit(com.quikapp.quikstate.v1.ResetRateLimitRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResetRateLimitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListRateLimitPolicies lists the policies in force on this server, by name.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse listRateLimitPolicies(com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRateLimitPoliciesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RateLimitService.
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public static final class RateLimitServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RateLimitServiceBlockingStub> {
    private RateLimitServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * CheckRateLimit charges one or more hits, or returns when they would pass. A
     * denied hit is a result, not an error. It is not idempotent unless it has a
     * request_id, is a dry run, or costs 0.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckRateLimitResponse checkRateLimit(com.quikapp.quikstate.v1.CheckRateLimitRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckRateLimitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ResetRateLimit forgets what was charged to one key under one limit.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ResetRateLimitResponse resetRateLimit(com.quikapp.quikstate.v1.ResetRateLimitRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResetRateLimitMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListRateLimitPolicies lists the policies in force on this server, by name.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse listRateLimitPolicies(com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRateLimitPoliciesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RateLimitService.
   * <pre>
   * RateLimitService decides whether hits are within limits that all servers share.
   * Only Redis's clock counts. A denied hit is never charged.
   * </pre>
   */
  public static final class RateLimitServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RateLimitServiceFutureStub> {
    private RateLimitServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * CheckRateLimit charges one or more hits, or returns when they would pass. A
     * denied hit is a result, not an error. It is not idempotent unless it has a
     * request_id, is a dry run, or costs 0.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.CheckRateLimitResponse> checkRateLimit(
        com.quikapp.quikstate.v1.CheckRateLimitRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckRateLimitMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ResetRateLimit forgets what was charged to one key under one limit.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ResetRateLimitResponse> resetRateLimit(
        com.quikapp.quikstate.v1.ResetRateLimitRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResetRateLimitMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListRateLimitPolicies lists the policies in force on this server, by name.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse> listRateLimitPolicies(
        com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRateLimitPoliciesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CHECK_RATE_LIMIT = 0;
  private static final int METHODID_RESET_RATE_LIMIT = 1;
  private static final int METHODID_LIST_RATE_LIMIT_POLICIES = 2;
  private static final int METHODID_STREAM_RATE_LIMIT = 3;

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
        case METHODID_CHECK_RATE_LIMIT:
          serviceImpl.checkRateLimit((com.quikapp.quikstate.v1.CheckRateLimitRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckRateLimitResponse>) responseObserver);
          break;
        case METHODID_RESET_RATE_LIMIT:
          serviceImpl.resetRateLimit((com.quikapp.quikstate.v1.ResetRateLimitRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ResetRateLimitResponse>) responseObserver);
          break;
        case METHODID_LIST_RATE_LIMIT_POLICIES:
          serviceImpl.listRateLimitPolicies((com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse>) responseObserver);
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
        case METHODID_STREAM_RATE_LIMIT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.streamRateLimit(
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.StreamRateLimitResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCheckRateLimitMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.CheckRateLimitRequest,
              com.quikapp.quikstate.v1.CheckRateLimitResponse>(
                service, METHODID_CHECK_RATE_LIMIT)))
        .addMethod(
          getStreamRateLimitMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.StreamRateLimitRequest,
              com.quikapp.quikstate.v1.StreamRateLimitResponse>(
                service, METHODID_STREAM_RATE_LIMIT)))
        .addMethod(
          getResetRateLimitMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ResetRateLimitRequest,
              com.quikapp.quikstate.v1.ResetRateLimitResponse>(
                service, METHODID_RESET_RATE_LIMIT)))
        .addMethod(
          getListRateLimitPoliciesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListRateLimitPoliciesRequest,
              com.quikapp.quikstate.v1.ListRateLimitPoliciesResponse>(
                service, METHODID_LIST_RATE_LIMIT_POLICIES)))
        .build();
  }

  private static abstract class RateLimitServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RateLimitServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.RateLimitOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RateLimitService");
    }
  }

  private static final class RateLimitServiceFileDescriptorSupplier
      extends RateLimitServiceBaseDescriptorSupplier {
    RateLimitServiceFileDescriptorSupplier() {}
  }

  private static final class RateLimitServiceMethodDescriptorSupplier
      extends RateLimitServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RateLimitServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RateLimitServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RateLimitServiceFileDescriptorSupplier())
              .addMethod(getCheckRateLimitMethod())
              .addMethod(getStreamRateLimitMethod())
              .addMethod(getResetRateLimitMethod())
              .addMethod(getListRateLimitPoliciesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
