import { type DescMessage, type DescMethod, type JsonValue, type Message, fromJson, toJson } from "@bufbuild/protobuf";
import type { GenService, GenServiceMethods } from "@bufbuild/protobuf/codegenv2";
import { setTimeout } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import * as quikstate from "../src/index.js";

export interface Command {
  do: "open" | "send" | "half_close" | "cancel" | "receive";
  call: string;
  method?: string;
  request?: JsonValue;
  timeout?: number;
  within?: number;
}

/** Values put in by one side and taken out by the other, which waits for them. */
class Mailbox<T> {
  private readonly values: T[] = [];
  private readonly takers: ((value: T) => void)[] = [];

  put(value: T): void {
    const taker = this.takers.shift();
    if (taker) taker(value);
    else this.values.push(value);
  }

  take(): Promise<T> {
    if (this.values.length > 0) return Promise.resolve(this.values.shift() as T);
    return new Promise((resolve) => this.takers.push(resolve));
  }
}

/** One call of any kind. Its outcomes are kept as they come, for receive. */
export class Call {
  private readonly method: DescMethod;
  private readonly outcomes = new Mailbox<object>();
  private readonly requests = new Mailbox<Message | undefined>();
  private readonly abort = new AbortController();
  private next?: Promise<object>; // stays when receive did not wait for it to the end

  constructor(client: grpc.Client, command: Command) {
    const [service, name] = (command.method ?? "").split("/") as [string, string];
    const desc = services().find((candidate) => candidate.typeName === service);
    const method = desc?.methods.find((candidate) => candidate.name === name);
    if (!desc || !method) throw new Error(`no stub has ${command.method}`);
    this.method = method;
    const methods = quikstate.stub(desc as GenService<GenServiceMethods>, client) as Record<string, Function>;
    const streams = method.methodKind === "bidi_streaming" || method.methodKind === "client_streaming";
    const request = streams ? this.sent() : this.read(command.request);
    if (streams && command.request !== undefined) this.send(command.request);
    const timeoutMs = command.timeout === undefined ? undefined : command.timeout * 1000;
    const options: quikstate.CallOptions = { timeoutMs, signal: this.abort.signal };
    void this.collect(methods[method.localName]?.(request, options));
  }

  send(request: JsonValue | undefined): void {
    this.requests.put(this.read(request));
  }

  halfClose(): void {
    this.requests.put(undefined);
  }

  cancel(): void {
    this.abort.abort();
  }

  async receive(within: number): Promise<object> {
    this.next ??= this.outcomes.take();
    const patience = new AbortController();
    const late = setTimeout(within * 1000, undefined, { signal: patience.signal }).catch(() => undefined);
    const outcome = await Promise.race([this.next, late]);
    patience.abort();
    if (outcome) this.next = undefined;
    return outcome ?? { nothing: true };
  }

  private async *sent(): AsyncGenerator<Message> {
    for (let request = await this.requests.take(); request; request = await this.requests.take()) yield request;
  }

  private async collect(answer: Promise<Message> | AsyncIterable<Message>): Promise<void> {
    try {
      if (answer instanceof Promise) this.deliver(await answer);
      else for await (const item of answer) this.deliver(item);
      this.outcomes.put({ end: true });
    } catch (error) {
      this.outcomes.put({ error: failure(error as grpc.ServiceError) });
    }
  }

  private deliver(item: Message): void {
    this.outcomes.put({ item: toJson(this.method.output as DescMessage, item) });
  }

  private read(json: JsonValue | undefined): Message {
    return fromJson(this.method.input as DescMessage, json ?? {});
  }
}

function services(): GenService<GenServiceMethods>[] {
  const exported = Object.values(quikstate) as { kind?: string }[];
  return exported.filter((value) => value.kind === "service") as GenService<GenServiceMethods>[];
}

function failure(error: grpc.ServiceError): object {
  const info = quikstate.errorInfo(error);
  return { code: error.code, message: error.details, reason: info?.reason, metadata: info?.metadata };
}
