/** Rendering only what has to be: new addresses, and pages that read something which has another version now. */
import { messageOf } from "../base/errors.ts";
import { type Sha256, sha256 } from "../base/bytes.ts";
import type { Address, Target } from "../edition/target.ts";
import { encodeTarget } from "../edition/target-file.ts";
import { type AddressKey, addressKey, type PageRecord, type RecordChange } from "./records.ts";
import type { Page, Renderer, Source } from "./rendering.ts";

export interface Rendered extends RecordChange {
  /** Pages that the renderer threw at: what they were before stays. */
  readonly failed: readonly { readonly address: Address; readonly reason: string }[];
}

export interface RenderInput {
  readonly renderer: Renderer;
  readonly source: Source;
  readonly known: ReadonlyMap<AddressKey, PageRecord>;
  /** Renders everything, whatever is known. */
  readonly all?: boolean;
}

/** Bodies held at a time: pictures are large, and a new version of the templates renders all of them again. */
const batchBytes = 32 * 1024 * 1024;

type Bodies = ReadonlyMap<Sha256, Uint8Array>;

/** Hands over bodies as they come, a bounded lot at a time, so that they can be stored and let go; the rest at the end. */
export function* renderInBatches({
  renderer,
  source,
  known,
  all = false,
}: RenderInput): Generator<Bodies, Rendered> {
  const versions = new VersionMemo(source);
  const addresses = new Map(
    Array.from(renderer.addresses(source), (address) => [addressKey(address), address]),
  );
  const set: PageRecord[] = [];
  const failed: { address: Address; reason: string }[] = [];
  let bodies = new Map<Sha256, Uint8Array>();
  let bytes = 0;
  for (const [key, address] of addresses) {
    const before = all ? undefined : known.get(key);
    if (before !== undefined && isCurrent(before, renderer, versions)) continue;
    try {
      const { record, body } = renderPage(address, renderer, source, versions);
      set.push(record);
      bodies.set(record.target.sha256, body);
      bytes += body.length;
    } catch (thrown) {
      failed.push({ address, reason: messageOf(thrown) });
    }
    if (bytes < batchBytes) continue;
    yield bodies;
    bodies = new Map();
    bytes = 0;
  }
  const removed = [...known].filter(([key]) => !addresses.has(key)).map(([, { target }]) => target);
  yield bodies;
  return { set, removed, failed };
}

/** All at once, for sites of a few pages. */
export function render(input: RenderInput): Rendered & { readonly bodies: Bodies } {
  const batches = renderInBatches(input);
  const bodies = new Map<Sha256, Uint8Array>();
  for (;;) {
    const { done, value } = batches.next();
    if (done === true) return { ...value, bodies };
    for (const [name, body] of value) bodies.set(name, body);
  }
}

function isCurrent(
  { renderer: version, reads }: PageRecord,
  renderer: Renderer,
  versions: VersionMemo,
): boolean {
  if (version !== renderer.version) return false;
  for (const [key, read] of reads) if (versions.of(key) !== read) return false;
  return true;
}

/** Throws what the renderer throws, and where the page is not one that an edition may have. */
export function renderPage(
  address: Address,
  renderer: Renderer,
  source: Source,
  versions = new VersionMemo(source),
): { readonly record: PageRecord; readonly body: Uint8Array } {
  const reads = new Map<string, string>();
  const page = renderer.render(address, (key) => {
    reads.set(key, versions.of(key));
    return source.value(key);
  });
  const target = targetOf(address, page);
  encodeTarget(target);
  return { record: { target, reads, renderer: renderer.version }, body: page.body };
}

function targetOf({ site, path, query }: Address, { area, status, type, headers, body }: Page): Target {
  const address = query === undefined || query === "" ? { site, path } : { site, path, query };
  return {
    area,
    ...address,
    status,
    type,
    headers: { ...headers },
    sha256: sha256(body),
    length: body.length,
  };
}

/** Thousands of pages ask for the same keys. */
class VersionMemo {
  readonly #source: Source;
  readonly #known = new Map<string, string>();

  constructor(source: Source) {
    this.#source = source;
  }

  of(key: string): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const version = this.#source.version(key);
    this.#known.set(key, version);
    return version;
  }
}
