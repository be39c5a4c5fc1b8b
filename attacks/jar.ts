/** Cookies, as a browser keeps them for one site: by name, the last one counts. */

/** More than a site of ours sets; what comes beyond is not kept. */
const cookiesMax = 32;

export class Jar {
  readonly #cookies = new Map<string, string>();

  /** `lines`: of Set-Cookie headers. Their attributes are of no use here: a drill is over before one expires. */
  keep(lines: Iterable<string>): void {
    for (const line of lines) {
      const [, name = "", value = ""] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name !== "" && (this.#cookies.size < cookiesMax || this.#cookies.has(name)))
        this.#cookies.set(name, value);
    }
  }

  /** For a Cookie header; empty where there is none. */
  get text(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/** Of a head as it came. */
export function cookieLines(head: string): string[] {
  return [...head.matchAll(/\r\nset-cookie: ([^\r]*)/gi)].map(([, line]) => line ?? "");
}
