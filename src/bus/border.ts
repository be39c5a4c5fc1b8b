/** Where messages enter and leave a process: every event, ask, answer and refusal is held to its form, whatever carries it. */
import { z } from "zod";
import { failed, messageOf, OperatorError } from "../base/errors.ts";
import {
  type Answer,
  type Asked,
  BusError,
  busFaults,
  type Event,
  type EventSubject,
  type RequestSubject,
} from "./bus.ts";
import { events, requests } from "./subjects.ts";

/** Each throws an error that names the subject where the data is not of its form. */
export function parseEvent<S extends EventSubject>(subject: S, data: unknown): Event<S> {
  return parsed(events[subject], data, `the event "${subject}"`) as Event<S>;
}

export function parseAsk<S extends RequestSubject>(subject: S, data: unknown): Asked<S> {
  return parsed(requests[subject].ask, data, `the request "${subject}"`) as Asked<S>;
}

export function parseAnswer<S extends RequestSubject>(subject: S, data: unknown): Answer<S> {
  return parsed(requests[subject].answer, data, `the answer to "${subject}"`) as Answer<S>;
}

function parsed(schema: z.ZodType, data: unknown, what: string): unknown {
  const result = schema.safeParse(data);
  if (!result.success) throw failed(`${what} is not of its form`, new Error(z.prettifyError(result.error)));
  return result.data;
}

const refusalSchema = z.object({
  fault: z.enum(busFaults),
  message: z.string().max(2_000),
  hint: z.string().max(2_000).optional(),
});
/** Why a request got no answer, as it travels. */
export type Refusal = z.infer<typeof refusalSchema>;

/** What the other side is told when answering threw. */
export function refusalOf(thrown: unknown): Refusal {
  const message = messageOf(thrown).slice(0, 2_000);
  if (thrown instanceof BusError) return { fault: thrown.fault, message, hint: thrown.hint };
  if (!(thrown instanceof OperatorError)) return { fault: "remote", message };
  return { fault: thrown.exitCode === 2 ? "refused" : "remote", message, hint: thrown.hint };
}

export function errorOf(refusal: unknown): BusError {
  const { success, data } = refusalSchema.safeParse(refusal);
  return success
    ? new BusError(data.fault, data.message, data.hint)
    : new BusError("remote", "the other side failed and did not say how");
}
