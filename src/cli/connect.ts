/**
 * How a command reaches the roles: through the running instance's bus; where nothing runs, what can be done without it
 * is done right here, under the data folder's lock.
 */
import { OperatorError } from "../base/errors.ts";
import { parseAnswer, parseAsk } from "../bus/border.ts";
import {
  type Answer,
  type Asked,
  type Bus,
  BusError,
  type RequestOptions,
  type RequestSubject,
} from "../bus/bus.ts";
import { connectBus } from "../bus/local.ts";
import type { Operations } from "../bus/role.ts";
import { takeLock } from "../config/lock.ts";
import type { Invocation } from "./invocation.ts";

/** Rejects with BusError, or OperatorError where it is done right here. */
export type Ask = <S extends RequestSubject>(
  subject: S,
  ask: Asked<S>,
  options?: RequestOptions,
) => Promise<Answer<S>>;

/** What a role does without the others; ended when the command is done. */
export interface Offline extends AsyncDisposable {
  readonly operations: Operations;
}

/** For commands that only make sense while Kasbah runs. */
export async function withInstance<T>(invocation: Invocation, work: (bus: Bus) => Promise<T>): Promise<T> {
  await using bus = await runningInstance(invocation);
  if (bus === undefined) {
    throw new OperatorError(`no Kasbah runs on ${invocation.data.root}`, {
      hint: "start it with `kasbah up`, or name its folder with --data",
    });
  }
  return await work(bus);
}

/** Asks the running instance; where none runs, `open` takes its place, and there is no bus to listen to. */
export async function withRole<T>(
  invocation: Invocation,
  open: () => Promise<Offline>,
  work: (ask: Ask, bus: Bus | undefined) => Promise<T>,
): Promise<T> {
  await using bus = await runningInstance(invocation);
  if (bus !== undefined)
    return await work((subject, ask, options) => bus.request(subject, ask, options), bus);
  using _lock = takeLock(invocation.data);
  await using offline = await open();
  return await work((subject, ask) => operate(offline.operations, subject, ask), undefined);
}

/** Undefined where none runs. */
export async function runningInstance({ data }: Invocation): Promise<Bus | undefined> {
  try {
    return await connectBus(data.busSocket);
  } catch (thrown) {
    if (thrown instanceof BusError && thrown.fault === "closed") return undefined;
    throw thrown;
  }
}

async function operate<S extends RequestSubject>(
  operations: Operations,
  subject: S,
  ask: Asked<S>,
): Promise<Answer<S>> {
  const operation: Operations[S] = operations[subject];
  if (operation === undefined) throw new BusError("no-responder", `nobody answers ${subject}`);
  return parseAnswer(subject, await operation(parseAsk(subject, ask)));
}
