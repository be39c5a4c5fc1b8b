/** From roles and places to what somebody may do: the one table that every right in the studio comes from. Pure. */
import { type Act, acts, type Place, type Where } from "../web/acts.ts";
import type { Grant, Role } from "./person.ts";

/** "own": only with what they started themselves. */
type Reach = "all" | "own";

const everyAct = Object.fromEntries(acts.map((act) => [act, "all"])) as Record<Act, Reach>;

export const rightsOf: Readonly<Record<Role, Readonly<Partial<Record<Act, Reach>>>>> = {
  contributor: { read: "all", write: "own" },
  editor: { read: "all", write: "all", publish: "all", watch: "all", defend: "all" },
  moderator: { read: "all", watch: "all" },
  steward: everyAct,
};

/** A role and where it holds; null means everywhere. */
export type RoleAt = Pick<Grant, "role" | "site" | "section">;

/** What an account with these grants may do. */
export function mayWith(accountId: string, grants: readonly RoleAt[]): (act: Act, where: Where) => boolean {
  return (act, where) => grants.some((grant) => reaches(grant, rightsOf[grant.role][act], where, accountId));
}

function reaches(grant: RoleAt, reach: Reach | undefined, where: Where, accountId: string): boolean {
  if (reach === undefined) return false;
  if (where === "anywhere") return true;
  if (where === "everywhere") return reach === "all" && grant.site === null;
  return covers(grant, where) && (reach === "all" || where.by === accountId);
}

/** True where the place lies in what was granted: a grant for a section says nothing of what has none. */
export function covers({ site, section }: Pick<RoleAt, "site" | "section">, place: Place): boolean {
  return (site === null || site === place.site) && (section === null || section === place.section);
}

/** Who may hand this on: nobody gives more than they hold, so it takes a steward of all of that place. */
export function mayGive(grants: readonly RoleAt[], given: RoleAt): boolean {
  return grants.some(
    ({ role, site, section }) =>
      role === "steward" &&
      (site === null || (site === given.site && (section === null || section === given.section))),
  );
}
