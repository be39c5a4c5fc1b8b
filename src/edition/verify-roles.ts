/**
 * The tree of delegations below `targets`: each role's file is the one that the snapshot lists, signed as its delegator asks,
 * and says nothing about paths that were not delegated to it (TUF 1.0, 5.6). What did not change since is not read again.
 */
import type { Metadata, Targets } from "@tufjs/models";
import { type Sha256, sha256 } from "../base/bytes.ts";
import { canonical } from "./canonical.ts";
import type { ReadEditionFile } from "./edition.ts";
import { limits } from "./limits.ts";
import { type Delegator, readSigned, requireSignatures } from "./metadata.ts";
import { metadataName } from "./names.ts";
import { type DescribedFile, readDescribed, requireVersion } from "./reading.ts";
import { during, Refusal } from "./refusal.ts";
import type { TrustedRoot } from "./root.ts";
import type { Target } from "./target.ts";
import { decodeTarget } from "./target-file.ts";

export interface VerifiedRole extends DescribedFile {
  readonly role: string;
  /** Who delegated to it: the root's bytes, or the delegating role. The same role under another delegator is verified anew. */
  readonly delegator: Uint8Array | VerifiedRole;
  /** By target name. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Kept only where it delegates. */
  readonly delegating: Metadata<Targets> | undefined;
  /** `fingerprint` of what it delegates, by which keys. */
  readonly delegations: Sha256 | undefined;
}

interface Walk {
  readonly read: ReadEditionFile;
  readonly files: ReadonlyMap<string, DescribedFile>;
  readonly previous: ReadonlyMap<string, VerifiedRole> | undefined;
}

/** A role that is to be verified, and what it may speak of. */
interface Delegation {
  readonly role: string;
  readonly from: Metadata<Delegator>;
  readonly delegator: Uint8Array | VerifiedRole;
  readonly allows: (targetName: string) => boolean;
}

/** How many files are read at once. */
const filesAtOnce = 32;

/** Every role by name. Throws Refusal; also where the snapshot lists a file to which nobody delegates. */
export async function verifyRoles(walk: Walk, root: TrustedRoot): Promise<ReadonlyMap<string, VerifiedRole>> {
  const roles = new Map<string, VerifiedRole>();
  let level: readonly Delegation[] = [
    { role: "targets", from: root.metadata, delegator: root.bytes, allows: () => true },
  ];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === limits.delegationDepth) throw new Refusal("targets", "metadata", "delegates too deep");
    const verified = await verifyLevel(walk, level);
    for (const role of verified) {
      if (roles.has(role.role)) throw new Refusal("targets", "metadata", `delegates ${role.role} twice`);
      roles.set(role.role, role);
    }
    level = verified.flatMap((role, at) => delegationsOf(role, level[at]?.allows ?? (() => false)));
    if (roles.size + level.length > limits.roles)
      throw new Refusal("targets", "metadata", "has too many roles");
  }
  const stray = [...walk.files.keys()].find((role) => !roles.has(role));
  if (stray !== undefined)
    throw new Refusal("snapshot", "metadata", `lists ${stray}, to which nobody delegates`);
  return roles;
}

async function verifyLevel(walk: Walk, level: readonly Delegation[]): Promise<VerifiedRole[]> {
  const verified: VerifiedRole[] = [];
  for (let from = 0; from < level.length; from += filesAtOnce) {
    const batch = level.slice(from, from + filesAtOnce);
    verified.push(...(await Promise.all(batch.map((delegation) => verifyRole(walk, delegation)))));
  }
  return verified;
}

async function verifyRole({ read, files, previous }: Walk, delegation: Delegation): Promise<VerifiedRole> {
  const { role, delegator } = delegation;
  const described = files.get(role);
  if (described === undefined) throw new Refusal("snapshot", "metadata", `does not list ${role}`);
  const known = previous?.get(role);
  if (known?.sha256 === described.sha256 && sameDelegator(known.delegator, delegator)) return known;

  const file = metadataName(role, described.version);
  const bytes = await readDescribed(read, "targets", file, described, limits.roleBytes);
  return during("targets", file, () => {
    const metadata = readSigned("targets", bytes);
    requireSignatures(delegation.from, role, metadata);
    requireVersion(metadata, described);
    const targets = readTargets(metadata.signed, delegation.allows);
    const delegating = metadata.signed.delegations === undefined ? undefined : metadata;
    const delegations = fingerprint(metadata.signed.delegations?.toJSON());
    return { role, ...described, delegator, targets, delegating, delegations };
  });
}

export function fingerprint(delegations: object | undefined): Sha256 | undefined {
  return delegations === undefined ? undefined : sha256(canonical(delegations));
}

function sameDelegator(known: VerifiedRole["delegator"], now: VerifiedRole["delegator"]): boolean {
  if (known instanceof Uint8Array) return now instanceof Uint8Array && Buffer.compare(known, now) === 0;
  return known === now;
}

function readTargets(signed: Targets, allows: Delegation["allows"]): ReadonlyMap<string, Target> {
  return new Map(
    Object.entries(signed.targets).map(([name, file]) => {
      if (!allows(name)) throw new Error(`speaks of ${name}, which is not delegated to it`);
      return [name, decodeTarget(name, file)];
    }),
  );
}

/** What a verified role delegates; a delegate never gets more than its delegator has. */
function delegationsOf(delegator: VerifiedRole, allowed: Delegation["allows"]): Delegation[] {
  const { delegating: from } = delegator;
  if (from === undefined) return [];
  return Object.values(from.signed.delegations?.roles ?? {}).map(({ name: role, paths }) => {
    const matches = pathMatcher(metadataName(delegator.role, delegator.version), paths ?? []);
    return { role, from, delegator, allows: (name) => allowed(name) && matches(name) };
  });
}

/** Only patterns of the form `area/3f*` are known: a prefix within one folder. Throws Refusal for others. */
function pathMatcher(file: string, patterns: readonly string[]): Delegation["allows"] {
  const strange = patterns.find((pattern) => !/^[a-z]+\/[0-9a-f]*\*$/.test(pattern));
  if (strange !== undefined) throw new Refusal("targets", file, `delegates the pattern "${strange}"`);
  const prefixes = patterns.map((pattern) => pattern.slice(0, -1));
  return (name) =>
    prefixes.some((prefix) => name.startsWith(prefix) && !name.slice(prefix.length).includes("/"));
}

/** All targets by name. Throws Refusal where two roles answer for one address. */
export function collectTargets(roles: Iterable<VerifiedRole>): Map<string, Target> {
  const targets = new Map<string, Target>();
  const addresses = new Set<string>();
  for (const { role, version, targets: own } of roles) {
    for (const [name, target] of own) {
      const address = name.slice(name.indexOf("/") + 1);
      if (addresses.has(address)) {
        throw new Refusal(
          "targets",
          metadataName(role, version),
          `answers for ${target.path}, as another role does`,
        );
      }
      addresses.add(address);
      targets.set(name, target);
    }
  }
  if (targets.size > limits.targets)
    throw new Refusal("targets", "metadata", `has over ${limits.targets} targets`);
  return targets;
}
