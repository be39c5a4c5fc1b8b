/** While only reading goes on: what would have to be asked of the protected site is answered by what is there, or by words that say so. */
import type { ErrorAnswer } from "../errors.ts";
import { isForPrograms } from "../gates/machines.ts";
import { languageFor } from "../maintenance/answer-maintenance.ts";
import { answerReady } from "../origin/answer-ready.ts";
import type { Errand } from "../origin/errand.ts";
import { next, type Verdict } from "../outcome.ts";
import { onlyReading } from "./words.ts";

const refused: ErrorAnswer = { status: 503, retryAfterS: 300, close: true, words: onlyReading };

/**
 * Undefined: it goes on, as in better times. `kept`: what was kept of the origin's, too old for those. Who works on the site, feeds, sitemaps and
 * `robots.txt` are let through: they are few, and what they carry is read elsewhere.
 */
export function answerOnlyReading(
  errand: Errand,
  kept?: () => Verdict | Promise<Verdict>,
): Verdict | Promise<Verdict> | undefined {
  const { state, isStaff, exchange } = errand;
  if (state.service !== "read-only" || isStaff || isForPrograms(exchange)) return undefined;
  return kept === undefined ? answerWithout(errand) : kept();
}

async function answerWithout(errand: Errand): Promise<Verdict> {
  const { exchange, way, state, method } = errand;
  const copy = method === "GET" || method === "HEAD" ? await way.judge.copy(errand) : undefined;
  if (copy !== undefined) return await answerReady(errand, copy);
  exchange.challenged = true;
  state.lite.refusedWork(0);
  const { body, init, provenance } = state.errors.plain(refused, languageFor(exchange, state));
  exchange.answer(new Response(body, init), body.size, provenance);
  return next;
}
