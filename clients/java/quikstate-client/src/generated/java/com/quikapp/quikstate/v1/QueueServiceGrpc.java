package com.quikapp.quikstate.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * QueueService delivers items at least once. An item is leased to one consumer at
 * a time. If the consumer neither settles the item nor extends the lease in time,
 * the item is delivered again; after max_attempts deliveries it becomes a dead
 * letter. The service never drops an item that is not settled, unless the item's
 * own TTL has passed.
 * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
 * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
 * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
 * than an item may be, has more than 1,000 fields, or has numbers that are not
 * valid: it becomes a dead letter at once, shown without its payload. If a raw
 * Redis client deletes the keys beside the stream, items are delivered again, not
 * necessarily in order, after the queue was read to its end.
 * One Redis script examines at most 200 items of a queue (max_queue_script_items)
 * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
 * A call that has to examine more runs several scripts.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class QueueServiceGrpc {

  private QueueServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quikstate.v1.QueueService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.EnqueueRequest,
      com.quikapp.quikstate.v1.EnqueueResponse> getEnqueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Enqueue",
      requestType = com.quikapp.quikstate.v1.EnqueueRequest.class,
      responseType = com.quikapp.quikstate.v1.EnqueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.EnqueueRequest,
      com.quikapp.quikstate.v1.EnqueueResponse> getEnqueueMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.EnqueueRequest, com.quikapp.quikstate.v1.EnqueueResponse> getEnqueueMethod;
    if ((getEnqueueMethod = QueueServiceGrpc.getEnqueueMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getEnqueueMethod = QueueServiceGrpc.getEnqueueMethod) == null) {
          QueueServiceGrpc.getEnqueueMethod = getEnqueueMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.EnqueueRequest, com.quikapp.quikstate.v1.EnqueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Enqueue"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.EnqueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.EnqueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("Enqueue"))
              .build();
        }
      }
    }
    return getEnqueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReceiveRequest,
      com.quikapp.quikstate.v1.ReceiveResponse> getReceiveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Receive",
      requestType = com.quikapp.quikstate.v1.ReceiveRequest.class,
      responseType = com.quikapp.quikstate.v1.ReceiveResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReceiveRequest,
      com.quikapp.quikstate.v1.ReceiveResponse> getReceiveMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ReceiveRequest, com.quikapp.quikstate.v1.ReceiveResponse> getReceiveMethod;
    if ((getReceiveMethod = QueueServiceGrpc.getReceiveMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getReceiveMethod = QueueServiceGrpc.getReceiveMethod) == null) {
          QueueServiceGrpc.getReceiveMethod = getReceiveMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ReceiveRequest, com.quikapp.quikstate.v1.ReceiveResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Receive"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ReceiveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ReceiveResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("Receive"))
              .build();
        }
      }
    }
    return getReceiveMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConsumeRequest,
      com.quikapp.quikstate.v1.ConsumeResponse> getConsumeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Consume",
      requestType = com.quikapp.quikstate.v1.ConsumeRequest.class,
      responseType = com.quikapp.quikstate.v1.ConsumeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConsumeRequest,
      com.quikapp.quikstate.v1.ConsumeResponse> getConsumeMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ConsumeRequest, com.quikapp.quikstate.v1.ConsumeResponse> getConsumeMethod;
    if ((getConsumeMethod = QueueServiceGrpc.getConsumeMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getConsumeMethod = QueueServiceGrpc.getConsumeMethod) == null) {
          QueueServiceGrpc.getConsumeMethod = getConsumeMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ConsumeRequest, com.quikapp.quikstate.v1.ConsumeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Consume"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ConsumeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ConsumeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("Consume"))
              .build();
        }
      }
    }
    return getConsumeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SettleRequest,
      com.quikapp.quikstate.v1.SettleResponse> getSettleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Settle",
      requestType = com.quikapp.quikstate.v1.SettleRequest.class,
      responseType = com.quikapp.quikstate.v1.SettleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SettleRequest,
      com.quikapp.quikstate.v1.SettleResponse> getSettleMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.SettleRequest, com.quikapp.quikstate.v1.SettleResponse> getSettleMethod;
    if ((getSettleMethod = QueueServiceGrpc.getSettleMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getSettleMethod = QueueServiceGrpc.getSettleMethod) == null) {
          QueueServiceGrpc.getSettleMethod = getSettleMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.SettleRequest, com.quikapp.quikstate.v1.SettleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Settle"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SettleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.SettleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("Settle"))
              .build();
        }
      }
    }
    return getSettleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.InspectQueueRequest,
      com.quikapp.quikstate.v1.InspectQueueResponse> getInspectQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "InspectQueue",
      requestType = com.quikapp.quikstate.v1.InspectQueueRequest.class,
      responseType = com.quikapp.quikstate.v1.InspectQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.InspectQueueRequest,
      com.quikapp.quikstate.v1.InspectQueueResponse> getInspectQueueMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.InspectQueueRequest, com.quikapp.quikstate.v1.InspectQueueResponse> getInspectQueueMethod;
    if ((getInspectQueueMethod = QueueServiceGrpc.getInspectQueueMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getInspectQueueMethod = QueueServiceGrpc.getInspectQueueMethod) == null) {
          QueueServiceGrpc.getInspectQueueMethod = getInspectQueueMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.InspectQueueRequest, com.quikapp.quikstate.v1.InspectQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "InspectQueue"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.InspectQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.InspectQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("InspectQueue"))
              .build();
        }
      }
    }
    return getInspectQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListQueuesRequest,
      com.quikapp.quikstate.v1.ListQueuesResponse> getListQueuesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListQueues",
      requestType = com.quikapp.quikstate.v1.ListQueuesRequest.class,
      responseType = com.quikapp.quikstate.v1.ListQueuesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListQueuesRequest,
      com.quikapp.quikstate.v1.ListQueuesResponse> getListQueuesMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.ListQueuesRequest, com.quikapp.quikstate.v1.ListQueuesResponse> getListQueuesMethod;
    if ((getListQueuesMethod = QueueServiceGrpc.getListQueuesMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getListQueuesMethod = QueueServiceGrpc.getListQueuesMethod) == null) {
          QueueServiceGrpc.getListQueuesMethod = getListQueuesMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.ListQueuesRequest, com.quikapp.quikstate.v1.ListQueuesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListQueues"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListQueuesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.ListQueuesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("ListQueues"))
              .build();
        }
      }
    }
    return getListQueuesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RedriveQueueRequest,
      com.quikapp.quikstate.v1.RedriveQueueResponse> getRedriveQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RedriveQueue",
      requestType = com.quikapp.quikstate.v1.RedriveQueueRequest.class,
      responseType = com.quikapp.quikstate.v1.RedriveQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RedriveQueueRequest,
      com.quikapp.quikstate.v1.RedriveQueueResponse> getRedriveQueueMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.RedriveQueueRequest, com.quikapp.quikstate.v1.RedriveQueueResponse> getRedriveQueueMethod;
    if ((getRedriveQueueMethod = QueueServiceGrpc.getRedriveQueueMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getRedriveQueueMethod = QueueServiceGrpc.getRedriveQueueMethod) == null) {
          QueueServiceGrpc.getRedriveQueueMethod = getRedriveQueueMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.RedriveQueueRequest, com.quikapp.quikstate.v1.RedriveQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RedriveQueue"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RedriveQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.RedriveQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("RedriveQueue"))
              .build();
        }
      }
    }
    return getRedriveQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PurgeQueueRequest,
      com.quikapp.quikstate.v1.PurgeQueueResponse> getPurgeQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PurgeQueue",
      requestType = com.quikapp.quikstate.v1.PurgeQueueRequest.class,
      responseType = com.quikapp.quikstate.v1.PurgeQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PurgeQueueRequest,
      com.quikapp.quikstate.v1.PurgeQueueResponse> getPurgeQueueMethod() {
    io.grpc.MethodDescriptor<com.quikapp.quikstate.v1.PurgeQueueRequest, com.quikapp.quikstate.v1.PurgeQueueResponse> getPurgeQueueMethod;
    if ((getPurgeQueueMethod = QueueServiceGrpc.getPurgeQueueMethod) == null) {
      synchronized (QueueServiceGrpc.class) {
        if ((getPurgeQueueMethod = QueueServiceGrpc.getPurgeQueueMethod) == null) {
          QueueServiceGrpc.getPurgeQueueMethod = getPurgeQueueMethod =
              io.grpc.MethodDescriptor.<com.quikapp.quikstate.v1.PurgeQueueRequest, com.quikapp.quikstate.v1.PurgeQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PurgeQueue"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.PurgeQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.quikapp.quikstate.v1.PurgeQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueServiceMethodDescriptorSupplier("PurgeQueue"))
              .build();
        }
      }
    }
    return getPurgeQueueMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static QueueServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueServiceStub>() {
        @java.lang.Override
        public QueueServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueServiceStub(channel, callOptions);
        }
      };
    return QueueServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static QueueServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueServiceBlockingV2Stub>() {
        @java.lang.Override
        public QueueServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return QueueServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static QueueServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueServiceBlockingStub>() {
        @java.lang.Override
        public QueueServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueServiceBlockingStub(channel, callOptions);
        }
      };
    return QueueServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static QueueServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueServiceFutureStub>() {
        @java.lang.Override
        public QueueServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueServiceFutureStub(channel, callOptions);
        }
      };
    return QueueServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Enqueue adds items to queues, in the order of the request. It adds all items
     * of one queue atomically. A full queue refuses items with QUEUE_FULL. The call
     * is not idempotent unless it has a request_id, or each item has a dedup_key.
     * </pre>
     */
    default void enqueue(com.quikapp.quikstate.v1.EnqueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.EnqueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEnqueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * Receive leases items of one of several queues. It waits for the first item if
     * `wait` is set. A response without items is not an error. If the call is
     * cancelled, the server gives back at once what it leased for the call; items
     * of a response that was already on its way are delivered again when their
     * leases end. Each waiting call counts as a call in flight (max_calls, of which a
     * tenth, reserved_calls_share, is kept for calls that do not wait). If there
     * are many consumers, use Consume.
     * </pre>
     */
    default void receive(com.quikapp.quikstate.v1.ReceiveRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReceiveResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReceiveMethod(), responseObserver);
    }

    /**
     * <pre>
     * Consume leases items as they come, up to the caller's credit, and settles them
     * on the same stream. When the caller half-closes, the server gives back at once
     * what is outstanding, and the attempt does not count. After any other end the
     * leases run on, so that the caller can still settle items by their receipts, on
     * another stream or with Settle, on any server.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConsumeRequest> consume(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConsumeResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getConsumeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Settle acknowledges, nacks or extends deliveries. It works when Redis's memory
     * is full. It is safe to repeat: a delivery that was settled before is NOT_HELD.
     * </pre>
     */
    default void settle(com.quikapp.quikstate.v1.SettleRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SettleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSettleMethod(), responseObserver);
    }

    /**
     * <pre>
     * InspectQueue counts a queue's items by their state, and shows some of them
     * without leasing them.
     * </pre>
     */
    default void inspectQueue(com.quikapp.quikstate.v1.InspectQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.InspectQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getInspectQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * ListQueues lists the queues that have items, with their counts. It examines no
     * keys but those of an index of the namespace. A queue to which only raw Redis
     * clients have added items is listed once a caller has received from it, or has
     * inspected it.
     * </pre>
     */
    default void listQueues(com.quikapp.quikstate.v1.ListQueuesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListQueuesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListQueuesMethod(), responseObserver);
    }

    /**
     * <pre>
     * RedriveQueue enqueues dead letters again, at the end of the queue. Each gets a
     * new id, 0 attempts and no TTL. Items that are not readable stay dead letters.
     * </pre>
     */
    default void redriveQueue(com.quikapp.quikstate.v1.RedriveQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RedriveQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRedriveQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * PurgeQueue deletes items: those named, for example to cancel a delayed item, or
     * all items that the queue has when the call begins. It frees their dedup keys.
     * </pre>
     */
    default void purgeQueue(com.quikapp.quikstate.v1.PurgeQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PurgeQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPurgeQueueMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service QueueService.
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public static abstract class QueueServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return QueueServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service QueueService.
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public static final class QueueServiceStub
      extends io.grpc.stub.AbstractAsyncStub<QueueServiceStub> {
    private QueueServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enqueue adds items to queues, in the order of the request. It adds all items
     * of one queue atomically. A full queue refuses items with QUEUE_FULL. The call
     * is not idempotent unless it has a request_id, or each item has a dedup_key.
     * </pre>
     */
    public void enqueue(com.quikapp.quikstate.v1.EnqueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.EnqueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEnqueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Receive leases items of one of several queues. It waits for the first item if
     * `wait` is set. A response without items is not an error. If the call is
     * cancelled, the server gives back at once what it leased for the call; items
     * of a response that was already on its way are delivered again when their
     * leases end. Each waiting call counts as a call in flight (max_calls, of which a
     * tenth, reserved_calls_share, is kept for calls that do not wait). If there
     * are many consumers, use Consume.
     * </pre>
     */
    public void receive(com.quikapp.quikstate.v1.ReceiveRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReceiveResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReceiveMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Consume leases items as they come, up to the caller's credit, and settles them
     * on the same stream. When the caller half-closes, the server gives back at once
     * what is outstanding, and the attempt does not count. After any other end the
     * leases run on, so that the caller can still settle items by their receipts, on
     * another stream or with Settle, on any server.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConsumeRequest> consume(
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConsumeResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getConsumeMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Settle acknowledges, nacks or extends deliveries. It works when Redis's memory
     * is full. It is safe to repeat: a delivery that was settled before is NOT_HELD.
     * </pre>
     */
    public void settle(com.quikapp.quikstate.v1.SettleRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SettleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSettleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * InspectQueue counts a queue's items by their state, and shows some of them
     * without leasing them.
     * </pre>
     */
    public void inspectQueue(com.quikapp.quikstate.v1.InspectQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.InspectQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getInspectQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * ListQueues lists the queues that have items, with their counts. It examines no
     * keys but those of an index of the namespace. A queue to which only raw Redis
     * clients have added items is listed once a caller has received from it, or has
     * inspected it.
     * </pre>
     */
    public void listQueues(com.quikapp.quikstate.v1.ListQueuesRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListQueuesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListQueuesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * RedriveQueue enqueues dead letters again, at the end of the queue. Each gets a
     * new id, 0 attempts and no TTL. Items that are not readable stay dead letters.
     * </pre>
     */
    public void redriveQueue(com.quikapp.quikstate.v1.RedriveQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RedriveQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRedriveQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * PurgeQueue deletes items: those named, for example to cancel a delayed item, or
     * all items that the queue has when the call begins. It frees their dedup keys.
     * </pre>
     */
    public void purgeQueue(com.quikapp.quikstate.v1.PurgeQueueRequest request,
        io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PurgeQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPurgeQueueMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service QueueService.
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public static final class QueueServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<QueueServiceBlockingV2Stub> {
    private QueueServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Enqueue adds items to queues, in the order of the request. It adds all items
     * of one queue atomically. A full queue refuses items with QUEUE_FULL. The call
     * is not idempotent unless it has a request_id, or each item has a dedup_key.
     * </pre>
     */
    public com.quikapp.quikstate.v1.EnqueueResponse enqueue(com.quikapp.quikstate.v1.EnqueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEnqueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Receive leases items of one of several queues. It waits for the first item if
     * `wait` is set. A response without items is not an error. If the call is
     * cancelled, the server gives back at once what it leased for the call; items
     * of a response that was already on its way are delivered again when their
     * leases end. Each waiting call counts as a call in flight (max_calls, of which a
     * tenth, reserved_calls_share, is kept for calls that do not wait). If there
     * are many consumers, use Consume.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReceiveResponse receive(com.quikapp.quikstate.v1.ReceiveRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReceiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Consume leases items as they come, up to the caller's credit, and settles them
     * on the same stream. When the caller half-closes, the server gives back at once
     * what is outstanding, and the attempt does not count. After any other end the
     * leases run on, so that the caller can still settle items by their receipts, on
     * another stream or with Settle, on any server.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<com.quikapp.quikstate.v1.ConsumeRequest, com.quikapp.quikstate.v1.ConsumeResponse>
        consume() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getConsumeMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Settle acknowledges, nacks or extends deliveries. It works when Redis's memory
     * is full. It is safe to repeat: a delivery that was settled before is NOT_HELD.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SettleResponse settle(com.quikapp.quikstate.v1.SettleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSettleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * InspectQueue counts a queue's items by their state, and shows some of them
     * without leasing them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.InspectQueueResponse inspectQueue(com.quikapp.quikstate.v1.InspectQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getInspectQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListQueues lists the queues that have items, with their counts. It examines no
     * keys but those of an index of the namespace. A queue to which only raw Redis
     * clients have added items is listed once a caller has received from it, or has
     * inspected it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListQueuesResponse listQueues(com.quikapp.quikstate.v1.ListQueuesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RedriveQueue enqueues dead letters again, at the end of the queue. Each gets a
     * new id, 0 attempts and no TTL. Items that are not readable stay dead letters.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RedriveQueueResponse redriveQueue(com.quikapp.quikstate.v1.RedriveQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRedriveQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * PurgeQueue deletes items: those named, for example to cancel a delayed item, or
     * all items that the queue has when the call begins. It frees their dedup keys.
     * </pre>
     */
    public com.quikapp.quikstate.v1.PurgeQueueResponse purgeQueue(com.quikapp.quikstate.v1.PurgeQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPurgeQueueMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service QueueService.
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public static final class QueueServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<QueueServiceBlockingStub> {
    private QueueServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enqueue adds items to queues, in the order of the request. It adds all items
     * of one queue atomically. A full queue refuses items with QUEUE_FULL. The call
     * is not idempotent unless it has a request_id, or each item has a dedup_key.
     * </pre>
     */
    public com.quikapp.quikstate.v1.EnqueueResponse enqueue(com.quikapp.quikstate.v1.EnqueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEnqueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Receive leases items of one of several queues. It waits for the first item if
     * `wait` is set. A response without items is not an error. If the call is
     * cancelled, the server gives back at once what it leased for the call; items
     * of a response that was already on its way are delivered again when their
     * leases end. Each waiting call counts as a call in flight (max_calls, of which a
     * tenth, reserved_calls_share, is kept for calls that do not wait). If there
     * are many consumers, use Consume.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ReceiveResponse receive(com.quikapp.quikstate.v1.ReceiveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReceiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Settle acknowledges, nacks or extends deliveries. It works when Redis's memory
     * is full. It is safe to repeat: a delivery that was settled before is NOT_HELD.
     * </pre>
     */
    public com.quikapp.quikstate.v1.SettleResponse settle(com.quikapp.quikstate.v1.SettleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSettleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * InspectQueue counts a queue's items by their state, and shows some of them
     * without leasing them.
     * </pre>
     */
    public com.quikapp.quikstate.v1.InspectQueueResponse inspectQueue(com.quikapp.quikstate.v1.InspectQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getInspectQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * ListQueues lists the queues that have items, with their counts. It examines no
     * keys but those of an index of the namespace. A queue to which only raw Redis
     * clients have added items is listed once a caller has received from it, or has
     * inspected it.
     * </pre>
     */
    public com.quikapp.quikstate.v1.ListQueuesResponse listQueues(com.quikapp.quikstate.v1.ListQueuesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * RedriveQueue enqueues dead letters again, at the end of the queue. Each gets a
     * new id, 0 attempts and no TTL. Items that are not readable stay dead letters.
     * </pre>
     */
    public com.quikapp.quikstate.v1.RedriveQueueResponse redriveQueue(com.quikapp.quikstate.v1.RedriveQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRedriveQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * PurgeQueue deletes items: those named, for example to cancel a delayed item, or
     * all items that the queue has when the call begins. It frees their dedup keys.
     * </pre>
     */
    public com.quikapp.quikstate.v1.PurgeQueueResponse purgeQueue(com.quikapp.quikstate.v1.PurgeQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPurgeQueueMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service QueueService.
   * <pre>
   * QueueService delivers items at least once. An item is leased to one consumer at
   * a time. If the consumer neither settles the item nor extends the lease in time,
   * the item is delivered again; after max_attempts deliveries it becomes a dead
   * letter. The service never drops an item that is not settled, unless the item's
   * own TTL has passed.
   * A queue is the Redis stream `queue:{name}` and exists while it has items. A raw
   * Redis client enqueues with `XADD queue:{name} * payload {bytes}`, and its item is
   * delivered within 10 s. An item is not readable if it is more than 64 KiB larger
   * than an item may be, has more than 1,000 fields, or has numbers that are not
   * valid: it becomes a dead letter at once, shown without its payload. If a raw
   * Redis client deletes the keys beside the stream, items are delivered again, not
   * necessarily in order, after the queue was read to its end.
   * One Redis script examines at most 200 items of a queue (max_queue_script_items)
   * or 2 MiB (max_queue_script_bytes), so that other calls wait only briefly for it.
   * A call that has to examine more runs several scripts.
   * </pre>
   */
  public static final class QueueServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<QueueServiceFutureStub> {
    private QueueServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Enqueue adds items to queues, in the order of the request. It adds all items
     * of one queue atomically. A full queue refuses items with QUEUE_FULL. The call
     * is not idempotent unless it has a request_id, or each item has a dedup_key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.EnqueueResponse> enqueue(
        com.quikapp.quikstate.v1.EnqueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEnqueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Receive leases items of one of several queues. It waits for the first item if
     * `wait` is set. A response without items is not an error. If the call is
     * cancelled, the server gives back at once what it leased for the call; items
     * of a response that was already on its way are delivered again when their
     * leases end. Each waiting call counts as a call in flight (max_calls, of which a
     * tenth, reserved_calls_share, is kept for calls that do not wait). If there
     * are many consumers, use Consume.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ReceiveResponse> receive(
        com.quikapp.quikstate.v1.ReceiveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReceiveMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Settle acknowledges, nacks or extends deliveries. It works when Redis's memory
     * is full. It is safe to repeat: a delivery that was settled before is NOT_HELD.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.SettleResponse> settle(
        com.quikapp.quikstate.v1.SettleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSettleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * InspectQueue counts a queue's items by their state, and shows some of them
     * without leasing them.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.InspectQueueResponse> inspectQueue(
        com.quikapp.quikstate.v1.InspectQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getInspectQueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * ListQueues lists the queues that have items, with their counts. It examines no
     * keys but those of an index of the namespace. A queue to which only raw Redis
     * clients have added items is listed once a caller has received from it, or has
     * inspected it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.ListQueuesResponse> listQueues(
        com.quikapp.quikstate.v1.ListQueuesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListQueuesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * RedriveQueue enqueues dead letters again, at the end of the queue. Each gets a
     * new id, 0 attempts and no TTL. Items that are not readable stay dead letters.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.RedriveQueueResponse> redriveQueue(
        com.quikapp.quikstate.v1.RedriveQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRedriveQueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * PurgeQueue deletes items: those named, for example to cancel a delayed item, or
     * all items that the queue has when the call begins. It frees their dedup keys.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.quikapp.quikstate.v1.PurgeQueueResponse> purgeQueue(
        com.quikapp.quikstate.v1.PurgeQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPurgeQueueMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ENQUEUE = 0;
  private static final int METHODID_RECEIVE = 1;
  private static final int METHODID_SETTLE = 2;
  private static final int METHODID_INSPECT_QUEUE = 3;
  private static final int METHODID_LIST_QUEUES = 4;
  private static final int METHODID_REDRIVE_QUEUE = 5;
  private static final int METHODID_PURGE_QUEUE = 6;
  private static final int METHODID_CONSUME = 7;

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
        case METHODID_ENQUEUE:
          serviceImpl.enqueue((com.quikapp.quikstate.v1.EnqueueRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.EnqueueResponse>) responseObserver);
          break;
        case METHODID_RECEIVE:
          serviceImpl.receive((com.quikapp.quikstate.v1.ReceiveRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ReceiveResponse>) responseObserver);
          break;
        case METHODID_SETTLE:
          serviceImpl.settle((com.quikapp.quikstate.v1.SettleRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.SettleResponse>) responseObserver);
          break;
        case METHODID_INSPECT_QUEUE:
          serviceImpl.inspectQueue((com.quikapp.quikstate.v1.InspectQueueRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.InspectQueueResponse>) responseObserver);
          break;
        case METHODID_LIST_QUEUES:
          serviceImpl.listQueues((com.quikapp.quikstate.v1.ListQueuesRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ListQueuesResponse>) responseObserver);
          break;
        case METHODID_REDRIVE_QUEUE:
          serviceImpl.redriveQueue((com.quikapp.quikstate.v1.RedriveQueueRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.RedriveQueueResponse>) responseObserver);
          break;
        case METHODID_PURGE_QUEUE:
          serviceImpl.purgeQueue((com.quikapp.quikstate.v1.PurgeQueueRequest) request,
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.PurgeQueueResponse>) responseObserver);
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
        case METHODID_CONSUME:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.consume(
              (io.grpc.stub.StreamObserver<com.quikapp.quikstate.v1.ConsumeResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getEnqueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.EnqueueRequest,
              com.quikapp.quikstate.v1.EnqueueResponse>(
                service, METHODID_ENQUEUE)))
        .addMethod(
          getReceiveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ReceiveRequest,
              com.quikapp.quikstate.v1.ReceiveResponse>(
                service, METHODID_RECEIVE)))
        .addMethod(
          getConsumeMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ConsumeRequest,
              com.quikapp.quikstate.v1.ConsumeResponse>(
                service, METHODID_CONSUME)))
        .addMethod(
          getSettleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.SettleRequest,
              com.quikapp.quikstate.v1.SettleResponse>(
                service, METHODID_SETTLE)))
        .addMethod(
          getInspectQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.InspectQueueRequest,
              com.quikapp.quikstate.v1.InspectQueueResponse>(
                service, METHODID_INSPECT_QUEUE)))
        .addMethod(
          getListQueuesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.ListQueuesRequest,
              com.quikapp.quikstate.v1.ListQueuesResponse>(
                service, METHODID_LIST_QUEUES)))
        .addMethod(
          getRedriveQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.RedriveQueueRequest,
              com.quikapp.quikstate.v1.RedriveQueueResponse>(
                service, METHODID_REDRIVE_QUEUE)))
        .addMethod(
          getPurgeQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.quikapp.quikstate.v1.PurgeQueueRequest,
              com.quikapp.quikstate.v1.PurgeQueueResponse>(
                service, METHODID_PURGE_QUEUE)))
        .build();
  }

  private static abstract class QueueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    QueueServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return com.quikapp.quikstate.v1.Queue.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("QueueService");
    }
  }

  private static final class QueueServiceFileDescriptorSupplier
      extends QueueServiceBaseDescriptorSupplier {
    QueueServiceFileDescriptorSupplier() {}
  }

  private static final class QueueServiceMethodDescriptorSupplier
      extends QueueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    QueueServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (QueueServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new QueueServiceFileDescriptorSupplier())
              .addMethod(getEnqueueMethod())
              .addMethod(getReceiveMethod())
              .addMethod(getConsumeMethod())
              .addMethod(getSettleMethod())
              .addMethod(getInspectQueueMethod())
              .addMethod(getListQueuesMethod())
              .addMethod(getRedriveQueueMethod())
              .addMethod(getPurgeQueueMethod())
              .build();
        }
      }
    }
    return result;
  }
}
