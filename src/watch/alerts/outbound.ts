/** Requests to servers that the operator has named: through the proxy where there is one, never on to anywhere else, and what they answer is not read. */

export interface Sent {
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** The status. Rejects where no answer comes. */
export type Send = (url: string, sent: Sent) => Promise<number>;

/** `proxy`: an HTTP proxy's address, or empty. */
export function outbound(proxy: string): Send {
  return async (url, sent) => {
    const through = proxy === "" ? {} : { proxy };
    const response = await fetch(url, { ...sent, redirect: "manual", ...through });
    await response.body?.cancel();
    return response.status;
  };
}

/** Throws where that is no success. */
export function assertTaken(status: number): void {
  if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
}
