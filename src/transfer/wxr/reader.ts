/**
 * Reads a WordPress export as a stream: bounded memory, bounded depth, five entities and no others, and a clear word about
 * where a file is broken. What it yields has passed its schema.
 */
import { faults } from "./faults.ts";
import { type ReadOptions, WxrParser } from "./parser.ts";
import type { WxrPart } from "./parts.ts";

/** Rejects with OperatorError where the file is not a whole and harmless export. */
export async function* readWxr(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<WxrPart> {
  const parser = new WxrParser(options);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  for await (const chunk of chunks) {
    if (chunk.byteLength === 0) continue;
    if (isFirst) refuseOtherFormats(chunk, options.file);
    isFirst = false;
    parser.write(decoded(decoder, chunk, () => faults.notUtf8(options.file, parser.line)));
    yield* parser.parts.splice(0);
  }
  if (isFirst) throw faults.notXml(options.file);
  parser.end();
  yield* parser.parts.splice(0);
}

function decoded(decoder: TextDecoder, chunk: Uint8Array, fault: () => Error): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw fault();
  }
}

/** Says by the first bytes what a file is that can't be an export, before XML's rules say something obscure. */
function refuseOtherFormats(chunk: Uint8Array, file: string): void {
  const [first, second] = chunk;
  const isGzip = first === 0x1f && second === 0x8b;
  const isZip = first === 0x50 && second === 0x4b;
  if (isGzip || isZip) throw faults.compressed(file);
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) throw faults.encoding(file, "UTF-16");
  const start = new TextDecoder().decode(chunk.subarray(0, 1_024)).trimStart();
  if (start !== "" && !start.startsWith("<")) throw faults.notXml(file);
}
