/** Sends a text to the newsroom, and says in one value what came of it. */
import type { SaveAnswer, SaveRequest } from "./exchange.ts";

export type Sent =
  | SaveAnswer
  | { readonly outcome: "signed out" }
  | { readonly outcome: "unreachable" }
  /** `reason`: the newsroom's sentence, where it gave one. */
  | { readonly outcome: "refused"; readonly status: number; readonly reason: string };

/** Long enough for megabytes on a bad line, ms. */
const timeoutMs = 120_000;

export async function send(path: string, request: SaveRequest): Promise<Sent> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return (await response.json()) as SaveAnswer;
    if (response.status === 401) return { outcome: "signed out" };
    return { outcome: "refused", status: response.status, reason: await reasonOf(response) };
  } catch {
    return { outcome: "unreachable" };
  }
}

async function reasonOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { readonly error?: unknown };
    return typeof error === "string" ? error : "";
  } catch {
    return "";
  }
}
