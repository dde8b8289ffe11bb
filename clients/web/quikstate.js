// Calls quikstate from a web page by the Connect protocol, with fetch and nothing else: no build, no package.
// The server must run with --transport http and name the page's origin in --cors-origins.

const END_OF_STREAM = 2;
const PREFIX_BYTES = 5;

export class QuikstateError extends Error {
  /** @param error what Connect has for an error: code, message and details */
  constructor({ code = "unknown", message = code, details = [] }) {
    super(message);
    this.code = code;
    const info = details.find((detail) => detail.type === "google.rpc.ErrorInfo");
    this.reason = info?.debug?.reason;
  }
}

export class Quikstate {
  constructor(url) {
    this.url = url.replace(/\/$/, "");
  }

  /** Makes a unary call, such as ("RateLimitService/CheckRateLimit", { hits: [...] }); returns its response. */
  async call(method, request, { signal } = {}) {
    const response = await this.#post(method, "application/json", JSON.stringify(request), signal);
    const body = await response.text();
    if (response.ok) return JSON.parse(body);
    throw new QuikstateError(isJson(response) ? JSON.parse(body) : { message: body.trim() });
  }

  /** Yields the responses of a stream, such as ("PubSubService/Subscribe", { channels: [...] }). */
  async *stream(method, request, { signal } = {}) {
    const body = withPrefix(new TextEncoder().encode(JSON.stringify(request)));
    const response = await this.#post(method, "application/connect+json", body, signal);
    if (!response.ok) throw new QuikstateError({ message: (await response.text()).trim() });
    for await (const { flags, message } of messagesOf(response.body)) {
      if (!(flags & END_OF_STREAM)) yield message;
      else if (message.error) throw new QuikstateError(message.error);
    }
  }

  #post(method, type, body, signal) {
    const headers = { "content-type": type, "connect-protocol-version": "1" };
    return fetch(`${this.url}/quikstate.v1.${method}`, { method: "POST", headers, body, signal });
  }
}

function isJson(response) {
  return response.headers.get("content-type") === "application/json";
}

function withPrefix(message) {
  const framed = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Cuts a body into its messages: a byte of flags, four of length, and JSON. */
async function* messagesOf(body) {
  const reader = body.getReader();
  let buffer = new Uint8Array();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      buffer = joined(buffer, part.value);
      while (buffer.length >= PREFIX_BYTES) {
        const end = PREFIX_BYTES + new DataView(buffer.buffer, buffer.byteOffset).getUint32(1);
        if (buffer.length < end) break;
        const text = new TextDecoder().decode(buffer.subarray(PREFIX_BYTES, end));
        yield { flags: buffer[0], message: JSON.parse(text) };
        buffer = buffer.subarray(end);
      }
    }
  } finally {
    await reader.cancel(); // whoever stops reading ends the call
  }
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
