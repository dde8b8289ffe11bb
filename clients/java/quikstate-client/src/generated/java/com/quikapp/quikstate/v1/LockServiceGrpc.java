package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * LockService gives leases on named resources, in the order asked for, each
 * with a fencing token.
 * No lock over asynchronous replication is safe by itself: after a failover, or
 * when a holder is paused beyond its TTL, two callers can believe that they
 * hold it. The fencing token tells them apart: the store that the lock protects
 * must refuse a token lower than one it has seen, or ask CheckFencingToken.
 * A held resource is the Redis key `lock:{resource}`: a raw client's
 * `SET lock:… NX PX` excludes and is excluded in every mode.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class LockServiceGrpc {

  private LockServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.LockService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.AcquireLockRequest,
      com.quikapp.quikstate.v1.AcquireLockResponse> getAcquireLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcquireLock",
      requestType = com.quikapp.quikstate.v1.AcquireLockRequest.class,
      responseType = com.quikapp.quikstate.v1.AcquireLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.AcquireLockRequest,
      com.quikapp.quikstate.v1.AcquireLockResponse> getAcquireLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.AcquireLockRequest, com.quikapp.quikstate.v1.AcquireLockResponse> getAcquireLockMethod;
    if ((getAcquireLockMethod = LockServiceGrpc.getAcquireLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getAcquireLockMethod = LockServiceGrpc.getAcquireLockMethod) == null) {
          LockServiceGrpc.getAcquireLockMethod = getAcquireLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.AcquireLockRequest, com.quikapp.quikstate.v1.AcquireLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcquireLock"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.AcquireLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.AcquireLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("AcquireLock"))
              .build();
        }
      }
    }
    return getAcquireLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HoldLockRequest,
      com.quikapp.quikstate.v1.HoldLockResponse> getHoldLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HoldLock",
      requestType = com.quikapp.quikstate.v1.HoldLockRequest.class,
      responseType = com.quikapp.quikstate.v1.HoldLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HoldLockRequest,
      com.quikapp.quikstate.v1.HoldLockResponse> getHoldLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.HoldLockRequest, com.quikapp.quikstate.v1.HoldLockResponse> getHoldLockMethod;
    if ((getHoldLockMethod = LockServiceGrpc.getHoldLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getHoldLockMethod = LockServiceGrpc.getHoldLockMethod) == null) {
          LockServiceGrpc.getHoldLockMethod = getHoldLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.HoldLockRequest, com.quikapp.quikstate.v1.HoldLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HoldLock"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.HoldLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.HoldLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("HoldLock"))
              .build();
        }
      }
    }
    return getHoldLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RenewLockRequest,
      com.quikapp.quikstate.v1.RenewLockResponse> getRenewLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenewLock",
      requestType = com.quikapp.quikstate.v1.RenewLockRequest.class,
      responseType = com.quikapp.quikstate.v1.RenewLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RenewLockRequest,
      com.quikapp.quikstate.v1.RenewLockResponse> getRenewLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RenewLockRequest, com.quikapp.quikstate.v1.RenewLockResponse> getRenewLockMethod;
    if ((getRenewLockMethod = LockServiceGrpc.getRenewLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getRenewLockMethod = LockServiceGrpc.getRenewLockMethod) == null) {
          LockServiceGrpc.getRenewLockMethod = getRenewLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.RenewLockRequest, com.quikapp.quikstate.v1.RenewLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenewLock"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RenewLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RenewLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("RenewLock"))
              .build();
        }
      }
    }
    return getRenewLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReleaseLockRequest,
      com.quikapp.quikstate.v1.ReleaseLockResponse> getReleaseLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseLock",
      requestType = com.quikapp.quikstate.v1.ReleaseLockRequest.class,
      responseType = com.quikapp.quikstate.v1.ReleaseLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReleaseLockRequest,
      com.quikapp.quikstate.v1.ReleaseLockResponse> getReleaseLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReleaseLockRequest, com.quikapp.quikstate.v1.ReleaseLockResponse> getReleaseLockMethod;
    if ((getReleaseLockMethod = LockServiceGrpc.getReleaseLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getReleaseLockMethod = LockServiceGrpc.getReleaseLockMethod) == null) {
          LockServiceGrpc.getReleaseLockMethod = getReleaseLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ReleaseLockRequest, com.quikapp.quikstate.v1.ReleaseLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseLock"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ReleaseLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ReleaseLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("ReleaseLock"))
              .build();
        }
      }
    }
    return getReleaseLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetLockRequest,
      com.quikapp.quikstate.v1.GetLockResponse> getGetLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetLock",
      requestType = com.quikapp.quikstate.v1.GetLockRequest.class,
      responseType = com.quikapp.quikstate.v1.GetLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetLockRequest,
      com.quikapp.quikstate.v1.GetLockResponse> getGetLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetLockRequest, com.quikapp.quikstate.v1.GetLockResponse> getGetLockMethod;
    if ((getGetLockMethod = LockServiceGrpc.getGetLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getGetLockMethod = LockServiceGrpc.getGetLockMethod) == null) {
          LockServiceGrpc.getGetLockMethod = getGetLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetLockRequest, com.quikapp.quikstate.v1.GetLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetLock"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("GetLock"))
              .build();
        }
      }
    }
    return getGetLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListLocksRequest,
      com.quikapp.quikstate.v1.ListLocksResponse> getListLocksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListLocks",
      requestType = com.quikapp.quikstate.v1.ListLocksRequest.class,
      responseType = com.quikapp.quikstate.v1.ListLocksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListLocksRequest,
      com.quikapp.quikstate.v1.ListLocksResponse> getListLocksMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListLocksRequest, com.quikapp.quikstate.v1.ListLocksResponse> getListLocksMethod;
    if ((getListLocksMethod = LockServiceGrpc.getListLocksMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getListLocksMethod = LockServiceGrpc.getListLocksMethod) == null) {
          LockServiceGrpc.getListLocksMethod = getListLocksMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListLocksRequest, com.quikapp.quikstate.v1.ListLocksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListLocks"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListLocksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListLocksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("ListLocks"))
              .build();
        }
      }
    }
    return getListLocksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchLocksRequest,
      com.quikapp.quikstate.v1.WatchLocksResponse> getWatchLocksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchLocks",
      requestType = com.quikapp.quikstate.v1.WatchLocksRequest.class,
      responseType = com.quikapp.quikstate.v1.WatchLocksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchLocksRequest,
      com.quikapp.quikstate.v1.WatchLocksResponse> getWatchLocksMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.WatchLocksRequest, com.quikapp.quikstate.v1.WatchLocksResponse> getWatchLocksMethod;
    if ((getWatchLocksMethod = LockServiceGrpc.getWatchLocksMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getWatchLocksMethod = LockServiceGrpc.getWatchLocksMethod) == null) {
          LockServiceGrpc.getWatchLocksMethod = getWatchLocksMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.WatchLocksRequest, com.quikapp.quikstate.v1.WatchLocksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchLocks"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchLocksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.WatchLocksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("WatchLocks"))
              .build();
        }
      }
    }
    return getWatchLocksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ForceReleaseLockRequest,
      com.quikapp.quikstate.v1.ForceReleaseLockResponse> getForceReleaseLockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ForceReleaseLock",
      requestType = com.quikapp.quikstate.v1.ForceReleaseLockRequest.class,
      responseType = com.quikapp.quikstate.v1.ForceReleaseLockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ForceReleaseLockRequest,
      com.quikapp.quikstate.v1.ForceReleaseLockResponse> getForceReleaseLockMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ForceReleaseLockRequest, com.quikapp.quikstate.v1.ForceReleaseLockResponse> getForceReleaseLockMethod;
    if ((getForceReleaseLockMethod = LockServiceGrpc.getForceReleaseLockMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getForceReleaseLockMethod = LockServiceGrpc.getForceReleaseLockMethod) == null) {
          LockServiceGrpc.getForceReleaseLockMethod = getForceReleaseLockMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ForceReleaseLockRequest, com.quikapp.quikstate.v1.ForceReleaseLockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ForceReleaseLock"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ForceReleaseLockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ForceReleaseLockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("ForceReleaseLock"))
              .build();
        }
      }
    }
    return getForceReleaseLockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckFencingTokenRequest,
      com.quikapp.quikstate.v1.CheckFencingTokenResponse> getCheckFencingTokenMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckFencingToken",
      requestType = com.quikapp.quikstate.v1.CheckFencingTokenRequest.class,
      responseType = com.quikapp.quikstate.v1.CheckFencingTokenResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckFencingTokenRequest,
      com.quikapp.quikstate.v1.CheckFencingTokenResponse> getCheckFencingTokenMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.CheckFencingTokenRequest, com.quikapp.quikstate.v1.CheckFencingTokenResponse> getCheckFencingTokenMethod;
    if ((getCheckFencingTokenMethod = LockServiceGrpc.getCheckFencingTokenMethod) == null) {
      synchronized (LockServiceGrpc.class) {
        if ((getCheckFencingTokenMethod = LockServiceGrpc.getCheckFencingTokenMethod) == null) {
          LockServiceGrpc.getCheckFencingTokenMethod = getCheckFencingTokenMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.CheckFencingTokenRequest, com.quikapp.quikstate.v1.CheckFencingTokenResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckFencingToken"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckFencingTokenRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.CheckFencingTokenResponse.getDefaultInstance()))
              .setSchemaDescriptor(new LockServiceMethodDescriptorSupplier("CheckFencingToken"))
              .build();
        }
      }
    }
    return getCheckFencingTokenMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static LockServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LockServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LockServiceStub>() {
        @java.lang.Override
        public LockServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LockServiceStub(channel, callOptions);
        }
      };
    return LockServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static LockServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LockServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LockServiceBlockingV2Stub>() {
        @java.lang.Override
        public LockServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LockServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return LockServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static LockServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LockServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LockServiceBlockingStub>() {
        @java.lang.Override
        public LockServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LockServiceBlockingStub(channel, callOptions);
        }
      };
    return LockServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static LockServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<LockServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<LockServiceFutureStub>() {
        @java.lang.Override
        public LockServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new LockServiceFutureStub(channel, callOptions);
        }
      };
    return LockServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * AcquireLock takes a lease, waiting for it if asked to. Busy is an answer,
     * not an error. A call that ends before the server has answered leaves nothing
     * behind: no place in the queue, and without a request_id no lease. An answer
     * that was on its way when the caller cancelled or its deadline passed is lost
     * on it: the lease then stays for its TTL, since no server can know. Callers
     * who may give up so give a request_id, and release by it when they do.
     * Not idempotent unless it has a request_id.
     * </pre>
     */
    default void acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.AcquireLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcquireLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * HoldLock takes a lease and renews it for as long as the stream lives and
     * the caller says something within every third of the TTL. Half-closing the
     * stream releases the lease; any other end leaves the TTL to run, and a new
     * stream can take the lease up again by its id: from then on the old stream
     * neither renews nor releases it. A stream that breaks off before `granted` was
     * sent leaves no lease; within a second after that, if the caller has said
     * nothing since, it leaves at most 3 s of it. A request_id keeps it whole.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HoldLockRequest> holdLock(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HoldLockResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getHoldLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * RenewLock gives a held lease its TTL again.
     * </pre>
     */
    default void renewLock(com.quikapp.quikstate.v1.RenewLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RenewLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenewLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * ReleaseLock ends a lease, or a place in the queue, and hands the resources
     * to whoever waits. It works when Redis's memory is full.
     * </pre>
     */
    default void releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReleaseLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetLock says who holds a resource and how many wait for it.
     * </pre>
     */
    default void getLock(com.quikapp.quikstate.v1.GetLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListLocks lists what is held, by prefix: for people and dashboards, since it
     * walks through all of Redis's keys. A page looks at a bounded number of them.
     * </pre>
     */
    default void listLocks(com.quikapp.quikstate.v1.ListLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListLocksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListLocksMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchLocks streams who holds resources: first as it is, then each change, at
     * once. What happens without a word, since a TTL ran out or a raw client wrote
     * the key, is seen within 1 s of the end
     * of the TTL, or within 5 s. Changes that follow each other closely may come as
     * one; renewals are none. With HoldLock and metadata it is leader election.
     * </pre>
     */
    default void watchLocks(com.quikapp.quikstate.v1.WatchLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchLocksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchLocksMethod(), responseObserver);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from whoever holds it. It is logged.
     * </pre>
     */
    default void forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ForceReleaseLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getForceReleaseLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves: it
     * accepts a token unless the resource was given away exclusively since, or a
     * higher one was accepted that had not been given by then, as far as is known,
     * or it is one that cannot have been given. So those of holders who share a
     * resource are accepted in any order. Between this answer and the store's write
     * a new holder can still come: a store that can compare must do so itself.
     * </pre>
     */
    default void checkFencingToken(com.quikapp.quikstate.v1.CheckFencingTokenRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckFencingTokenResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckFencingTokenMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service LockService.
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public static abstract class LockServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return LockServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service LockService.
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public static final class LockServiceStub
      extends io.grpc.stub.AbstractAsyncStub<LockServiceStub> {
    private LockServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LockServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LockServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * AcquireLock takes a lease, waiting for it if asked to. Busy is an answer,
     * not an error. A call that ends before the server has answered leaves nothing
     * behind: no place in the queue, and without a request_id no lease. An answer
     * that was on its way when the caller cancelled or its deadline passed is lost
     * on it: the lease then stays for its TTL, since no server can know. Callers
     * who may give up so give a request_id, and release by it when they do.
     * Not idempotent unless it has a request_id.
     * </pre>
     */
    public void acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.AcquireLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcquireLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * HoldLock takes a lease and renews it for as long as the stream lives and
     * the caller says something within every third of the TTL. Half-closing the
     * stream releases the lease; any other end leaves the TTL to run, and a new
     * stream can take the lease up again by its id: from then on the old stream
     * neither renews nor releases it. A stream that breaks off before `granted` was
     * sent leaves no lease; within a second after that, if the caller has said
     * nothing since, it leaves at most 3 s of it. A request_id keeps it whole.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HoldLockRequest> holdLock(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HoldLockResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getHoldLockMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * RenewLock gives a held lease its TTL again.
     * </pre>
     */
    public void renewLock(com.quikapp.quikstate.v1.RenewLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RenewLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenewLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ReleaseLock ends a lease, or a place in the queue, and hands the resources
     * to whoever waits. It works when Redis's memory is full.
     * </pre>
     */
    public void releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReleaseLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetLock says who holds a resource and how many wait for it.
     * </pre>
     */
    public void getLock(com.quikapp.quikstate.v1.GetLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListLocks lists what is held, by prefix: for people and dashboards, since it
     * walks through all of Redis's keys. A page looks at a bounded number of them.
     * </pre>
     */
    public void listLocks(com.quikapp.quikstate.v1.ListLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListLocksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListLocksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchLocks streams who holds resources: first as it is, then each change, at
     * once. What happens without a word, since a TTL ran out or a raw client wrote
     * the key, is seen within 1 s of the end
     * of the TTL, or within 5 s. Changes that follow each other closely may come as
     * one; renewals are none. With HoldLock and metadata it is leader election.
     * </pre>
     */
    public void watchLocks(com.quikapp.quikstate.v1.WatchLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchLocksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchLocksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from whoever holds it. It is logged.
     * </pre>
     */
    public void forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ForceReleaseLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getForceReleaseLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves: it
     * accepts a token unless the resource was given away exclusively since, or a
     * higher one was accepted that had not been given by then, as far as is known,
     * or it is one that cannot have been given. So those of holders who share a
     * resource are accepted in any order. Between this answer and the store's write
     * a new holder can still come: a store that can compare must do so itself.
     * </pre>
     */
    public void checkFencingToken(com.quikapp.quikstate.v1.CheckFencingTokenRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckFencingTokenResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckFencingTokenMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service LockService.
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public static final class LockServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<LockServiceBlockingV2Stub> {
    private LockServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LockServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LockServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * AcquireLock takes a lease, waiting for it if asked to. Busy is an answer,
     * not an error. A call that ends before the server has answered leaves nothing
     * behind: no place in the queue, and without a request_id no lease. An answer
     * that was on its way when the caller cancelled or its deadline passed is lost
     * on it: the lease then stays for its TTL, since no server can know. Callers
     * who may give up so give a request_id, and release by it when they do.
     * Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.quikapp.quikstate.v1.AcquireLockResponse acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcquireLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * HoldLock takes a lease and renews it for as long as the stream lives and
     * the caller says something within every third of the TTL. Half-closing the
     * stream releases the lease; any other end leaves the TTL to run, and a new
     * stream can take the lease up again by its id: from then on the old stream
     * neither renews nor releases it. A stream that breaks off before `granted` was
     * sent leaves no lease; within a second after that, if the caller has said
     * nothing since, it leaves at most 3 s of it. A request_id keeps it whole.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.quikapp.quikstate.v1.HoldLockRequest, com.quikapp.quikstate.v1.HoldLockResponse>
        holdLock() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getHoldLockMethod(), getCallOptions());
    }

    /**
     * <pre>
     * RenewLock gives a held lease its TTL again.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RenewLockResponse renewLock(com.quikapp.quikstate.v1.RenewLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenewLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReleaseLock ends a lease, or a place in the queue, and hands the resources
     * to whoever waits. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReleaseLockResponse releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetLock says who holds a resource and how many wait for it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetLockResponse getLock(com.quikapp.quikstate.v1.GetLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListLocks lists what is held, by prefix: for people and dashboards, since it
     * walks through all of Redis's keys. A page looks at a bounded number of them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListLocksResponse listLocks(com.quikapp.quikstate.v1.ListLocksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchLocks streams who holds resources: first as it is, then each change, at
     * once. What happens without a word, since a TTL ran out or a raw client wrote
     * the key, is seen within 1 s of the end
     * of the TTL, or within 5 s. Changes that follow each other closely may come as
     * one; renewals are none. With HoldLock and metadata it is leader election.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, com.quikapp.quikstate.v1.WatchLocksResponse>
        watchLocks(com.quikapp.quikstate.v1.WatchLocksRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from whoever holds it. It is logged.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ForceReleaseLockResponse forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getForceReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves: it
     * accepts a token unless the resource was given away exclusively since, or a
     * higher one was accepted that had not been given by then, as far as is known,
     * or it is one that cannot have been given. So those of holders who share a
     * resource are accepted in any order. Between this answer and the store's write
     * a new holder can still come: a store that can compare must do so itself.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckFencingTokenResponse checkFencingToken(com.quikapp.quikstate.v1.CheckFencingTokenRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckFencingTokenMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service LockService.
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public static final class LockServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<LockServiceBlockingStub> {
    private LockServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LockServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LockServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * AcquireLock takes a lease, waiting for it if asked to. Busy is an answer,
     * not an error. A call that ends before the server has answered leaves nothing
     * behind: no place in the queue, and without a request_id no lease. An answer
     * that was on its way when the caller cancelled or its deadline passed is lost
     * on it: the lease then stays for its TTL, since no server can know. Callers
     * who may give up so give a request_id, and release by it when they do.
     * Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.quikapp.quikstate.v1.AcquireLockResponse acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcquireLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RenewLock gives a held lease its TTL again.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RenewLockResponse renewLock(com.quikapp.quikstate.v1.RenewLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenewLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ReleaseLock ends a lease, or a place in the queue, and hands the resources
     * to whoever waits. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReleaseLockResponse releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetLock says who holds a resource and how many wait for it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetLockResponse getLock(com.quikapp.quikstate.v1.GetLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListLocks lists what is held, by prefix: for people and dashboards, since it
     * walks through all of Redis's keys. A page looks at a bounded number of them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListLocksResponse listLocks(com.quikapp.quikstate.v1.ListLocksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchLocks streams who holds resources: first as it is, then each change, at
     * once. What happens without a word, since a TTL ran out or a raw client wrote
     * the key, is seen within 1 s of the end
     * of the TTL, or within 5 s. Changes that follow each other closely may come as
     * one; renewals are none. With HoldLock and metadata it is leader election.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.WatchLocksResponse> watchLocks(
        com.quikapp.quikstate.v1.WatchLocksRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from whoever holds it. It is logged.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ForceReleaseLockResponse forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getForceReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves: it
     * accepts a token unless the resource was given away exclusively since, or a
     * higher one was accepted that had not been given by then, as far as is known,
     * or it is one that cannot have been given. So those of holders who share a
     * resource are accepted in any order. Between this answer and the store's write
     * a new holder can still come: a store that can compare must do so itself.
     * </pre>
     */
    public com.quikapp.quikstate.v1.CheckFencingTokenResponse checkFencingToken(com.quikapp.quikstate.v1.CheckFencingTokenRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckFencingTokenMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service LockService.
   * <pre>
   * LockService gives leases on named resources, in the order asked for, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or ask CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: a raw client's
   * `SET lock:… NX PX` excludes and is excluded in every mode.
   * </pre>
   */
  public static final class LockServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<LockServiceFutureStub> {
    private LockServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected LockServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new LockServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * AcquireLock takes a lease, waiting for it if asked to. Busy is an answer,
     * not an error. A call that ends before the server has answered leaves nothing
     * behind: no place in the queue, and without a request_id no lease. An answer
     * that was on its way when the caller cancelled or its deadline passed is lost
     * on it: the lease then stays for its TTL, since no server can know. Callers
     * who may give up so give a request_id, and release by it when they do.
     * Not idempotent unless it has a request_id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.AcquireLockResponse> acquireLock(
        com.quikapp.quikstate.v1.AcquireLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcquireLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RenewLock gives a held lease its TTL again.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.RenewLockResponse> renewLock(
        com.quikapp.quikstate.v1.RenewLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenewLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ReleaseLock ends a lease, or a place in the queue, and hands the resources
     * to whoever waits. It works when Redis's memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ReleaseLockResponse> releaseLock(
        com.quikapp.quikstate.v1.ReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetLock says who holds a resource and how many wait for it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetLockResponse> getLock(
        com.quikapp.quikstate.v1.GetLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListLocks lists what is held, by prefix: for people and dashboards, since it
     * walks through all of Redis's keys. A page looks at a bounded number of them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListLocksResponse> listLocks(
        com.quikapp.quikstate.v1.ListLocksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListLocksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from whoever holds it. It is logged.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ForceReleaseLockResponse> forceReleaseLock(
        com.quikapp.quikstate.v1.ForceReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getForceReleaseLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves: it
     * accepts a token unless the resource was given away exclusively since, or a
     * higher one was accepted that had not been given by then, as far as is known,
     * or it is one that cannot have been given. So those of holders who share a
     * resource are accepted in any order. Between this answer and the store's write
     * a new holder can still come: a store that can compare must do so itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.CheckFencingTokenResponse> checkFencingToken(
        com.quikapp.quikstate.v1.CheckFencingTokenRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckFencingTokenMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ACQUIRE_LOCK = 0;
  private static final int METHODID_RENEW_LOCK = 1;
  private static final int METHODID_RELEASE_LOCK = 2;
  private static final int METHODID_GET_LOCK = 3;
  private static final int METHODID_LIST_LOCKS = 4;
  private static final int METHODID_WATCH_LOCKS = 5;
  private static final int METHODID_FORCE_RELEASE_LOCK = 6;
  private static final int METHODID_CHECK_FENCING_TOKEN = 7;
  private static final int METHODID_HOLD_LOCK = 8;

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
        case METHODID_ACQUIRE_LOCK:
          serviceImpl.acquireLock((com.quikapp.quikstate.v1.AcquireLockRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.AcquireLockResponse>) responseObserver);
          break;
        case METHODID_RENEW_LOCK:
          serviceImpl.renewLock((com.quikapp.quikstate.v1.RenewLockRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RenewLockResponse>) responseObserver);
          break;
        case METHODID_RELEASE_LOCK:
          serviceImpl.releaseLock((com.quikapp.quikstate.v1.ReleaseLockRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReleaseLockResponse>) responseObserver);
          break;
        case METHODID_GET_LOCK:
          serviceImpl.getLock((com.quikapp.quikstate.v1.GetLockRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetLockResponse>) responseObserver);
          break;
        case METHODID_LIST_LOCKS:
          serviceImpl.listLocks((com.quikapp.quikstate.v1.ListLocksRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListLocksResponse>) responseObserver);
          break;
        case METHODID_WATCH_LOCKS:
          serviceImpl.watchLocks((com.quikapp.quikstate.v1.WatchLocksRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchLocksResponse>) responseObserver);
          break;
        case METHODID_FORCE_RELEASE_LOCK:
          serviceImpl.forceReleaseLock((com.quikapp.quikstate.v1.ForceReleaseLockRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ForceReleaseLockResponse>) responseObserver);
          break;
        case METHODID_CHECK_FENCING_TOKEN:
          serviceImpl.checkFencingToken((com.quikapp.quikstate.v1.CheckFencingTokenRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.CheckFencingTokenResponse>) responseObserver);
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
        case METHODID_HOLD_LOCK:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.holdLock(
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.HoldLockResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getAcquireLockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.AcquireLockRequest,
              com.quikapp.quikstate.v1.AcquireLockResponse>(
                service, METHODID_ACQUIRE_LOCK)))
        .addMethod(
          getHoldLockMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.HoldLockRequest,
              com.quikapp.quikstate.v1.HoldLockResponse>(
                service, METHODID_HOLD_LOCK)))
        .addMethod(
          getRenewLockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.RenewLockRequest,
              com.quikapp.quikstate.v1.RenewLockResponse>(
                service, METHODID_RENEW_LOCK)))
        .addMethod(
          getReleaseLockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ReleaseLockRequest,
              com.quikapp.quikstate.v1.ReleaseLockResponse>(
                service, METHODID_RELEASE_LOCK)))
        .addMethod(
          getGetLockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetLockRequest,
              com.quikapp.quikstate.v1.GetLockResponse>(
                service, METHODID_GET_LOCK)))
        .addMethod(
          getListLocksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListLocksRequest,
              com.quikapp.quikstate.v1.ListLocksResponse>(
                service, METHODID_LIST_LOCKS)))
        .addMethod(
          getWatchLocksMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.WatchLocksRequest,
              com.quikapp.quikstate.v1.WatchLocksResponse>(
                service, METHODID_WATCH_LOCKS)))
        .addMethod(
          getForceReleaseLockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ForceReleaseLockRequest,
              com.quikapp.quikstate.v1.ForceReleaseLockResponse>(
                service, METHODID_FORCE_RELEASE_LOCK)))
        .addMethod(
          getCheckFencingTokenMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.CheckFencingTokenRequest,
              com.quikapp.quikstate.v1.CheckFencingTokenResponse>(
                service, METHODID_CHECK_FENCING_TOKEN)))
        .build();
  }

  private static abstract class LockServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    LockServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.LockOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("LockService");
    }
  }

  private static final class LockServiceFileDescriptorSupplier
      extends LockServiceBaseDescriptorSupplier {
    LockServiceFileDescriptorSupplier() {}
  }

  private static final class LockServiceMethodDescriptorSupplier
      extends LockServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    LockServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (LockServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new LockServiceFileDescriptorSupplier())
              .addMethod(getAcquireLockMethod())
              .addMethod(getHoldLockMethod())
              .addMethod(getRenewLockMethod())
              .addMethod(getReleaseLockMethod())
              .addMethod(getGetLockMethod())
              .addMethod(getListLocksMethod())
              .addMethod(getWatchLocksMethod())
              .addMethod(getForceReleaseLockMethod())
              .addMethod(getCheckFencingTokenMethod())
              .build();
        }
      }
    }
    return result;
  }
}
