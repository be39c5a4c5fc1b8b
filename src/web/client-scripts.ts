/**
 * Islands: scripts that the studio's pages load. Each is an entry file of a feature, bundled once: in the background when the
 * studio opens, so that whoever comes first doesn't wait, else when it is first needed.
 */
import { sha256 } from "../base/bytes.ts";
import { compress } from "./compress.ts";

/** Pages name it by this; `entry` is the absolute path of a `*.client.ts`. */
export interface ClientScript {
  readonly name: string;
  readonly entry: string;
}

export interface Bundled {
  /** `editor.3f9a1c0b7d2e4a58.js`: changes with its contents, so it may be kept for ever. */
  readonly file: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Better some time after somebody has asked for it; it's made of the same body. */
  brotli: Uint8Array<ArrayBuffer>;
  isBetter: boolean;
}

export const scriptPrefix = "/scripts/";

/** By entry, for all of the process: what comes out depends on the program's files alone. A handful. */
const bundles = new Map<string, Promise<Bundled>>();

export class ClientScripts {
  readonly #byFile = new Map<string, Bundled>();

  /** Bundles it meanwhile. What goes wrong is told to whoever asks for the address. */
  prepare(script: ClientScript): void {
    bundle(script).catch(() => {});
  }

  /** Its address. Rejects where it can't be bundled: a fault of ours. */
  async address(script: ClientScript): Promise<string> {
    const made = await bundle(script);
    this.#byFile.set(made.file, made);
    return scriptPrefix + made.file;
  }

  /** Undefined where no page has named it. Who asks first has it as it is; for those who come after, it is compressed as well as can be. */
  find(file: string): Bundled | undefined {
    const found = this.#byFile.get(file);
    if (found?.isBetter === false) void compressBetter(found);
    return found;
  }
}

function bundle(script: ClientScript): Promise<Bundled> {
  const known = bundles.get(script.entry);
  if (known !== undefined) return known;
  const made = bundled(script);
  bundles.set(script.entry, made);
  return made;
}

async function bundled({ name, entry }: ClientScript): Promise<Bundled> {
  const { outputs } = await Bun.build({
    entrypoints: [entry],
    target: "browser",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [output] = outputs;
  if (output === undefined) throw new Error(`bundling ${entry}: nothing came out`);
  const body = new Uint8Array(await output.arrayBuffer());
  const file = `${name}.${sha256(body).slice(0, 16)}.js`;
  return { file, body, brotli: await compress(body, "br", "quick"), isBetter: false };
}

/** The editor takes 0.7 s of a processor: nothing for a newsroom that has just started to spend before anybody writes. */
async function compressBetter(made: Bundled): Promise<void> {
  made.isBetter = true;
  made.brotli = await compress(made.body, "br", "best");
}
