package com.quikapp.quikstate.scenarios;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.StreamObserver;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One call of any kind. Its outcomes are kept as they come, for {@link #receive}. */
final class Call implements StreamObserver<Message> {
  private static final String STUBS = "com.quikapp.quikstate.v1.";

  private final BlockingQueue<JsonObject> outcomes = new LinkedBlockingQueue<>();
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private MethodDescriptor<Message, Message> descriptor;
  private StreamObserver<Message> requests;

  /** Calls a stub's method by its name: the generated stubs have one type a method. */
  static Call open(Channel channel, String name, String request, double timeout) throws Exception {
    var service = name.substring(name.indexOf("v1.") + 3, name.indexOf('/'));
    var grpc = Class.forName(STUBS + service + "Grpc");
    var call = new Call();
    call.descriptor = descriptor(grpc, name);
    var stub = (AbstractStub<?>) grpc.getMethod("newStub", Channel.class).invoke(null, channel);
    if (timeout > 0) {
      stub = stub.withDeadlineAfter((long) (timeout * 1000), TimeUnit.MILLISECONDS);
    }
    call.invoke(stub, name.substring(name.indexOf('/') + 1), request);
    return call;
  }

  private void invoke(AbstractStub<?> stub, String name, String request) throws Exception {
    var method = method(stub, Character.toLowerCase(name.charAt(0)) + name.substring(1));
    var earlier = context.attach();
    try {
      if (descriptor.getType().clientSendsOneMessage()) {
        method.invoke(stub, read(request), this);
        return;
      }
      @SuppressWarnings("unchecked")
      var opened = (StreamObserver<Message>) method.invoke(stub, this);
      requests = opened;
    } finally {
      context.detach(earlier);
    }
    if (request != null) {
      send(request);
    }
  }

  @SuppressWarnings("unchecked")
  private static MethodDescriptor<Message, Message> descriptor(Class<?> grpc, String name)
      throws ReflectiveOperationException {
    var service = (ServiceDescriptor) grpc.getMethod("getServiceDescriptor").invoke(null);
    var methods = service.getMethods().stream();
    var found = methods.filter(method -> method.getFullMethodName().equals(name)).findFirst();
    return (MethodDescriptor<Message, Message>) found.orElseThrow();
  }

  private static Method method(Object stub, String name) {
    var methods = Arrays.stream(stub.getClass().getMethods());
    return methods.filter(method -> method.getName().equals(name)).findFirst().orElseThrow();
  }

  private Message read(String json) throws InvalidProtocolBufferException {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Message>) descriptor.getRequestMarshaller();
    var builder = marshaller.getMessagePrototype().newBuilderForType();
    JsonFormat.parser().merge(json, builder);
    return builder.build();
  }

  void send(String request) throws InvalidProtocolBufferException {
    try {
      requests.onNext(read(request));
    } catch (IllegalStateException ended) {
      // The call has ended, and receive says why.
    }
  }

  void halfClose() {
    requests.onCompleted();
  }

  void cancel() {
    context.cancel(null);
  }

  JsonObject receive(double within) throws InterruptedException {
    var outcome = outcomes.poll((long) (within * 1000), TimeUnit.MILLISECONDS);
    return outcome != null ? outcome : said("nothing", true);
  }

  @Override
  public void onNext(Message item) {
    try {
      var json = JsonParser.parseString(JsonFormat.printer().print((MessageOrBuilder) item));
      outcomes.add(said("item", json));
    } catch (InvalidProtocolBufferException cause) {
      throw new IllegalStateException(cause);
    }
  }

  @Override
  public void onCompleted() {
    outcomes.add(said("end", true));
  }

  @Override
  public void onError(Throwable cause) {
    var status = StatusProto.fromThrowable(cause);
    var error = new JsonObject();
    error.addProperty("code", status.getCode());
    error.addProperty("message", status.getMessage());
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          var info = detail.unpack(ErrorInfo.class);
          error.addProperty("reason", info.getReason());
          error.add("metadata", new Gson().toJsonTree(info.getMetadataMap()));
        } catch (InvalidProtocolBufferException unreadable) {
          throw new IllegalStateException(unreadable);
        }
      }
    }
    outcomes.add(said("error", error));
  }

  private static JsonObject said(String key, Object value) {
    var answer = new JsonObject();
    answer.add(key, new Gson().toJsonTree(value));
    return answer;
  }
}
