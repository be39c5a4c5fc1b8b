/** The files of `targets` and of every role below it: those whose targets or delegations changed get a new version. */
import { sha256 } from "../base/bytes.ts";
import { type SigningKey, tufKey } from "./keys.ts";
import { type TufJson, writeSigned } from "./metadata.ts";
import { metadataName } from "./names.ts";
import type { DescribedFile } from "./reading.ts";
import { type DelegationPlan, delegatedRoles, delegationPlans, type KeyRole, roleOfTarget } from "./roles.ts";
import type { Target } from "./target.ts";
import { encodeTarget, nameOf, sameTarget } from "./target-file.ts";
import { fingerprint, type VerifiedRole } from "./verify-roles.ts";

/** Every key at hand that may sign for a role. */
export type Keyring = (role: KeyRole) => readonly SigningKey[];

export interface RolesInput {
  readonly targets: readonly Target[];
  readonly keys: Keyring;
  /** The highest version so far of each role. */
  readonly versions: Readonly<Record<string, number>>;
  /** Verified roles that stay where nothing changed in them; undefined: every file is written anew. */
  readonly known: ReadonlyMap<string, VerifiedRole> | undefined;
  /** RFC 3339, to the second. */
  readonly expires: string;
}

export interface BuiltRoles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Every role, changed or not: what the snapshot lists. */
  readonly described: ReadonlyMap<string, DescribedFile>;
}

type Targeted = ReadonlyMap<string, Target>;

export function buildRoles(input: RolesInput): BuiltRoles {
  const files = new Map<string, Uint8Array>();
  const described = new Map<string, DescribedFile>();
  const byRole = groupByRole(input.targets);
  const resigned = new Set<string>();
  for (const { role, keyRole } of [{ role: "targets", keyRole: "targets" as const }, ...delegatedRoles]) {
    const content = { targets: byRole.get(role) ?? new Map(), delegations: delegationsOf(role, input.keys) };
    const known = input.known?.get(role);
    const redelegated = known?.delegations !== fingerprint(content.delegations);
    // Who is delegated to by other keys has to be signed by them.
    if (redelegated) for (const plan of plansOf(role)) resigned.add(plan.role);
    if (
      known !== undefined &&
      !redelegated &&
      !resigned.has(role) &&
      sameTargets(known.targets, content.targets)
    ) {
      described.set(role, known);
      continue;
    }
    const version = (input.versions[role] ?? 0) + 1;
    const bytes = writeRole({ ...content, version, expires: input.expires }, signersFor(input.keys, keyRole));
    files.set(metadataName(role, version), bytes);
    described.set(role, { version, sha256: sha256(bytes), length: bytes.length });
  }
  return { files, described };
}

interface RoleContent {
  readonly targets: Targeted;
  /** In TUF's own form; undefined where the role delegates nothing. */
  readonly delegations: TufJson | undefined;
}

function groupByRole(targets: readonly Target[]): ReadonlyMap<string, Targeted> {
  const roles = new Map<string, Map<string, Target>>();
  for (const target of targets) {
    const name = nameOf(target);
    const role = roleOfTarget(name);
    roles.set(role, (roles.get(role) ?? new Map<string, Target>()).set(name, target));
  }
  return roles;
}

function delegationsOf(role: string, keys: Keyring): TufJson | undefined {
  const plans = plansOf(role);
  if (plans.length === 0) return undefined;
  const held = [...new Set(plans.map(({ keyRole }) => keyRole))].flatMap((keyRole) => keys(keyRole));
  const tufKeys = held.map(({ publicKey }) => tufKey(publicKey));
  return {
    keys: Object.fromEntries(tufKeys.map((key) => [key.keyID, key.toJSON()])),
    roles: plans.map((plan) => delegatedRole(plan, keys)),
  };
}

function plansOf(role: string): readonly DelegationPlan[] {
  return role === "targets" || role === "pages" ? delegationPlans[role] : [];
}

function delegatedRole({ role, keyRole, paths }: DelegationPlan, keys: Keyring): TufJson {
  const keyids = keys(keyRole).map(({ id }) => id);
  return { name: role, keyids, threshold: 1, terminating: true, paths: [...paths] };
}

function sameTargets(left: Targeted, right: Targeted): boolean {
  return left.size === right.size && [...left].every(([name, target]) => sameTarget(target, right.get(name)));
}

function writeRole(
  content: RoleContent & { readonly version: number; readonly expires: string },
  signers: readonly SigningKey[],
): Uint8Array {
  const { targets, delegations, version, expires } = content;
  const entries = Array.from(targets, ([name, target]) => [name, encodeTarget(target)] as const);
  const signed = { _type: "targets", version, expires, targets: Object.fromEntries(entries) } as const;
  return writeSigned(delegations === undefined ? signed : { ...signed, delegations }, signers);
}

/** Throws where the ring has no key for the role. */
export function signersFor(keys: Keyring, role: KeyRole): readonly SigningKey[] {
  const signers = keys(role);
  if (signers.length === 0) throw new Error(`there is no key to sign ${role} with`);
  return signers;
}
