// Makes the calls of the shared scenarios through the TypeScript stubs: a command a line of standard input,
// an answer a line of standard output, as tests/scenarios/README.md says.
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { connect } from "../src/index.js";
import { Call, type Command } from "./call.js";

const calls = new Map<string, Call>();
const client = connect(process.env["QUIKSTATE_ADDR"] ?? "", grpc.credentials.createInsecure());

async function run(command: Command): Promise<object> {
  if (command.do === "open") {
    calls.set(command.call, new Call(client, command));
    return {};
  }
  const call = calls.get(command.call);
  if (!call) throw new Error(`no call ${command.call} is open`);
  switch (command.do) {
    case "send":
      call.send(command.request);
      return {};
    case "half_close":
      call.halfClose();
      return {};
    case "cancel":
      call.cancel();
      return {};
    case "receive":
      return await call.receive(command.within ?? 0);
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await run(JSON.parse(line) as Command)));
  }
  client.close();
}

void main();
