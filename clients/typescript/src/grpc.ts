// Typed clients on @grpc/grpc-js: what protoc-gen-es says of a service, as methods that return promises and
// async iterables. grpc-js keeps the channel, so its options, credentials and interceptors work as documented.
import { type DescMessage, type DescMethod, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { GenService, GenServiceMethods } from "@bufbuild/protobuf/codegenv2";
import * as grpc from "@grpc/grpc-js";

export interface CallOptions {
  /** When the call ends with DEADLINE_EXCEEDED: milliseconds from now. Default: never. */
  timeoutMs?: number;
  /** Ends the call with CANCELLED. */
  signal?: AbortSignal;
  metadata?: grpc.Metadata;
}

type Requests<I extends DescMessage> = AsyncIterable<MessageInitShape<I>> | Iterable<MessageInitShape<I>>;

type Method<M> = M extends { methodKind: infer K; input: infer I extends DescMessage; output: infer O extends DescMessage }
  ? K extends "unary"
    ? (request: MessageInitShape<I>, options?: CallOptions) => Promise<MessageShape<O>>
    : K extends "server_streaming"
      ? (request: MessageInitShape<I>, options?: CallOptions) => AsyncIterable<MessageShape<O>>
      : (requests: Requests<I>, options?: CallOptions) => AsyncIterable<MessageShape<O>>
  : never;

/** The methods of a service. Unary ones return a promise; a stream is read with `for await`, which cancels it when left. */
export type Stub<S extends GenServiceMethods> = { [M in keyof S]: Method<S[M]> };

/** One connection for any number of stubs. Close it when done. */
export function connect(
  address: string,
  credentials: grpc.ChannelCredentials,
  options?: grpc.ClientOptions,
): grpc.Client {
  return new grpc.Client(address, credentials, options);
}

/** The methods of `service`, called over `client`. A failed call throws a grpc.ServiceError; see errorInfo. */
export function stub<S extends GenServiceMethods>(service: GenService<S>, client: grpc.Client): Stub<S> {
  const methods = service.methods.map((method) => [method.localName, callable(method, client)]);
  return Object.fromEntries(methods) as Stub<S>;
}

function callable(method: DescMethod, client: grpc.Client) {
  if (method.methodKind === "unary") {
    return (request: MessageInitShape<DescMessage>, options: CallOptions = {}) => unary(method, client, request, options);
  }
  if (method.methodKind === "server_streaming") {
    return (request: MessageInitShape<DescMessage>, options?: CallOptions) => stream(method, client, [request], options);
  }
  return (requests: Requests<DescMessage>, options?: CallOptions) => stream(method, client, requests, options);
}

function unary(
  method: DescMethod,
  client: grpc.Client,
  request: MessageInitShape<DescMessage>,
  options: CallOptions,
): Promise<MessageShape<DescMessage>> {
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      path(method),
      serializer(method),
      deserializer(method),
      request,
      options.metadata ?? new grpc.Metadata(),
      callOptions(options),
      (error, response) => {
        stop();
        if (error) reject(error);
        else resolve(response as MessageShape<DescMessage>);
      },
    );
    const stop = cancelOn(options.signal, call);
  });
}

async function* stream(
  method: DescMethod,
  client: grpc.Client,
  requests: Requests<DescMessage>,
  options: CallOptions = {},
): AsyncGenerator<MessageShape<DescMessage>> {
  const call = client.makeBidiStreamRequest(
    path(method),
    serializer(method),
    deserializer(method),
    options.metadata ?? new grpc.Metadata(),
    callOptions(options),
  );
  const stop = cancelOn(options.signal, call);
  call.on("error", () => undefined); // the loop below throws it; once that was left, the error is its own CANCELLED
  void write(requests, call);
  try {
    for await (const item of call) yield item as MessageShape<DescMessage>;
  } finally {
    stop();
    call.cancel();
  }
}

/** Writes each request when the one before is on its way, and half-closes after the last. */
async function write<T>(requests: AsyncIterable<T> | Iterable<T>, call: grpc.ClientDuplexStream<T, unknown>): Promise<void> {
  try {
    for await (const request of requests) {
      await new Promise<void>((written) => call.write(request, () => written()));
    }
    call.end();
  } catch (cause) {
    call.destroy(cause as Error); // what made the requests failed: whoever reads the answers gets its error
  }
}

function cancelOn(signal: AbortSignal | undefined, call: { cancel(): void }): () => void {
  const cancel = () => call.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel);
  return () => signal?.removeEventListener("abort", cancel);
}

function callOptions({ timeoutMs }: CallOptions): grpc.CallOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

function path(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function serializer(method: DescMethod) {
  return (request: MessageInitShape<DescMessage>) => Buffer.from(toBinary(method.input, create(method.input, request)));
}

function deserializer(method: DescMethod) {
  return (bytes: Buffer) => fromBinary(method.output, bytes);
}
