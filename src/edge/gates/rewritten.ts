/** A request as it was before there was a challenge: everything said about who asks is as it came. */

export interface Rewriting {
  readonly headers: Headers;
  readonly method: "GET" | "POST";
  readonly body?: BodyInit;
}

/** Fields about a body, and about the form that brought it. */
const ofForm = ["content-type", "content-length", "transfer-encoding", "origin"];

export function rewritten({ url, signal }: Request, { headers, method, body }: Rewriting): Request {
  return new Request(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

export function withoutForm(headers: Headers): Headers {
  const rest = new Headers(headers);
  for (const name of ofForm) rest.delete(name);
  return rest;
}

export function withForm(headers: Headers, type: string, bytes: number): Headers {
  const changed = new Headers(headers);
  changed.set("content-type", type);
  changed.set("content-length", String(bytes));
  return changed;
}
