/** Who may sign what: the roles of TUF 1.0, an area each, and `pages` split into 256 bins (docs/decisions/0003). */
import { type Area, areas } from "./target.ts";

export const topRoles = ["root", "timestamp", "snapshot", "targets"] as const;
export type TopRole = (typeof topRoles)[number];

/** Whoever holds a key: the top roles, the areas (one key signs all bins of `pages`), and the log. */
export const keyRoles = [...topRoles, ...areas, "log"] as const;
export type KeyRole = (typeof keyRoles)[number];

/** `pages-00` … `pages-ff`. */
export const bins: readonly string[] = Array.from({ length: 256 }, (_, at) => `pages-${byteHex(at)}`);

export interface DelegationPlan {
  readonly role: string;
  /** Whose key signs. */
  readonly keyRole: Area;
  readonly paths: readonly string[];
}

/** What a role delegates, by its name. */
export const delegationPlans: Readonly<Record<"targets" | "pages", readonly DelegationPlan[]>> = {
  targets: areas.map((area) => ({ role: area, keyRole: area, paths: [`${area}/*`] })),
  pages: bins.map((role, at) => ({ role, keyRole: "pages", paths: [`pages/${byteHex(at)}*`] })),
};

/** The role that lists a target, by the target's name. */
export function roleOfTarget(name: string): string {
  const [area = "", hash = ""] = name.split("/");
  return area === "pages" ? `pages-${hash.slice(0, 2)}` : area;
}

/** Every role that is not a top one, with whose key signs it. */
export const delegatedRoles: readonly DelegationPlan[] = [
  ...delegationPlans.targets,
  ...delegationPlans.pages,
];

function byteHex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
