/** An answer's body read up to a limit: the whole, or what has come and whatever follows. */

export type Gathered =
  | { readonly kind: "whole"; readonly body: Uint8Array }
  /** It is longer, or takes longer: what came, then the rest. */
  /** `begun`: the pieces that came, which `body` begins with. */
  | {
      readonly kind: "longer";
      readonly begun: readonly Uint8Array[];
      readonly body: ReadableStream<Uint8Array>;
    }
  | { readonly kind: "broken" };

export interface GatheringLimits {
  readonly bytesMax: number;
  /** Infinity: until it ends. */
  readonly msMax: number;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Reading = ReturnType<Reader["read"]>;

/** Never rejects. */
export async function gather(
  stream: ReadableStream<Uint8Array>,
  { bytesMax, msMax }: GatheringLimits,
): Promise<Gathered> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = msMax === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => resolve("late"), msMax);
  try {
    for (;;) {
      const reading = reader.read();
      const next = await (timer === undefined ? reading : Promise.race([reading, late]));
      if (next === "late") return longer(pieces, reader, reading);
      if (next.done) return { kind: "whole", body: Buffer.concat(pieces) };
      pieces.push(next.value);
      length += next.value.length;
      if (length > bytesMax) return longer(pieces, reader, undefined);
    }
  } catch {
    return { kind: "broken" };
  } finally {
    clearTimeout(timer);
  }
}

function longer(pieces: Uint8Array[], reader: Reader, underWay: Reading | undefined): Gathered {
  return { kind: "longer", begun: [...pieces], body: followed(pieces, reader, underWay) };
}

/** One piece each time that the one before was taken. `under way`: what is being read already. */
function followed(
  pieces: Uint8Array[],
  reader: Reader,
  underWay: Reading | undefined,
): ReadableStream<Uint8Array> {
  let reading = underWay;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(control) {
      const piece = pieces.shift();
      if (piece !== undefined) return control.enqueue(piece);
      const next = await (reading ?? reader.read());
      reading = undefined;
      if (next.done) control.close();
      else control.enqueue(next.value);
    },
    cancel: (reason) => reader.cancel(reason),
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
