/** Somebody with a browser and a passkey, without the browser: keeps cookies, follows invitations, signs in. */
import { z } from "zod";
import { Authenticator, type CreationOptions, type Lies, type RequestOptions } from "./authenticator.ts";

export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
export const chrome =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

type Sent = Omit<RequestInit, "headers"> & { readonly headers: Readonly<Record<string, string>> };

const challengeSchema = z.looseObject({ challenge: z.string() });

export class Visitor {
  readonly origin: string;
  readonly cookies = new Map<string, string>();
  readonly passkey: Authenticator;
  userAgent = firefox;
  /** Sent with each request. */
  headers: Readonly<Record<string, string>> = {};
  /** Where requests go that are for the origin's host. */
  via: string;

  private constructor(origin: string, passkey: Authenticator) {
    this.origin = origin;
    this.via = origin;
    this.passkey = passkey;
  }

  /** `passkey`: that they have already. */
  static async at(origin: string, passkey?: Authenticator): Promise<Visitor> {
    return new Visitor(origin, passkey ?? (await Authenticator.open(origin)));
  }

  async get(path: string, headers: Sent["headers"] = {}): Promise<Response> {
    return await this.#send(path, { headers: { accept: "text/html", ...headers } });
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Sent["headers"] = {},
  ): Promise<Response> {
    const body = new URLSearchParams(fields);
    return await this.#send(path, {
      method: "POST",
      body,
      headers: { accept: "text/html", origin: this.origin, ...headers },
    });
  }

  async postJson(path: string, value: unknown, headers: Sent["headers"] = {}): Promise<Response> {
    return await this.#send(path, {
      method: "POST",
      body: JSON.stringify(value),
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        origin: this.origin,
        ...headers,
      },
    });
  }

  /** What to sign; fails where there is none. */
  async challenge<T extends CreationOptions | RequestOptions>(path: string, value: unknown = {}): Promise<T> {
    const response = await this.postJson(`${path}/challenge`, value);
    if (!response.ok) throw new Error(`no challenge from ${path}: ${response.status}`);
    return challengeSchema.parse(await response.json()) as unknown as T;
  }

  /** `url`: an invitation's link. */
  async enrol(url: string, name = "Amina", lies: Lies = {}): Promise<Response> {
    const path = new URL(url).pathname;
    const options = await this.challenge<CreationOptions>(path, { name });
    return await this.postJson(path, { name, answer: await this.passkey.make(options, lies) });
  }

  async signIn(lies: Lies = {}, to = "/"): Promise<Response> {
    const options = await this.challenge<RequestOptions>("/sign-in");
    return await this.postJson("/sign-in", { to, answer: await this.passkey.show(options, lies) });
  }

  /** Whether the studio knows them. */
  async isIn(): Promise<boolean> {
    return (await this.get("/me")).status === 200;
  }

  async #send(path: string, init: Sent): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const { host } = new URL(this.origin);
    const own = { host, "user-agent": this.userAgent, "accept-language": "en", cookie };
    const headers = { ...own, ...this.headers, ...init.headers };
    const response = await fetch(this.via + path, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
