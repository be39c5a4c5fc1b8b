/** What the newsroom can be asked, by name: on the bus while it runs, by a command in its own process while nothing runs. */
import { OperatorError } from "../base/errors.ts";
import type { Operations } from "../bus/role.ts";
import type { KeyFacts } from "../bus/subjects.ts";
import { isSha256 } from "../base/bytes.ts";
import { signingKey } from "../edition/keys.ts";
import type { Text } from "../pieces/piece.ts";
import { withdrawText } from "../pieces/withdraw-text.ts";
import type { KeyFileName } from "../publishing/key-files.ts";
import { originOperations } from "../origin/operations.ts";
import { rotateKeys } from "../publishing/roots.ts";
import { importWxr } from "../transfer/wxr/import-wxr.ts";
import type { Parts } from "./parts.ts";
import { peopleOperations } from "./people-operations.ts";
import { type SiteAddress, siteAddressOf } from "./site-address.ts";

export function operationsOf(parts: Parts): Operations {
  const { publisher, queue, clock, database, config, random, onImportProgress } = parts;
  return {
    "newsroom.status": () => ({ edition: publisher.facts(), jobs_dead: queue.count("dead") }),
    "newsroom.publish": () => publisher.publish(),
    "newsroom.withdraw": ({ url }) => withdraw(parts, siteAddressOf(url, config)),
    "newsroom.rollback": ({ version }) => publisher.rollback(version),
    "newsroom.editions": async () => ({ editions: await publisher.editions() }),
    "newsroom.repair": async ({ sha256 }) => ({
      repaired: isSha256(sha256) && (await publisher.repair(sha256)),
    }),
    "newsroom.import": ({ file, site, language }) =>
      importWxr(database, { file, site, language, config, clock, random, progress: onImportProgress }),
    ...peopleOperations(parts.membership),
    ...originOperations(parts.origin),
    "newsroom.keys": () => keyFacts(parts),
    "newsroom.keys.rotate": ({ which }) => rotate(parts, which),
  };
}

/** Besides texts only lists may go, whose very name can harm: a tag, a section, a byline. Never a front page. */
const listPath = /^\/[^/]+\/(tag|section|by)\/./;

async function withdraw(
  { publisher, pieces, pictures, origin }: Parts,
  address: SiteAddress,
): ReturnType<Parts["publisher"]["withdraw"]> {
  // The portal's hosts lead to the protected site, so it is a page of that one that has to go.
  if (origin !== undefined && address.site === "portal") return await origin.withdraw(address.path);
  const text = textAt(pieces, address);
  if (text === undefined && !publisher.knows(address)) {
    throw new OperatorError(`nothing is published at ${address.path} (${address.site})`, {
      hint: "`kasbah editions show` lists what is",
      exitCode: 2,
    });
  }
  if (text === undefined && !listPath.test(address.path)) {
    throw new OperatorError(`${address.path} is no text, and what is withdrawn never comes back`, {
      hint: "withdraw the texts that it shows, by their own addresses; it leaves them out then",
      exitCode: 2,
    });
  }
  // An old address of a text only leads to it: it is the text that has to go.
  return text === undefined
    ? await publisher.withdraw(address, () => {})
    : await withdrawText({ publisher, pieces, pictures }, text);
}

/** Also by the address of its text form. */
function textAt(pieces: Parts["pieces"], { site, path }: SiteAddress): Text | undefined {
  return pieces.textAt(site, path) ?? pieces.textAt(site, path.replace(/\/text$/, ""));
}

async function rotate(parts: Parts, which: KeyFileName): Promise<KeyFacts> {
  const { publisher, files, random, clock, onPublished } = parts;
  await publisher.between((press) => rotateKeys(which, { files, press, random, clock }));
  onPublished(publisher.facts()?.version ?? 1);
  return keyFacts(parts);
}

function keyFacts({ publisher, files }: Parts): KeyFacts {
  const inFile = (name: KeyFileName): KeyFacts["keys"] =>
    files.keys(name).map(({ role, seed, createdAt, retiring }) => ({
      role,
      id: signingKey(seed).id,
      file: files.pathOf(name),
      created_at: createdAt,
      retiring,
    }));
  return {
    root_version: publisher.rootVersion,
    root_here: files.hasRoot,
    keys: [...inFile("root"), ...inFile("online")],
  };
}
