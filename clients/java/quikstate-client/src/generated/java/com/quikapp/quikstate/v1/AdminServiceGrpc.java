package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * AdminService shows a server and its Redis to the people who operate them, and
 * deletes what is kept of a user.
 * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
 * caller that has a namespace gets PERMISSION_DENIED.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AdminServiceGrpc {

  private AdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.AdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetTopologyRequest,
      com.quikapp.quikstate.v1.GetTopologyResponse> getGetTopologyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTopology",
      requestType = com.quikapp.quikstate.v1.GetTopologyRequest.class,
      responseType = com.quikapp.quikstate.v1.GetTopologyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetTopologyRequest,
      com.quikapp.quikstate.v1.GetTopologyResponse> getGetTopologyMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetTopologyRequest, com.quikapp.quikstate.v1.GetTopologyResponse> getGetTopologyMethod;
    if ((getGetTopologyMethod = AdminServiceGrpc.getGetTopologyMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getGetTopologyMethod = AdminServiceGrpc.getGetTopologyMethod) == null) {
          AdminServiceGrpc.getGetTopologyMethod = getGetTopologyMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetTopologyRequest, com.quikapp.quikstate.v1.GetTopologyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTopology"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetTopologyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetTopologyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("GetTopology"))
              .build();
        }
      }
    }
    return getGetTopologyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetRedisInfoRequest,
      com.quikapp.quikstate.v1.GetRedisInfoResponse> getGetRedisInfoMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRedisInfo",
      requestType = com.quikapp.quikstate.v1.GetRedisInfoRequest.class,
      responseType = com.quikapp.quikstate.v1.GetRedisInfoResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetRedisInfoRequest,
      com.quikapp.quikstate.v1.GetRedisInfoResponse> getGetRedisInfoMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetRedisInfoRequest, com.quikapp.quikstate.v1.GetRedisInfoResponse> getGetRedisInfoMethod;
    if ((getGetRedisInfoMethod = AdminServiceGrpc.getGetRedisInfoMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getGetRedisInfoMethod = AdminServiceGrpc.getGetRedisInfoMethod) == null) {
          AdminServiceGrpc.getGetRedisInfoMethod = getGetRedisInfoMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetRedisInfoRequest, com.quikapp.quikstate.v1.GetRedisInfoResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRedisInfo"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetRedisInfoRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetRedisInfoResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("GetRedisInfo"))
              .build();
        }
      }
    }
    return getGetRedisInfoMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetServerInfoRequest,
      com.quikapp.quikstate.v1.GetServerInfoResponse> getGetServerInfoMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetServerInfo",
      requestType = com.quikapp.quikstate.v1.GetServerInfoRequest.class,
      responseType = com.quikapp.quikstate.v1.GetServerInfoResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetServerInfoRequest,
      com.quikapp.quikstate.v1.GetServerInfoResponse> getGetServerInfoMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.GetServerInfoRequest, com.quikapp.quikstate.v1.GetServerInfoResponse> getGetServerInfoMethod;
    if ((getGetServerInfoMethod = AdminServiceGrpc.getGetServerInfoMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getGetServerInfoMethod = AdminServiceGrpc.getGetServerInfoMethod) == null) {
          AdminServiceGrpc.getGetServerInfoMethod = getGetServerInfoMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.GetServerInfoRequest, com.quikapp.quikstate.v1.GetServerInfoResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetServerInfo"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetServerInfoRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.GetServerInfoResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("GetServerInfo"))
              .build();
        }
      }
    }
    return getGetServerInfoMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteUserRequest,
      com.quikapp.quikstate.v1.DeleteUserResponse> getDeleteUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteUser",
      requestType = com.quikapp.quikstate.v1.DeleteUserRequest.class,
      responseType = com.quikapp.quikstate.v1.DeleteUserResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteUserRequest,
      com.quikapp.quikstate.v1.DeleteUserResponse> getDeleteUserMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.DeleteUserRequest, com.quikapp.quikstate.v1.DeleteUserResponse> getDeleteUserMethod;
    if ((getDeleteUserMethod = AdminServiceGrpc.getDeleteUserMethod) == null) {
      synchronized (AdminServiceGrpc.class) {
        if ((getDeleteUserMethod = AdminServiceGrpc.getDeleteUserMethod) == null) {
          AdminServiceGrpc.getDeleteUserMethod = getDeleteUserMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.DeleteUserRequest, com.quikapp.quikstate.v1.DeleteUserResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteUser"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.DeleteUserResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdminServiceMethodDescriptorSupplier("DeleteUser"))
              .build();
        }
      }
    }
    return getDeleteUserMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceStub>() {
        @java.lang.Override
        public AdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceStub(channel, callOptions);
        }
      };
    return AdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public AdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceBlockingStub>() {
        @java.lang.Override
        public AdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceBlockingStub(channel, callOptions);
        }
      };
    return AdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdminServiceFutureStub>() {
        @java.lang.Override
        public AdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdminServiceFutureStub(channel, callOptions);
        }
      };
    return AdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * GetTopology returns the Redis servers and their roles as this server sees them
     * now, and what is wrong with them. It answers while Redis does not.
     * </pre>
     */
    default void getTopology(com.quikapp.quikstate.v1.GetTopologyRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetTopologyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTopologyMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetRedisInfo returns what Redis's INFO says, for each Redis server that replies:
     * masters, and the replicas that they know.
     * UNAVAILABLE if none does.
     * </pre>
     */
    default void getRedisInfo(com.quikapp.quikstate.v1.GetRedisInfoRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetRedisInfoResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRedisInfoMethod(), responseObserver);
    }

    /**
     * <pre>
     * GetServerInfo returns the version of this server, its settings without secrets,
     * its rate limit policies, and what each of its processes is doing.
     * </pre>
     */
    default void getServerInfo(com.quikapp.quikstate.v1.GetServerInfoRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetServerInfoResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetServerInfoMethod(), responseObserver);
    }

    /**
     * <pre>
     * DeleteUser deletes what is kept under a user's id in the caller's namespace: it
     * revokes all sessions and tokens that were issued until now, then deletes the
     * sessions, connections, status and typing of the user, and the cache entry
     * `user:{id}`.
     * A login or heartbeat that begins later is one of a new user. A login that was
     * under way creates no session (`ended`).
     * What stays: the mark that tokens issued until now are revoked, and the instant of
     * the last login, until those have expired; what is remembered of session ids that
     * were rotated away, by which their replay is noticed; and names that callers chose
     * freely, such as channels, queues or locks that contain the id, which nobody
     * searches. If the call fails half-way, repeat it: each step can be repeated, but a
     * channel may list the user as typing until that ends by itself.
     * </pre>
     */
    default void deleteUser(com.quikapp.quikstate.v1.DeleteUserRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteUserResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteUserMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AdminService.
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public static abstract class AdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AdminService.
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public static final class AdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AdminServiceStub> {
    private AdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetTopology returns the Redis servers and their roles as this server sees them
     * now, and what is wrong with them. It answers while Redis does not.
     * </pre>
     */
    public void getTopology(com.quikapp.quikstate.v1.GetTopologyRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetTopologyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTopologyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetRedisInfo returns what Redis's INFO says, for each Redis server that replies:
     * masters, and the replicas that they know.
     * UNAVAILABLE if none does.
     * </pre>
     */
    public void getRedisInfo(com.quikapp.quikstate.v1.GetRedisInfoRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetRedisInfoResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRedisInfoMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * GetServerInfo returns the version of this server, its settings without secrets,
     * its rate limit policies, and what each of its processes is doing.
     * </pre>
     */
    public void getServerInfo(com.quikapp.quikstate.v1.GetServerInfoRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetServerInfoResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetServerInfoMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * DeleteUser deletes what is kept under a user's id in the caller's namespace: it
     * revokes all sessions and tokens that were issued until now, then deletes the
     * sessions, connections, status and typing of the user, and the cache entry
     * `user:{id}`.
     * A login or heartbeat that begins later is one of a new user. A login that was
     * under way creates no session (`ended`).
     * What stays: the mark that tokens issued until now are revoked, and the instant of
     * the last login, until those have expired; what is remembered of session ids that
     * were rotated away, by which their replay is noticed; and names that callers chose
     * freely, such as channels, queues or locks that contain the id, which nobody
     * searches. If the call fails half-way, repeat it: each step can be repeated, but a
     * channel may list the user as typing until that ends by itself.
     * </pre>
     */
    public void deleteUser(com.quikapp.quikstate.v1.DeleteUserRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteUserResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteUserMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AdminService.
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public static final class AdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AdminServiceBlockingV2Stub> {
    private AdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * GetTopology returns the Redis servers and their roles as this server sees them
     * now, and what is wrong with them. It answers while Redis does not.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetTopologyResponse getTopology(com.quikapp.quikstate.v1.GetTopologyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTopologyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetRedisInfo returns what Redis's INFO says, for each Redis server that replies:
     * masters, and the replicas that they know.
     * UNAVAILABLE if none does.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetRedisInfoResponse getRedisInfo(com.quikapp.quikstate.v1.GetRedisInfoRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetRedisInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetServerInfo returns the version of this server, its settings without secrets,
     * its rate limit policies, and what each of its processes is doing.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetServerInfoResponse getServerInfo(com.quikapp.quikstate.v1.GetServerInfoRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetServerInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteUser deletes what is kept under a user's id in the caller's namespace: it
     * revokes all sessions and tokens that were issued until now, then deletes the
     * sessions, connections, status and typing of the user, and the cache entry
     * `user:{id}`.
     * A login or heartbeat that begins later is one of a new user. A login that was
     * under way creates no session (`ended`).
     * What stays: the mark that tokens issued until now are revoked, and the instant of
     * the last login, until those have expired; what is remembered of session ids that
     * were rotated away, by which their replay is noticed; and names that callers chose
     * freely, such as channels, queues or locks that contain the id, which nobody
     * searches. If the call fails half-way, repeat it: each step can be repeated, but a
     * channel may list the user as typing until that ends by itself.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteUserResponse deleteUser(com.quikapp.quikstate.v1.DeleteUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteUserMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AdminService.
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public static final class AdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AdminServiceBlockingStub> {
    private AdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetTopology returns the Redis servers and their roles as this server sees them
     * now, and what is wrong with them. It answers while Redis does not.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetTopologyResponse getTopology(com.quikapp.quikstate.v1.GetTopologyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTopologyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetRedisInfo returns what Redis's INFO says, for each Redis server that replies:
     * masters, and the replicas that they know.
     * UNAVAILABLE if none does.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetRedisInfoResponse getRedisInfo(com.quikapp.quikstate.v1.GetRedisInfoRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRedisInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * GetServerInfo returns the version of this server, its settings without secrets,
     * its rate limit policies, and what each of its processes is doing.
     * </pre>
     */
    public com.quikapp.quikstate.v1.GetServerInfoResponse getServerInfo(com.quikapp.quikstate.v1.GetServerInfoRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetServerInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * DeleteUser deletes what is kept under a user's id in the caller's namespace: it
     * revokes all sessions and tokens that were issued until now, then deletes the
     * sessions, connections, status and typing of the user, and the cache entry
     * `user:{id}`.
     * A login or heartbeat that begins later is one of a new user. A login that was
     * under way creates no session (`ended`).
     * What stays: the mark that tokens issued until now are revoked, and the instant of
     * the last login, until those have expired; what is remembered of session ids that
     * were rotated away, by which their replay is noticed; and names that callers chose
     * freely, such as channels, queues or locks that contain the id, which nobody
     * searches. If the call fails half-way, repeat it: each step can be repeated, but a
     * channel may list the user as typing until that ends by itself.
     * </pre>
     */
    public com.quikapp.quikstate.v1.DeleteUserResponse deleteUser(com.quikapp.quikstate.v1.DeleteUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteUserMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AdminService.
   * <pre>
   * AdminService shows a server and its Redis to the people who operate them, and
   * deletes what is kept of a user.
   * GetTopology, GetRedisInfo and GetServerInfo are about all namespaces at once: a
   * caller that has a namespace gets PERMISSION_DENIED.
   * </pre>
   */
  public static final class AdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AdminServiceFutureStub> {
    private AdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * GetTopology returns the Redis servers and their roles as this server sees them
     * now, and what is wrong with them. It answers while Redis does not.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetTopologyResponse> getTopology(
        com.quikapp.quikstate.v1.GetTopologyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTopologyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetRedisInfo returns what Redis's INFO says, for each Redis server that replies:
     * masters, and the replicas that they know.
     * UNAVAILABLE if none does.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetRedisInfoResponse> getRedisInfo(
        com.quikapp.quikstate.v1.GetRedisInfoRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRedisInfoMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * GetServerInfo returns the version of this server, its settings without secrets,
     * its rate limit policies, and what each of its processes is doing.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.GetServerInfoResponse> getServerInfo(
        com.quikapp.quikstate.v1.GetServerInfoRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetServerInfoMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * DeleteUser deletes what is kept under a user's id in the caller's namespace: it
     * revokes all sessions and tokens that were issued until now, then deletes the
     * sessions, connections, status and typing of the user, and the cache entry
     * `user:{id}`.
     * A login or heartbeat that begins later is one of a new user. A login that was
     * under way creates no session (`ended`).
     * What stays: the mark that tokens issued until now are revoked, and the instant of
     * the last login, until those have expired; what is remembered of session ids that
     * were rotated away, by which their replay is noticed; and names that callers chose
     * freely, such as channels, queues or locks that contain the id, which nobody
     * searches. If the call fails half-way, repeat it: each step can be repeated, but a
     * channel may list the user as typing until that ends by itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.DeleteUserResponse> deleteUser(
        com.quikapp.quikstate.v1.DeleteUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteUserMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_TOPOLOGY = 0;
  private static final int METHODID_GET_REDIS_INFO = 1;
  private static final int METHODID_GET_SERVER_INFO = 2;
  private static final int METHODID_DELETE_USER = 3;

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
        case METHODID_GET_TOPOLOGY:
          serviceImpl.getTopology((com.quikapp.quikstate.v1.GetTopologyRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetTopologyResponse>) responseObserver);
          break;
        case METHODID_GET_REDIS_INFO:
          serviceImpl.getRedisInfo((com.quikapp.quikstate.v1.GetRedisInfoRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetRedisInfoResponse>) responseObserver);
          break;
        case METHODID_GET_SERVER_INFO:
          serviceImpl.getServerInfo((com.quikapp.quikstate.v1.GetServerInfoRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.GetServerInfoResponse>) responseObserver);
          break;
        case METHODID_DELETE_USER:
          serviceImpl.deleteUser((com.quikapp.quikstate.v1.DeleteUserRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.DeleteUserResponse>) responseObserver);
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
          getGetTopologyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetTopologyRequest,
              com.quikapp.quikstate.v1.GetTopologyResponse>(
                service, METHODID_GET_TOPOLOGY)))
        .addMethod(
          getGetRedisInfoMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetRedisInfoRequest,
              com.quikapp.quikstate.v1.GetRedisInfoResponse>(
                service, METHODID_GET_REDIS_INFO)))
        .addMethod(
          getGetServerInfoMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.GetServerInfoRequest,
              com.quikapp.quikstate.v1.GetServerInfoResponse>(
                service, METHODID_GET_SERVER_INFO)))
        .addMethod(
          getDeleteUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.DeleteUserRequest,
              com.quikapp.quikstate.v1.DeleteUserResponse>(
                service, METHODID_DELETE_USER)))
        .build();
  }

  private static abstract class AdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.Admin.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AdminService");
    }
  }

  private static final class AdminServiceFileDescriptorSupplier
      extends AdminServiceBaseDescriptorSupplier {
    AdminServiceFileDescriptorSupplier() {}
  }

  private static final class AdminServiceMethodDescriptorSupplier
      extends AdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AdminServiceFileDescriptorSupplier())
              .addMethod(getGetTopologyMethod())
              .addMethod(getGetRedisInfoMethod())
              .addMethod(getGetServerInfoMethod())
              .addMethod(getDeleteUserMethod())
              .build();
        }
      }
    }
    return result;
  }
}
