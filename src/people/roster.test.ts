/** Giving and taking what people may do: never more than one holds, never the last steward. */
import { describe, expect, test } from "bun:test";
import { createModel } from "../../test/model/model.ts";
import { silentLog } from "../base/log.ts";
import { seededRandom } from "../base/random.ts";
import { defaultConfig } from "../config/load.ts";
import { createAudit } from "./audit.ts";
import { openInvitationsMax } from "./invitations.ts";
import { createMembership } from "./membership.ts";
import { invitationAt } from "./enrolment.ts";
import type { RoleAt } from "./permissions.ts";
import { giveGrant, invite, inviteAgain, isManageable, revoke, takeGrant, visibleTo } from "./roster.ts";

const everywhere: RoleAt = { role: "steward", site: null, section: null };
const rif = (role: RoleAt["role"]): RoleAt => ({ role, site: "portal", section: "rif" });

function newsroom() {
  const { database, people, clock } = createModel();
  const membership = createMembership({
    database,
    people,
    clock,
    audit: createAudit(database, { clock }),
    random: seededRandom(1),
    log: silentLog,
    config: defaultConfig(),
    linkOrigin: () => "http://localhost:8090",
    sectionsOf: (site) => (site === "portal" ? ["rif", "sport"] : []),
  });
  const add = (name: string, ...grants: readonly RoleAt[]): string => {
    const { id } = people.addAccount(name);
    for (const grant of grants) people.grant({ account: id, ...grant });
    return id;
  };
  return { membership, people, add, amina: add("Amina", everywhere), idir: add("Idir", rif("steward")) };
}

function tokenOf(result: ReturnType<typeof invite>): string {
  if (result.outcome === "refused") throw new Error(result.reason);
  return result.value.url.split("/").at(-1) ?? "";
}

describe("a steward of a section", () => {
  test("gives and takes there, and nowhere else", () => {
    const { membership, people, add, idir } = newsroom();
    const sara = add("Sara", { role: "editor", site: "portal", section: "sport" });
    expect(giveGrant(membership, sara, rif("editor"), idir).outcome).toBe("done");
    for (const grant of [
      everywhere,
      { ...rif("editor"), section: "sport" },
      { ...rif("editor"), section: null },
    ])
      expect(giveGrant(membership, sara, grant, idir)).toEqual({
        outcome: "refused",
        reason: "more than you hold",
      });
    const sport = { ...rif("editor"), section: "sport" };
    expect(takeGrant(membership, sara, sport, idir)).toEqual({
      outcome: "refused",
      reason: "more than you hold",
    });
    expect(takeGrant(membership, sara, rif("editor"), idir).outcome).toBe("done");
    expect(people.grantsOf(sara)).toEqual([{ account: sara, ...sport }]);
  });

  test("neither sees, nor lets go, nor takes over whoever reaches further", () => {
    const { membership, add, amina, idir } = newsroom();
    const sara = add("Sara", rif("editor"), { role: "editor", site: "blog", section: null });
    expect(new Set(visibleTo(membership, idir).map(({ name }) => name))).toEqual(new Set(["Idir", "Sara"]));
    for (const id of [amina, sara]) {
      expect(isManageable(membership, id, idir)).toBe(false);
      expect(revoke(membership, id, idir)).toEqual({ outcome: "refused", reason: "no such person" });
      expect(inviteAgain(membership, id, idir)).toEqual({ outcome: "refused", reason: "no such person" });
    }
  });
});

describe("an invitation", () => {
  test("holds only as long as whoever made it could still give that", () => {
    const { membership, people, idir } = newsroom();
    const token = tokenOf(invite(membership, { name: "Sara", grant: rif("editor"), by: idir }));
    expect(invitationAt(membership, token)).toBeDefined();
    people.revoke({ account: idir, ...rif("steward") });
    expect(invitationAt(membership, token)).toBeUndefined();
  });

  test("back into an account is void once that account reaches further than whoever made it", () => {
    const { membership, add, amina, idir } = newsroom();
    const sara = add("Sara", rif("contributor"));
    const token = tokenOf(inviteAgain(membership, sara, idir));
    expect(invitationAt(membership, token)).toBeDefined();
    giveGrant(membership, sara, everywhere, amina);
    expect(invitationAt(membership, token)).toBeUndefined();
  });

  test("is made at most so often before some are used, and each name once", () => {
    const { membership } = newsroom();
    for (let at = 0; at < openInvitationsMax; at += 1)
      expect(invite(membership, { name: `Person ${at}`, grant: rif("editor"), by: null }).outcome).toBe(
        "done",
      );
    const more = invite(membership, { name: "One more", grant: rif("editor"), by: null });
    expect(more).toEqual({ outcome: "refused", reason: "too many invitations" });
    const same = invite(membership, { name: "Person 1", grant: rif("editor"), by: null });
    expect(same).toEqual({ outcome: "refused", reason: "name taken" });
  });

  test.each([
    [{ role: "editor", site: "wiki", section: null }, "no such site"],
    [{ role: "editor", site: null, section: "rif" }, "no such site"],
    [{ role: "editor", site: "blog", section: "rif" }, "no such section"],
  ] as const)("to %j is refused: %s", (grant, reason) => {
    const { membership } = newsroom();
    expect(invite(membership, { name: "Sara", grant, by: null })).toEqual({ outcome: "refused", reason });
  });
});

test("the last steward of everything is neither let go nor stripped, by anybody", () => {
  const { membership, add, amina } = newsroom();
  for (const by of [amina, null]) {
    expect(revoke(membership, amina, by)).toEqual({ outcome: "refused", reason: "last steward" });
    expect(takeGrant(membership, amina, everywhere, by)).toEqual({
      outcome: "refused",
      reason: "last steward",
    });
  }
  add("Nadia", everywhere);
  expect(revoke(membership, amina, null).outcome).toBe("done");
});

test("whoever is let go may nothing from that moment, and the record keeps their name", () => {
  const { membership, people, add, amina } = newsroom();
  const sara = add("Sara", rif("editor"));
  const session = membership.sessions.begin(sara, "");
  membership.passkeys.add(sara, {
    id: "AAAA",
    publicKey: new Uint8Array(3),
    counter: 0,
    rpId: "localhost",
    transports: [],
  });
  const token = tokenOf(inviteAgain(membership, sara, amina));
  const again = membership.sessions.begin(sara, "");
  expect(revoke(membership, sara, amina).outcome).toBe("done");
  expect([membership.sessions.find(session, ""), membership.sessions.find(again, "")]).toEqual([
    undefined,
    undefined,
  ]);
  expect([membership.passkeys.of(sara), people.grantsOf(sara)]).toEqual([[], []]);
  expect(invitationAt(membership, token)).toBeUndefined();
  expect(people.account(sara)).toMatchObject({ name: "Sara", revokedAt: expect.any(String) });
  expect(membership.audit.entries({ limit: 1 })[0]).toMatchObject({
    account: amina,
    act: "person.revoke",
    subject: sara,
  });
});
