package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * CacheService keeps copies of values that are expensive to compute, under the
 * plain Redis keys that raw Redis clients use too. A value that a raw client
 * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
 * stored here.
 * If many callers miss an entry at once, they must not all go to the database. So
 * a miss can come with a lease: one caller fills the entry, and the others wait
 * for it or take a stale value. This works across servers and languages. The
 * server refuses a fill if the entry, or one of its tags, was deleted after the
 * lease was granted: a value read from the database before that cannot come back.
 * Only fills with a lease are protected in this way.
 * The tags and the soft TTL of an entry are stored beside its value and belong to
 * that value alone: a value that a raw `SET` puts in its place has none. If a raw
 * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
 * prolongs its tags and soft TTL too. That read must come within 10 minutes
 * (cache_metadata_seconds) after the original expiry. A value without tags and
 * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
 * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
 * such a value.
 * Each item of a batch is an operation of its own, with its own outcome. If all
 * items fail, the call fails with the error of the first one.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class CacheServiceGrpc {

  private CacheServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.CacheService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetEntriesRequest,
      com.quikapp.quikstate.v1.GetEntriesResponse> getGetEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetEntries",
      requestType = com.quikapp.quikstate.v1.GetEntriesRequest.class,
      responseType = com.quikapp.quikstate.v1.GetEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetEntriesRequest,
      com.quikapp.quikstate.v1.GetEntriesResponse> getGetEntriesMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetEntriesRequest, com.quikapp.quikstate.v1.GetEntriesResponse> getGetEntriesMethod;
    if ((getGetEntriesMethod = CacheServiceGrpc.getGetEntriesMethod) == null) {
      synchronized (CacheServiceGrpc.class) {
        if ((getGetEntriesMethod = CacheServiceGrpc.getGetEntriesMethod) == null) {
          CacheServiceGrpc.getGetEntriesMethod = getGetEntriesMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetEntriesRequest, com.quikapp.quikstate.v1.GetEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetEntries"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CacheServiceMethodDescriptorSupplier("GetEntries"))
              .build();
        }
      }
    }
    return getGetEntriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetEntriesRequest,
      com.quikapp.quikstate.v1.SetEntriesResponse> getSetEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetEntries",
      requestType = com.quikapp.quikstate.v1.SetEntriesRequest.class,
      responseType = com.quikapp.quikstate.v1.SetEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetEntriesRequest,
      com.quikapp.quikstate.v1.SetEntriesResponse> getSetEntriesMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SetEntriesRequest, com.quikapp.quikstate.v1.SetEntriesResponse> getSetEntriesMethod;
    if ((getSetEntriesMethod = CacheServiceGrpc.getSetEntriesMethod) == null) {
      synchronized (CacheServiceGrpc.class) {
        if ((getSetEntriesMethod = CacheServiceGrpc.getSetEntriesMethod) == null) {
          CacheServiceGrpc.getSetEntriesMethod = getSetEntriesMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.SetEntriesRequest, com.quikapp.quikstate.v1.SetEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetEntries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SetEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CacheServiceMethodDescriptorSupplier("SetEntries"))
              .build();
        }
      }
    }
    return getSetEntriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteEntriesRequest,
      com.quikapp.quikstate.v1.DeleteEntriesResponse> getDeleteEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteEntries",
      requestType = com.quikapp.quikstate.v1.DeleteEntriesRequest.class,
      responseType = com.quikapp.quikstate.v1.DeleteEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteEntriesRequest,
      com.quikapp.quikstate.v1.DeleteEntriesResponse> getDeleteEntriesMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteEntriesRequest, com.quikapp.quikstate.v1.DeleteEntriesResponse> getDeleteEntriesMethod;
    if ((getDeleteEntriesMethod = CacheServiceGrpc.getDeleteEntriesMethod) == null) {
      synchronized (CacheServiceGrpc.class) {
        if ((getDeleteEntriesMethod = CacheServiceGrpc.getDeleteEntriesMethod) == null) {
          CacheServiceGrpc.getDeleteEntriesMethod = getDeleteEntriesMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.DeleteEntriesRequest, com.quikapp.quikstate.v1.DeleteEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteEntries"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CacheServiceMethodDescriptorSupplier("DeleteEntries"))
              .build();
        }
      }
    }
    return getDeleteEntriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchInvalidationsRequest,
      com.quikapp.quikstate.v1.WatchInvalidationsResponse> getWatchInvalidationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchInvalidations",
      requestType = com.quikapp.quikstate.v1.WatchInvalidationsRequest.class,
      responseType = com.quikapp.quikstate.v1.WatchInvalidationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchInvalidationsRequest,
      com.quikapp.quikstate.v1.WatchInvalidationsResponse> getWatchInvalidationsMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchInvalidationsRequest, com.quikapp.quikstate.v1.WatchInvalidationsResponse> getWatchInvalidationsMethod;
    if ((getWatchInvalidationsMethod = CacheServiceGrpc.getWatchInvalidationsMethod) == null) {
      synchronized (CacheServiceGrpc.class) {
        if ((getWatchInvalidationsMethod = CacheServiceGrpc.getWatchInvalidationsMethod) == null) {
          CacheServiceGrpc.getWatchInvalidationsMethod = getWatchInvalidationsMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.WatchInvalidationsRequest, com.quikapp.quikstate.v1.WatchInvalidationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchInvalidations"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchInvalidationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchInvalidationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CacheServiceMethodDescriptorSupplier("WatchInvalidations"))
              .build();
        }
      }
    }
    return getWatchInvalidationsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CacheServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CacheServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CacheServiceStub>() {
        @java.lang.Override
        public CacheServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CacheServiceStub(channel, callOptions);
        }
      };
    return CacheServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static CacheServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CacheServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CacheServiceBlockingV2Stub>() {
        @java.lang.Override
        public CacheServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CacheServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return CacheServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CacheServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CacheServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CacheServiceBlockingStub>() {
        @java.lang.Override
        public CacheServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CacheServiceBlockingStub(channel, callOptions);
        }
      };
    return CacheServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CacheServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CacheServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CacheServiceFutureStub>() {
        @java.lang.Override
        public CacheServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CacheServiceFutureStub(channel, callOptions);
        }
      };
    return CacheServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * GetEntries reads entries. A miss is an answer, not an error.
     * </pre>
     */
    default void getEntries(com.quikapp.quikstate.v1.GetEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetEntriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * SetEntries stores entries, each on its condition. It is not idempotent: a
     * repeat could bring back an entry that was deleted in between. Conditions
     * compare with the present values, 1 MiB of them (max_cache_value_bytes) at a
     * time, so that no other caller waits for the whole batch.
     * </pre>
     */
    default void setEntries(com.quikapp.quikstate.v1.SetEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetEntriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteEntries removes entries by key, or invalidates all entries that carry a
     * tag, and cancels the leases to fill them. It works even if Redis's memory is
     * full.
     * </pre>
     */
    default void deleteEntries(com.quikapp.quikstate.v1.DeleteEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteEntriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchInvalidations streams the keys and tags that are stored and deleted
     * through this API, at once, for callers that keep copies of their own. It does
     * not report writes of raw clients and expiry: give such copies a TTL too.
     * </pre>
     */
    default void watchInvalidations(com.quikapp.quikstate.v1.WatchInvalidationsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchInvalidationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchInvalidationsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service CacheService.
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public static abstract class CacheServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return CacheServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service CacheService.
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public static final class CacheServiceStub
      extends io.grpc.stub.AbstractAsyncStub<CacheServiceStub> {
    private CacheServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CacheServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CacheServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetEntries reads entries. A miss is an answer, not an error.
     * </pre>
     */
    public void getEntries(com.quikapp.quikstate.v1.GetEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetEntriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * SetEntries stores entries, each on its condition. It is not idempotent: a
     * repeat could bring back an entry that was deleted in between. Conditions
     * compare with the present values, 1 MiB of them (max_cache_value_bytes) at a
     * time, so that no other caller waits for the whole batch.
     * </pre>
     */
    public void setEntries(com.quikapp.quikstate.v1.SetEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetEntriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteEntries removes entries by key, or invalidates all entries that carry a
     * tag, and cancels the leases to fill them. It works even if Redis's memory is
     * full.
     * </pre>
     */
    public void deleteEntries(com.quikapp.quikstate.v1.DeleteEntriesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteEntriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchInvalidations streams the keys and tags that are stored and deleted
     * through this API, at once, for callers that keep copies of their own. It does
     * not report writes of raw clients and expiry: give such copies a TTL too.
     * </pre>
     */
    public void watchInvalidations(com.quikapp.quikstate.v1.WatchInvalidationsRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchInvalidationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchInvalidationsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service CacheService.
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public static final class CacheServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<CacheServiceBlockingV2Stub> {
    private CacheServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CacheServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CacheServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * GetEntries reads entries. A miss is an answer, not an error.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetEntriesResponse getEntries(com.quikapp.quikstate.v1.GetEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetEntries stores entries, each on its condition. It is not idempotent: a
     * repeat could bring back an entry that was deleted in between. Conditions
     * compare with the present values, 1 MiB of them (max_cache_value_bytes) at a
     * time, so that no other caller waits for the whole batch.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetEntriesResponse setEntries(com.quikapp.quikstate.v1.SetEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteEntries removes entries by key, or invalidates all entries that carry a
     * tag, and cancels the leases to fill them. It works even if Redis's memory is
     * full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteEntriesResponse deleteEntries(com.quikapp.quikstate.v1.DeleteEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchInvalidations streams the keys and tags that are stored and deleted
     * through this API, at once, for callers that keep copies of their own. It does
     * not report writes of raw clients and expiry: give such copies a TTL too.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.quikapp.quikstate.v1.WatchInvalidationsResponse>
        watchInvalidations(com.quikapp.quikstate.v1.WatchInvalidationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchInvalidationsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service CacheService.
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public static final class CacheServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<CacheServiceBlockingStub> {
    private CacheServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CacheServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CacheServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetEntries reads entries. A miss is an answer, not an error.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetEntriesResponse getEntries(com.quikapp.quikstate.v1.GetEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * SetEntries stores entries, each on its condition. It is not idempotent: a
     * repeat could bring back an entry that was deleted in between. Conditions
     * compare with the present values, 1 MiB of them (max_cache_value_bytes) at a
     * time, so that no other caller waits for the whole batch.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SetEntriesResponse setEntries(com.quikapp.quikstate.v1.SetEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteEntries removes entries by key, or invalidates all entries that carry a
     * tag, and cancels the leases to fill them. It works even if Redis's memory is
     * full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteEntriesResponse deleteEntries(com.quikapp.quikstate.v1.DeleteEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchInvalidations streams the keys and tags that are stored and deleted
     * through this API, at once, for callers that keep copies of their own. It does
     * not report writes of raw clients and expiry: give such copies a TTL too.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.WatchInvalidationsResponse> watchInvalidations(
        com.quikapp.quikstate.v1.WatchInvalidationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchInvalidationsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service CacheService.
   * <pre>
   * CacheService keeps copies of values that are expensive to compute, under the
   * plain Redis keys that raw Redis clients use too. A value that a raw client
   * stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
   * stored here.
   * If many callers miss an entry at once, they must not all go to the database. So
   * a miss can come with a lease: one caller fills the entry, and the others wait
   * for it or take a stale value. This works across servers and languages. The
   * server refuses a fill if the entry, or one of its tags, was deleted after the
   * lease was granted: a value read from the database before that cannot come back.
   * Only fills with a lease are protected in this way.
   * The tags and the soft TTL of an entry are stored beside its value and belong to
   * that value alone: a value that a raw `SET` puts in its place has none. If a raw
   * `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
   * prolongs its tags and soft TTL too. That read must come within 10 minutes
   * (cache_metadata_seconds) after the original expiry. A value without tags and
   * soft TTL counts as a raw client's: it is a HIT until it expires or its key is
   * deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
   * such a value.
   * Each item of a batch is an operation of its own, with its own outcome. If all
   * items fail, the call fails with the error of the first one.
   * </pre>
   */
  public static final class CacheServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<CacheServiceFutureStub> {
    private CacheServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CacheServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CacheServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetEntries reads entries. A miss is an answer, not an error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetEntriesResponse> getEntries(
        com.quikapp.quikstate.v1.GetEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetEntriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * SetEntries stores entries, each on its condition. It is not idempotent: a
     * repeat could bring back an entry that was deleted in between. Conditions
     * compare with the present values, 1 MiB of them (max_cache_value_bytes) at a
     * time, so that no other caller waits for the whole batch.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.SetEntriesResponse> setEntries(
        com.quikapp.quikstate.v1.SetEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetEntriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteEntries removes entries by key, or invalidates all entries that carry a
     * tag, and cancels the leases to fill them. It works even if Redis's memory is
     * full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.DeleteEntriesResponse> deleteEntries(
        com.quikapp.quikstate.v1.DeleteEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteEntriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_ENTRIES = 0;
  private static final int METHODID_SET_ENTRIES = 1;
  private static final int METHODID_DELETE_ENTRIES = 2;
  private static final int METHODID_WATCH_INVALIDATIONS = 3;

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
        case METHODID_GET_ENTRIES:
          serviceImpl.getEntries((com.quikapp.quikstate.v1.GetEntriesRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetEntriesResponse>) responseObserver);
          break;
        case METHODID_SET_ENTRIES:
          serviceImpl.setEntries((com.quikapp.quikstate.v1.SetEntriesRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SetEntriesResponse>) responseObserver);
          break;
        case METHODID_DELETE_ENTRIES:
          serviceImpl.deleteEntries((com.quikapp.quikstate.v1.DeleteEntriesRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteEntriesResponse>) responseObserver);
          break;
        case METHODID_WATCH_INVALIDATIONS:
          serviceImpl.watchInvalidations((com.quikapp.quikstate.v1.WatchInvalidationsRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchInvalidationsResponse>) responseObserver);
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
          getGetEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetEntriesRequest,
              com.quikapp.quikstate.v1.GetEntriesResponse>(
                service, METHODID_GET_ENTRIES)))
        .addMethod(
          getSetEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.SetEntriesRequest,
              com.quikapp.quikstate.v1.SetEntriesResponse>(
                service, METHODID_SET_ENTRIES)))
        .addMethod(
          getDeleteEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.DeleteEntriesRequest,
              com.quikapp.quikstate.v1.DeleteEntriesResponse>(
                service, METHODID_DELETE_ENTRIES)))
        .addMethod(
          getWatchInvalidationsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.WatchInvalidationsRequest,
              com.quikapp.quikstate.v1.WatchInvalidationsResponse>(
                service, METHODID_WATCH_INVALIDATIONS)))
        .build();
  }

  private static abstract class CacheServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CacheServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.Cache.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CacheService");
    }
  }

  private static final class CacheServiceFileDescriptorSupplier
      extends CacheServiceBaseDescriptorSupplier {
    CacheServiceFileDescriptorSupplier() {}
  }

  private static final class CacheServiceMethodDescriptorSupplier
      extends CacheServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    CacheServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (CacheServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CacheServiceFileDescriptorSupplier())
              .addMethod(getGetEntriesMethod())
              .addMethod(getSetEntriesMethod())
              .addMethod(getDeleteEntriesMethod())
              .addMethod(getWatchInvalidationsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
