/** What handlers of the studio give back, and how they read what was sent: every body has a limit, whatever its length says. */
import type { z } from "zod";
import { htmlOf } from "./document.tsx";
import { readBody } from "./incoming.ts";
import type { Visit } from "./route.ts";

/** A handler throws it to end a request; the front door turns it into a page (or JSON, for a script) in the visitor's language. */
export class Refusal extends Error {
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, reason: string = `refused with ${status}`) {
    super(reason);
    this.name = "Refusal";
    this.status = status;
  }
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 503;

export function page(content: { toString(): string }, status = 200): Response {
  return new Response(htmlOf(content), { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** One that shows what nobody else may learn: sent as it is, since a compressed length tells of its contents. */
export function secretPage(content: { toString(): string }): Response {
  const answer = page(content);
  answer.headers.set("cache-control", "no-store, no-transform");
  return answer;
}

/** After a POST that did what it should; `path` is the studio's own. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status });
}

/** Throws Refusal: 415 where it is no form, 422 where it isn't of the schema, and what `readBytes` throws. */
export async function readForm<S extends z.ZodType>(
  visit: Visit,
  schema: S,
  bytesMax: number,
): Promise<z.infer<S>> {
  if (!isOf(visit.request, "application/x-www-form-urlencoded")) throw new Refusal(415);
  const bytes = await readBytes(visit, bytesMax);
  return parsed(schema, fieldsOf(new URLSearchParams(new TextDecoder().decode(bytes))));
}

/** What stands there twice is a list. In one pass: what anybody may send must not cost the square of its length. */
function fieldsOf(sent: URLSearchParams): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of sent) {
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (typeof before === "string") fields.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(fields);
}

/** Throws Refusal: 415 where it is no JSON by its type, 400 by its contents, 422 where it isn't of the schema, and what `readBytes` throws. */
export async function readJson<S extends z.ZodType>(
  visit: Visit,
  schema: S,
  bytesMax: number,
): Promise<z.infer<S>> {
  if (!isOf(visit.request, "application/json")) throw new Refusal(415);
  const bytes = await readBytes(visit, bytesMax);
  return parsed(schema, parseJson(bytes));
}

const refusalOf = { "too long": 413, "too slow": 408, "broken off": 400 } as const;

/** Throws Refusal: 413 where it is too long, 408 where it comes too slowly, and what `askAgain` throws once it has come. */
async function readBytes({ request, askAgain }: Visit, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBody(request, { bytesMax });
  if (typeof bytes === "string") throw new Refusal(refusalOf[bytes]);
  askAgain();
  return bytes;
}

function isOf(request: Request, type: string): boolean {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === type;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, "that is no JSON");
  }
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw new Refusal(422, error.issues.map(({ message }) => message).join("; "));
  return data;
}
