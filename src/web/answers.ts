/** What handlers of the studio give back, and how they read what was sent: every body has a limit, whatever its length says. */
import type { z } from "zod";
import { htmlOf } from "./document.tsx";
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

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 503;

export function page(content: { toString(): string }, status = 200): Response {
  return new Response(htmlOf(content), { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** After a POST that did what it should; `path` is the studio's own. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } });
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status });
}

/** Throws Refusal: 415 where it is no form, 413 where it is too long, 422 where it isn't of the schema. */
export async function readForm<S extends z.ZodType>(
  { request }: Visit,
  schema: S,
  bytesMax: number,
): Promise<z.infer<S>> {
  if (!isOf(request, "application/x-www-form-urlencoded")) throw new Refusal(415);
  const fields = new URLSearchParams(new TextDecoder().decode(await readBytes(request, bytesMax)));
  const names = new Set(fields.keys());
  return parsed(
    schema,
    Object.fromEntries(
      [...names].map((name) => {
        const values = fields.getAll(name);
        return [name, values.length === 1 ? values[0] : values];
      }),
    ),
  );
}

/** Throws Refusal: 415 where it is no JSON by its type, 400 by its contents, 413 where it is too long, 422 where it isn't of the schema. */
export async function readJson<S extends z.ZodType>(
  { request }: Visit,
  schema: S,
  bytesMax: number,
): Promise<z.infer<S>> {
  if (!isOf(request, "application/json")) throw new Refusal(415);
  const bytes = await readBytes(request, bytesMax);
  return parsed(schema, parseJson(bytes));
}

/** Throws Refusal 413 as soon as more than `bytesMax` came. */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw new Refusal(413);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > bytesMax) throw new Refusal(413);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
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
