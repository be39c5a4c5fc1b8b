/** Has a picture cleaned by a process of its own, one for each (confined.ts). */
import { join } from "node:path";
import { type Cleaning, decodeCleaning, type Order } from "./cleaning.ts";
import { isBare } from "./bare.ts";
import { runConfined } from "./confined.ts";
import { type ForeignKind, isPictureKind, kindOf } from "./kind.ts";

export interface IntakeLimits {
  readonly pixelsMax: number;
  /** From start to end of its process; of the processor's seconds too, so that none outlives the newsroom by long. */
  readonly secondsMax: number;
  /** What its process may allocate. Default: room for 64 million pixels, twice. */
  readonly memoryBytesMax?: number;
}

export type IntakeFault =
  | ForeignKind
  | "empty"
  | Extract<Cleaning, { outcome: "refused" }>["reason"]
  /** It took too long. */
  | "too slow"
  /** Its process died, or what came back isn't what was asked for. */
  | "failed";

export type Intake =
  | Extract<Cleaning, { outcome: "cleaned" }>
  | { readonly outcome: "refused"; readonly reason: IntakeFault };

const memoryBytesMaxDefault = 1024 * 1024 * 1024;
/** Four clean files; more isn't read. */
const outputBytesMax = 48 * 1024 * 1024;

const ownEntry = join(import.meta.dir, "intake-main.ts");

export interface IntakeProcess {
  /** Default: intake-main.ts. */
  readonly entry: string;
  /** Hears the number of the process, once. */
  readonly onStarted: (pid: number) => void;
}

/** Never rejects for what a picture is. */
export async function takeIn(
  bytes: Uint8Array,
  limits: IntakeLimits,
  program: Partial<IntakeProcess> = {},
): Promise<Intake> {
  if (bytes.length === 0) return refused("empty");
  const kind = kindOf(bytes);
  if (!isPictureKind(kind)) return refused(kind);
  const { pixelsMax, secondsMax, memoryBytesMax = memoryBytesMaxDefault } = limits;
  const order: Order = { pixelsMax };
  const confinement = { secondsMax, memoryBytesMax, outputBytesMax, onStarted: program.onStarted };
  const output = await runConfined({ entry: program.entry ?? ownEntry, order }, bytes, confinement);
  if (!(output instanceof Uint8Array)) return refused(output);
  try {
    const cleaning = decodeCleaning(output);
    if (cleaning.outcome === "refused") return cleaning;
    const areBare = cleaning.variants.every(({ shape, data }) => isBare(data, shape.type));
    return areBare ? cleaning : refused("failed");
  } catch {
    return refused("failed");
  }
}

function refused(reason: IntakeFault): Intake {
  return { outcome: "refused", reason };
}
