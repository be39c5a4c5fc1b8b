/**
 * The signing keys on the disk: `root.json` (root and delegations, to be moved off the machine) apart from `online.json` (what
 * signs every edition). Both for their owner only.
 */
import { chmod, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { base64, fromBase64, fromUtf8, utf8 } from "../base/bytes.ts";
import { type Clock, rfc3339 } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { Keyring } from "../edition/build-roles.ts";
import { seedBytes, signingKey } from "../edition/keys.ts";
import { type KeyRole, keyRoles } from "../edition/roles.ts";
import { readPlainFile, writeFileAtomically } from "../store/files.ts";

export interface StoredKey {
  readonly role: KeyRole;
  readonly seed: Uint8Array;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Still signs, so that nobody is left behind, until the root that names its successor is out. */
  readonly retiring: boolean;
}

export type KeyFileName = "root" | "online";

/** Whoever has these can replace all others. */
const rootRoles: readonly KeyRole[] = ["root", "targets"];
export const onlineRoles: readonly KeyRole[] = keyRoles.filter((role) => !rootRoles.includes(role));

const format = "kasbah-keys/1";
const keyFileBytesMax = 64 * 1024;
const fileSchema = z.strictObject({
  type: z.literal(format),
  keys: z.array(
    z.strictObject({
      role: z.enum(keyRoles),
      created_at: z.iso.datetime(),
      retiring: z.boolean(),
      seed: z
        .base64()
        .transform(fromBase64)
        .refine(({ length }) => length === seedBytes),
    }),
  ),
});

export class KeyFiles {
  readonly #folder: string;
  readonly #files = new Map<KeyFileName, readonly StoredKey[]>();
  #ring: Keyring = () => [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws OperatorError where a file is damaged or can't be read. */
  static async open(folder: string): Promise<KeyFiles> {
    const files = new KeyFiles(folder);
    for (const name of ["root", "online"] as const) {
      const keys = await readKeyFile(files.pathOf(name));
      if (keys !== undefined) files.#set(name, keys);
    }
    return files;
  }

  /** False where the root key was moved away, as it should be. */
  get hasRoot(): boolean {
    return this.#files.has("root");
  }

  get hasOnline(): boolean {
    return this.#files.has("online");
  }

  /** Every key at hand. */
  readonly ring: Keyring = (role) => this.#ring(role);

  keys(name?: KeyFileName): readonly StoredKey[] {
    return name === undefined ? [...this.#files.values()].flat() : (this.#files.get(name) ?? []);
  }

  async save(name: KeyFileName, keys: readonly StoredKey[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    await writeFileAtomically(this.pathOf(name), encode(keys), 0o600);
    this.#set(name, keys);
  }

  /** New keys for everything. Throws OperatorError where there are some. */
  async create(random: Random, clock: Clock): Promise<void> {
    if (this.#files.size > 0) {
      throw new OperatorError(`there are keys in ${this.#folder} already`, {
        hint: "`kasbah keys rotate` replaces them",
        exitCode: 2,
      });
    }
    await this.save("root", newKeys(rootRoles, random, clock));
    await this.save("online", newKeys(onlineRoles, random, clock));
  }

  /** Files that others than their owner may read. */
  async exposed(): Promise<string[]> {
    const paths = [...this.#files.keys()].map((name) => this.pathOf(name));
    const modes = await Promise.all(paths.map(async (path) => [path, (await stat(path)).mode] as const));
    return modes.filter(([, mode]) => (mode & 0o077) !== 0).map(([path]) => path);
  }

  #set(name: KeyFileName, keys: readonly StoredKey[]): void {
    this.#files.set(name, keys);
    this.#ring = ringOf(this.keys());
  }

  pathOf(name: KeyFileName): string {
    return join(this.#folder, `${name}.json`);
  }
}

export function newKeys(roles: readonly KeyRole[], random: Random, clock: Clock): StoredKey[] {
  const createdAt = rfc3339(clock.nowMs());
  return roles.map((role) => ({ role, seed: random.bytes(seedBytes), createdAt, retiring: false }));
}

export function ringOf(keys: readonly StoredKey[]): Keyring {
  const byRole = Map.groupBy(keys, ({ role }) => role);
  const held = new Map([...byRole].map(([role, own]) => [role, own.map(({ seed }) => signingKey(seed))]));
  return (role) => held.get(role) ?? [];
}

async function readKeyFile(path: string): Promise<readonly StoredKey[] | undefined> {
  const data = await readPlainFile(path, keyFileBytesMax);
  if (data === undefined) return undefined;
  try {
    const { keys } = fileSchema.parse(JSON.parse(fromUtf8(data)));
    return keys.map(({ created_at: createdAt, ...key }) => Object.assign(key, { createdAt }));
  } catch (thrown) {
    throw new OperatorError(`the key file ${path} is damaged`, {
      hint: "restore it from a backup: without it nothing can be signed",
      cause: thrown,
    });
  }
}

function encode(keys: readonly StoredKey[]): Uint8Array {
  const entries = keys.map(({ role, seed, createdAt, retiring }) => ({
    role,
    created_at: createdAt,
    retiring,
    seed: base64(seed),
  }));
  return utf8(`${JSON.stringify({ type: format, keys: entries }, null, 2)}\n`);
}
