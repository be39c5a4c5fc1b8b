/**
 * A reader of a photograph's metadata that shares nothing with the intake: every run of letters in a JPEG's segments, and the
 * numbers of where it was taken, as they stand in the file and as people write them.
 */

export interface Needle {
  /** For whoever reads the failure. */
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** Characters; shorter ones occur anywhere by chance. */
const runMin = 6;
/** Words of XML and of colour profiles that any file may hold; they say nothing of a photograph. */
const vocabulary =
  /^(xpacket|xmpmeta|Description|adobe:ns:meta|www\.w3\.org|begin=|xmlns:\w*|rights|reserved\.)$/;

export function metadataIn(jpeg: Uint8Array): Needle[] {
  const segments = segmentsOf(Buffer.from(jpeg));
  return [...segments.flatMap(wordsIn), ...segments.flatMap(placeIn)];
}

export function traceOf({ bytes }: Needle, data: Buffer): boolean {
  return data.includes(bytes);
}

/** APP1 to APP15 and comments, without their heads. */
function segmentsOf(jpeg: Buffer): Buffer[] {
  const segments: Buffer[] = [];
  let at = 2;
  while (at + 4 < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const marker = jpeg[at + 1] ?? 0;
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if ((marker > 0xe0 && marker <= 0xef) || marker === 0xfe) segments.push(jpeg.subarray(at + 4, end));
    at = end;
  }
  return segments;
}

function wordsIn(segment: Buffer): Needle[] {
  const runs = segment.toString("latin1").match(/[\x20-\x7e]{6,}/g) ?? [];
  const words = runs.flatMap((run) => run.split(/[\s<>"'=/]+/));
  const all = [...runs, ...runs.map((run) => run.trim()), ...words];
  const told = all.filter((run) => run.trim().length >= runMin && !vocabulary.test(run));
  return [...new Set(told)].map((run) => ({ what: JSON.stringify(run), bytes: Buffer.from(run, "latin1") }));
}

/** EXIF 2.32, section 4.6.6: the GPS directory's latitude, longitude (three rationals each) and time. */
function placeIn(segment: Buffer): Needle[] {
  if (!segment.toString("latin1", 0, 4).startsWith("Exif")) return [];
  const tiff = new Tiff(segment.subarray(6));
  const directory = tiff.entry(tiff.first, 0x8825);
  if (directory === undefined) return [];
  const found: Needle[] = [];
  for (const [name, tag] of [
    ["latitude", 2],
    ["longitude", 4],
    ["time", 7],
  ] as const) {
    const at = tiff.entry(directory, tag);
    if (at === undefined) continue;
    found.push({ what: `GPS ${name} as rationals`, bytes: tiff.data.subarray(at, at + 24) });
    const degrees = tiff.rational(at) + tiff.rational(at + 8) / 60 + tiff.rational(at + 16) / 3_600;
    found.push({ what: `GPS ${name} in degrees`, bytes: Buffer.from(degrees.toFixed(4)) });
  }
  return found;
}

/** As much of TIFF 6.0 as it takes. */
class Tiff {
  readonly data: Buffer;
  readonly #isLittle: boolean;

  constructor(data: Buffer) {
    this.data = data;
    this.#isLittle = data.toString("latin1", 0, 2) === "II";
  }

  get first(): number {
    return this.#long(4);
  }

  /** What an entry's value field holds: an offset, for all that are looked at here. */
  entry(directory: number, tag: number): number | undefined {
    const count = this.#short(directory);
    for (let at = directory + 2; at < directory + 2 + count * 12; at += 12) {
      if (this.#short(at) === tag) return this.#long(at + 8);
    }
    return undefined;
  }

  rational(at: number): number {
    return this.#long(at) / this.#long(at + 4);
  }

  #short(at: number): number {
    return this.#isLittle ? this.data.readUInt16LE(at) : this.data.readUInt16BE(at);
  }

  #long(at: number): number {
    return this.#isLittle ? this.data.readUInt32LE(at) : this.data.readUInt32BE(at);
  }
}
