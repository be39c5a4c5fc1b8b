/** Plays the gate before a small site, for its pages: nobody is let in until the test says so, and what comes through is written down. */
import { type ChallengePage, challengeAnswer } from "../../src/edge/gate-pages/challenge-page.ts";
import type { GateAnswer } from "../../src/edge/gate-pages/gate-headers.ts";
import { type GateForm, readGateForm } from "../../src/edge/gate-pages/gate-form.ts";
import { cookies, gateHeader } from "../../src/edge/gate-pages/names.ts";
import { refusalAnswer } from "../../src/edge/gate-pages/refusal-page.ts";
import { readerLanguage } from "../../src/edge/maintenance/reader-language.ts";

/** What the site behind was asked, after the gate. */
export interface Through {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  /** Of the request that let it in, `Origin`. */
  readonly origin: string | null;
  readonly ticket: string;
  readonly proof: string | undefined;
}

export const ticket = "dGlja2V0".repeat(6);
const solver = "/_kasbah/gate/solver.js";

export class GateServer implements Disposable {
  /** Tickets are good from now on. */
  isOpen = false;
  page: Partial<ChallengePage> = {};
  /** The Worker's script. */
  solver = "";
  /** `/held` is answered after this. */
  held: Promise<void> = Promise.resolve();
  /** What the site answers to a form, instead of a page. */
  afterForm: Response | undefined;
  readonly through: Through[] = [];
  /** Every request: method and path. */
  readonly asked: string[] = [];
  readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });

  get origin(): string {
    return this.#server.url.origin;
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    if (pathname === solver) return script(this.solver);
    if (pathname === "/form") return html(form);
    if (pathname === "/held") return this.held.then(() => html(""));
    if (pathname === "/refused") return sentAs(refusal(request));
    const body = await request.text();
    const sent = readGateForm(body);
    const shown = sent?.ticket ?? cookieIn(request);
    const isProven = sent?.proof !== undefined;
    if (shown === ticket && (this.isOpen || isProven)) {
      this.through.push(throughFor(request, sent, body));
      return sent?.sealed === undefined ? html(site) : (this.afterForm?.clone() ?? html(site));
    }
    const sealed = sent?.sealed ?? (request.method === "POST" && sent === undefined ? seal(body) : undefined);
    return sentAs(this.#challenge(request, pathname + search, sealed));
  }

  #challenge(request: Request, target: string, sealed: string | undefined): GateAnswer {
    const usual = { ticket, effort: 0, waitS: 1, solver, target, sealed, ...whoFor(request) };
    return challengeAnswer({ ...usual, ...this.page }, accepted(request));
  }
}

/** Otherwise a browser asks for one. */
const noIcon = `<link rel="icon" href="data:,">`;
const site = `<!doctype html>${noIcon}<title>The site</title><h1>The site</h1>`;
const form = `<!doctype html>${noIcon}<title>A form</title><form method="post" action="/comment?p=7">
  <label>Words <textarea name="words"></textarea></label><button>Send</button></form>`;

function throughFor(request: Request, sent: GateForm | undefined, body: string): Through {
  const { pathname, search } = new URL(request.url);
  return {
    method: sent === undefined ? request.method : sent.sealed === undefined ? "GET" : "POST",
    target: pathname + search,
    body: sent === undefined ? body : unseal(sent.sealed ?? ""),
    origin: request.headers.get("origin"),
    ticket,
    proof: sent?.proof,
  };
}

const seal = (body: string): string => Buffer.from(body).toString("base64url");
const unseal = (text: string): string => Buffer.from(text, "base64url").toString();

const accepted = (request: Request): string => request.headers.get("accept") ?? "";

function whoFor({ headers }: Request): Pick<ChallengePage, "language" | "siteName" | "tls"> {
  const language = readerLanguage(headers.get("accept-language") ?? "", "en");
  return { language, siteName: "Mamfakinch", tls: false };
}

function refusal(request: Request): GateAnswer {
  const refused = {
    reason: "network-share",
    wasSending: false,
    appealCode: "ABCDEFGHJKMNPQRS",
    retryAfterS: 600,
  } as const;
  return refusalAnswer({ ...refused, ...whoFor(request) }, accepted(request));
}

function cookieIn(request: Request): string | undefined {
  return new Bun.CookieMap(request.headers.get("cookie") ?? "").get(cookies.ticket) ?? undefined;
}

function sentAs({ status, headers, body }: GateAnswer): Response {
  return new Response(body, { status, headers });
}

function html(body: string): Response {
  return new Response(body, {
    headers: { "content-type": "text/html; charset=utf-8", [gateHeader]: "open" },
  });
}

function script(body: string): Response {
  if (body === "") return new Response("none", { status: 404 });
  return new Response(body, {
    headers: { "content-type": "text/javascript", "content-security-policy": "default-src 'self'" },
  });
}
