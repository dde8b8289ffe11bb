package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * LockService grants leases on named resources, first come, first served, each
 * with a fencing token.
 * No lock over asynchronous replication is safe by itself: after a failover, or
 * when a holder is paused beyond its TTL, two callers can believe that they
 * hold it. The fencing token tells them apart: the store that the lock protects
 * must refuse a token lower than one it has seen, or call CheckFencingToken.
 * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
 * of a raw Redis client, which does not use quikstate, excludes and is excluded
 * in every mode.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * AcquireLock acquires a lease, and can wait for it. A busy lock is a response,
     * not an error. A call that ends before the server has responded leaves nothing
     * behind: no place in the queue, and without a request_id no lease. If the
     * caller cancels, or its deadline passes, while the response is on its way, the
     * caller never sees it: the lease then stays for its TTL, since the server
     * cannot know. A caller that may give up should set a request_id, and release
     * by it when it does. The call is idempotent only with a request_id.
     * </pre>
     */
    default void acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.AcquireLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcquireLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * HoldLock acquires a lease and renews it for as long as the stream lives and
     * the caller sends a message within every third of the TTL. A half-close of the
     * stream releases the lease. After any other end the lease lives for the rest
     * of its TTL, and a new stream can reattach to it by its id: from then on the
     * old stream neither renews nor releases it. A stream that breaks before
     * `granted` was sent leaves no lease. One that breaks within a second after
     * that leaves at most 3 s of the lease, if the caller has sent nothing since.
     * With a request_id the whole lease stays.
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
     * ReleaseLock ends a lease, or a place in the queue, and grants the resources
     * to the next waiters. It works when Redis's memory is full.
     * </pre>
     */
    default void releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReleaseLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetLock returns the holders of a resource and the number of its waiters.
     * </pre>
     */
    default void getLock(com.quikapp.quikstate.v1.GetLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListLocks lists held resources by prefix. It is meant for people and
     * dashboards, since it scans all of Redis's keys, a bounded number a page.
     * </pre>
     */
    default void listLocks(com.quikapp.quikstate.v1.ListLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListLocksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListLocksMethod(), responseObserver);
    }

    /**
     * <pre>
     * WatchLocks streams the holders of resources: a snapshot, then each change at
     * once. The expiry of a lease is seen within 1 s of its TTL, and a key that a
     * raw Redis client wrote within 5 s, since nothing announces either. Changes
     * in quick succession may come as one; a renewal is no change. With HoldLock
     * and metadata it makes a leader election.
     * </pre>
     */
    default void watchLocks(com.quikapp.quikstate.v1.WatchLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchLocksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchLocksMethod(), responseObserver);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from its holders. The server logs it.
     * </pre>
     */
    default void forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ForceReleaseLockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getForceReleaseLockMethod(), responseObserver);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves. It
     * refuses a token if the resource became free and was granted again since; if a
     * higher token was accepted whose grant Redis does not know; or if the token
     * cannot have been granted. So the tokens of holders that share a resource are
     * accepted in any order. Between this response and the store's write a new
     * holder can still come: a store that can compare tokens must do so itself.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
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
     * AcquireLock acquires a lease, and can wait for it. A busy lock is a response,
     * not an error. A call that ends before the server has responded leaves nothing
     * behind: no place in the queue, and without a request_id no lease. If the
     * caller cancels, or its deadline passes, while the response is on its way, the
     * caller never sees it: the lease then stays for its TTL, since the server
     * cannot know. A caller that may give up should set a request_id, and release
     * by it when it does. The call is idempotent only with a request_id.
     * </pre>
     */
    public void acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.AcquireLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcquireLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * HoldLock acquires a lease and renews it for as long as the stream lives and
     * the caller sends a message within every third of the TTL. A half-close of the
     * stream releases the lease. After any other end the lease lives for the rest
     * of its TTL, and a new stream can reattach to it by its id: from then on the
     * old stream neither renews nor releases it. A stream that breaks before
     * `granted` was sent leaves no lease. One that breaks within a second after
     * that leaves at most 3 s of the lease, if the caller has sent nothing since.
     * With a request_id the whole lease stays.
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
     * ReleaseLock ends a lease, or a place in the queue, and grants the resources
     * to the next waiters. It works when Redis's memory is full.
     * </pre>
     */
    public void releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReleaseLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetLock returns the holders of a resource and the number of its waiters.
     * </pre>
     */
    public void getLock(com.quikapp.quikstate.v1.GetLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListLocks lists held resources by prefix. It is meant for people and
     * dashboards, since it scans all of Redis's keys, a bounded number a page.
     * </pre>
     */
    public void listLocks(com.quikapp.quikstate.v1.ListLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListLocksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListLocksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * WatchLocks streams the holders of resources: a snapshot, then each change at
     * once. The expiry of a lease is seen within 1 s of its TTL, and a key that a
     * raw Redis client wrote within 5 s, since nothing announces either. Changes
     * in quick succession may come as one; a renewal is no change. With HoldLock
     * and metadata it makes a leader election.
     * </pre>
     */
    public void watchLocks(com.quikapp.quikstate.v1.WatchLocksRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.WatchLocksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchLocksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from its holders. The server logs it.
     * </pre>
     */
    public void forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ForceReleaseLockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getForceReleaseLockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves. It
     * refuses a token if the resource became free and was granted again since; if a
     * higher token was accepted whose grant Redis does not know; or if the token
     * cannot have been granted. So the tokens of holders that share a resource are
     * accepted in any order. Between this response and the store's write a new
     * holder can still come: a store that can compare tokens must do so itself.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
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
     * AcquireLock acquires a lease, and can wait for it. A busy lock is a response,
     * not an error. A call that ends before the server has responded leaves nothing
     * behind: no place in the queue, and without a request_id no lease. If the
     * caller cancels, or its deadline passes, while the response is on its way, the
     * caller never sees it: the lease then stays for its TTL, since the server
     * cannot know. A caller that may give up should set a request_id, and release
     * by it when it does. The call is idempotent only with a request_id.
     * </pre>
     */
    public com.quikapp.quikstate.v1.AcquireLockResponse acquireLock(com.quikapp.quikstate.v1.AcquireLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcquireLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * HoldLock acquires a lease and renews it for as long as the stream lives and
     * the caller sends a message within every third of the TTL. A half-close of the
     * stream releases the lease. After any other end the lease lives for the rest
     * of its TTL, and a new stream can reattach to it by its id: from then on the
     * old stream neither renews nor releases it. A stream that breaks before
     * `granted` was sent leaves no lease. One that breaks within a second after
     * that leaves at most 3 s of the lease, if the caller has sent nothing since.
     * With a request_id the whole lease stays.
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
     * ReleaseLock ends a lease, or a place in the queue, and grants the resources
     * to the next waiters. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReleaseLockResponse releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetLock returns the holders of a resource and the number of its waiters.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetLockResponse getLock(com.quikapp.quikstate.v1.GetLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListLocks lists held resources by prefix. It is meant for people and
     * dashboards, since it scans all of Redis's keys, a bounded number a page.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListLocksResponse listLocks(com.quikapp.quikstate.v1.ListLocksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchLocks streams the holders of resources: a snapshot, then each change at
     * once. The expiry of a lease is seen within 1 s of its TTL, and a key that a
     * raw Redis client wrote within 5 s, since nothing announces either. Changes
     * in quick succession may come as one; a renewal is no change. With HoldLock
     * and metadata it makes a leader election.
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
     * ForceReleaseLock takes a resource from its holders. The server logs it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ForceReleaseLockResponse forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getForceReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves. It
     * refuses a token if the resource became free and was granted again since; if a
     * higher token was accepted whose grant Redis does not know; or if the token
     * cannot have been granted. So the tokens of holders that share a resource are
     * accepted in any order. Between this response and the store's write a new
     * holder can still come: a store that can compare tokens must do so itself.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
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
     * AcquireLock acquires a lease, and can wait for it. A busy lock is a response,
     * not an error. A call that ends before the server has responded leaves nothing
     * behind: no place in the queue, and without a request_id no lease. If the
     * caller cancels, or its deadline passes, while the response is on its way, the
     * caller never sees it: the lease then stays for its TTL, since the server
     * cannot know. A caller that may give up should set a request_id, and release
     * by it when it does. The call is idempotent only with a request_id.
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
     * ReleaseLock ends a lease, or a place in the queue, and grants the resources
     * to the next waiters. It works when Redis's memory is full.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReleaseLockResponse releaseLock(com.quikapp.quikstate.v1.ReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetLock returns the holders of a resource and the number of its waiters.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetLockResponse getLock(com.quikapp.quikstate.v1.GetLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListLocks lists held resources by prefix. It is meant for people and
     * dashboards, since it scans all of Redis's keys, a bounded number a page.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListLocksResponse listLocks(com.quikapp.quikstate.v1.ListLocksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * WatchLocks streams the holders of resources: a snapshot, then each change at
     * once. The expiry of a lease is seen within 1 s of its TTL, and a key that a
     * raw Redis client wrote within 5 s, since nothing announces either. Changes
     * in quick succession may come as one; a renewal is no change. With HoldLock
     * and metadata it makes a leader election.
     * </pre>
     */
    public java.util.Iterator<com.quikapp.quikstate.v1.WatchLocksResponse> watchLocks(
        com.quikapp.quikstate.v1.WatchLocksRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchLocksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from its holders. The server logs it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ForceReleaseLockResponse forceReleaseLock(com.quikapp.quikstate.v1.ForceReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getForceReleaseLockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves. It
     * refuses a token if the resource became free and was granted again since; if a
     * higher token was accepted whose grant Redis does not know; or if the token
     * cannot have been granted. So the tokens of holders that share a resource are
     * accepted in any order. Between this response and the store's write a new
     * holder can still come: a store that can compare tokens must do so itself.
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
   * LockService grants leases on named resources, first come, first served, each
   * with a fencing token.
   * No lock over asynchronous replication is safe by itself: after a failover, or
   * when a holder is paused beyond its TTL, two callers can believe that they
   * hold it. The fencing token tells them apart: the store that the lock protects
   * must refuse a token lower than one it has seen, or call CheckFencingToken.
   * A held resource is the Redis key `lock:{resource}`: `SET lock:{resource} NX PX`
   * of a raw Redis client, which does not use quikstate, excludes and is excluded
   * in every mode.
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
     * AcquireLock acquires a lease, and can wait for it. A busy lock is a response,
     * not an error. A call that ends before the server has responded leaves nothing
     * behind: no place in the queue, and without a request_id no lease. If the
     * caller cancels, or its deadline passes, while the response is on its way, the
     * caller never sees it: the lease then stays for its TTL, since the server
     * cannot know. A caller that may give up should set a request_id, and release
     * by it when it does. The call is idempotent only with a request_id.
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
     * ReleaseLock ends a lease, or a place in the queue, and grants the resources
     * to the next waiters. It works when Redis's memory is full.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ReleaseLockResponse> releaseLock(
        com.quikapp.quikstate.v1.ReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetLock returns the holders of a resource and the number of its waiters.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetLockResponse> getLock(
        com.quikapp.quikstate.v1.GetLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListLocks lists held resources by prefix. It is meant for people and
     * dashboards, since it scans all of Redis's keys, a bounded number a page.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListLocksResponse> listLocks(
        com.quikapp.quikstate.v1.ListLocksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListLocksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ForceReleaseLock takes a resource from its holders. The server logs it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ForceReleaseLockResponse> forceReleaseLock(
        com.quikapp.quikstate.v1.ForceReleaseLockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getForceReleaseLockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * CheckFencingToken is for stores that cannot compare tokens themselves. It
     * refuses a token if the resource became free and was granted again since; if a
     * higher token was accepted whose grant Redis does not know; or if the token
     * cannot have been granted. So the tokens of holders that share a resource are
     * accepted in any order. Between this response and the store's write a new
     * holder can still come: a store that can compare tokens must do so itself.
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
