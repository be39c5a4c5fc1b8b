/** An answer of the origin's in the forms that readers take, each ready to be sent. */
import type { Provenance } from "../../decision/record.ts";
import type { Coding } from "../accept-encoding.ts";
import { compress, isPartType } from "../forms.ts";
import { type Fields, weightOf } from "./stored.ts";

export interface WholeAnswer {
  readonly status: number;
  /** As readers get them. */
  readonly headers: Fields;
  /** Uncompressed. */
  readonly body: Uint8Array<ArrayBuffer> | Blob;
  readonly provenance: Provenance;
}

export interface AnswerForm {
  /** A blob, because Bun sends one without copying it for each answer. */
  readonly body: Blob | null;
  /** Undefined where it has none. */
  readonly etag: string | undefined;
  readonly init: { readonly status: number; readonly headers: Headers };
}

/** RFC 9110, sections 15.3.5 and 15.3.6. */
const bodiless = new Set([204, 205]);
/** Below this, headers weigh more than what is saved. */
const worthwhileBytesMin = 512;
const compressible =
  /^(text\/(?!event-stream)|image\/svg\+xml|application\/(json|xml|javascript|[a-z.-]+\+(json|xml)))/i;
const html = /^(?:text\/html|application\/xhtml\+xml)/i;
/** Compressing is work: who asks for many new forms at once gets answers as they are. */
const compressionsMax = 2;
let compressions = 0;

/** What goes out, whether it is kept or not. */
export class AnswerForms {
  readonly status: number;
  readonly provenance: Provenance;
  readonly isCompressible: boolean;
  /** What a page is made of. */
  readonly isPart: boolean;
  /** A page with something to send: its reader may want to. */
  readonly hasForm: boolean;
  /** NaN where the origin named no moment. */
  readonly lastModifiedMs: number;
  readonly plain: AnswerForm;
  /** Its bytes where nobody said what they are: of a blob Bun would make something up. */
  readonly untyped: Uint8Array | undefined;
  readonly #headers: Fields;
  readonly #bytes: Blob;
  readonly #coded = new Map<Coding, AnswerForm>();
  readonly #making = new Map<Coding, Promise<AnswerForm>>();
  #ageS = 0;

  constructor({ status, headers, body, provenance }: WholeAnswer) {
    this.status = status;
    this.provenance = provenance;
    this.#headers = headers;
    this.#bytes = new Blob([body]);
    const type = this.#said("content-type");
    this.untyped = type === "" && body instanceof Uint8Array && body.length > 0 ? body : undefined;
    this.isPart = isPartType(type);
    this.hasForm = html.test(type) && body instanceof Uint8Array && showsForm(body);
    this.isCompressible =
      this.#bytes.size >= worthwhileBytesMin &&
      compressible.test(type) &&
      !/no-transform/i.test(this.#said("cache-control"));
    this.lastModifiedMs = Date.parse(this.#said("last-modified"));
    this.plain = this.#form(this.#bytes, undefined);
  }

  /** With the forms that were made so far. */
  get weight(): number {
    let bytes = weightOf(this.#bytes.size);
    for (const { body } of this.#coded.values()) bytes += weightOf(body?.size ?? 0);
    return bytes;
  }

  /** Undefined: it has to be made first. */
  coded(coding: Coding): AnswerForm | undefined {
    return this.#coded.get(coding);
  }

  /** Uncompressed. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.#bytes.arrayBuffer());
  }

  /** However many ask at once, it is made once. As it is where too much is being compressed, or nothing is gained. Never rejects. */
  async make(coding: Coding): Promise<AnswerForm> {
    const running = this.#making.get(coding);
    if (running !== undefined) return await running;
    if (compressions >= compressionsMax) return this.plain;
    const making = this.#compressed(coding);
    this.#making.set(coding, making);
    return await making.finally(() => this.#making.delete(coding));
  }

  /** What its headers say, seconds. */
  get ageS(): number {
    return this.#ageS;
  }

  set ageS(ageS: number) {
    this.#ageS = ageS;
    this.plain.init.headers.set("age", String(ageS));
    for (const { init } of this.#coded.values()) init.headers.set("age", String(ageS));
  }

  async #compressed(coding: Coding): Promise<AnswerForm> {
    compressions += 1;
    try {
      const body = await compress(coding, await this.bytes());
      const form = body.length < this.#bytes.size ? this.#form(new Blob([body]), coding) : this.plain;
      this.#coded.set(coding, form);
      return form;
    } catch {
      return this.plain;
    } finally {
      compressions -= 1;
    }
  }

  #form(bytes: Blob, coding: Coding | undefined): AnswerForm {
    const { status } = this;
    const headers = new Headers(this.#headers.map(([name, value]) => [name, value]));
    const said = headers.get("etag");
    const etag = said === null || coding === undefined ? said : entityTagOf(said, coding);
    if (etag !== null) headers.set("etag", etag);
    if (status === 200) headers.set("accept-ranges", "bytes");
    if (this.isCompressible && !variesByCoding(headers)) headers.append("vary", "accept-encoding");
    if (coding !== undefined) headers.set("content-encoding", coding);
    if (this.#ageS > 0) headers.set("age", String(this.#ageS));
    return {
      body: bytes.size === 0 || bodiless.has(status) ? null : bytes,
      etag: etag ?? undefined,
      init: { status, headers },
    };
  }

  #said(wanted: string): string {
    return this.#headers.find(([name]) => name === wanted)?.[1] ?? "";
  }
}

/** Found in microseconds, and once; what only looks like one costs a cookie. */
function showsForm({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): boolean {
  const bytes = Buffer.from(buffer, byteOffset, length);
  return bytes.includes("<form") || bytes.includes("<FORM");
}

/** Other bytes need another tag: `"abc"` becomes `"abc-br"`. */
export function entityTagOf(etag: string, coding: Coding): string {
  return etag.replace(/"$/, `-${coding}"`);
}

/** As the origin may have said itself. */
function variesByCoding(headers: Headers): boolean {
  return /(^|,)\s*(\*|accept-encoding)\s*(,|$)/i.test(headers.get("vary") ?? "");
}
