/**
 * Every address of the studio, asked for by nobody and by each role everywhere, in the text's section, in a foreign section
 * and on the foreign site. Who may is declared here, once more, by hand: a new route fails until it stands in the table.
 */
import { describe, expect, test } from "bun:test";
import { sha256 } from "../../src/base/bytes.ts";
import { browserKind } from "../../src/people/browser-kind.ts";
import { mayWith, type RoleAt } from "../../src/people/permissions.ts";
import { roles } from "../../src/people/person.ts";
import { invite } from "../../src/people/roster.ts";
import type { Act } from "../../src/web/acts.ts";
import { contentOf } from "../model/model.ts";
import { type NewsroomStudio, openNewsroomStudio } from "./newsroom-studio.ts";
import { firefox, Visitor } from "./visitor.ts";

/**
 * "here": at the text, which stands in portal/rif and was started by somebody else; "start here": with something of their
 * own in the same place; "here and there": also in portal/sport; "on the site": all over the portal.
 */
type Where = "anywhere" | "everywhere" | "here" | "start here" | "here and there" | "on the site";
type Who = "everyone" | "signed in" | readonly [Act, Where];

interface Row {
  readonly route: string;
  readonly who: Who;
  /** Sent as a form. */
  readonly fields?: Readonly<Record<string, string>>;
  /** A page, to whoever may. */
  readonly shows?: true;
  /** Where the handler looks closer than the route. */
  readonly case?: string;
}

const once = "01J9Z3K5Q8R2T4V6X8Z0B2D4F6";
const start = { title: "Une marche", kind: "story", language: "fr", once };
const newName = { name: "Marches", language: "fr", site: "portal" };
const contributorHere = { role: "contributor", place: "portal/rif" };

const table: readonly Row[] = [
  { route: "GET /_kasbah/assets/:file", who: "everyone" },
  { route: "GET /scripts/:file", who: "everyone" },

  { route: "GET /sign-in", who: "everyone" },
  { route: "POST /sign-in/challenge", who: "everyone" },
  { route: "POST /sign-in", who: "everyone" },
  { route: "GET /invitation/:token", who: "everyone" },
  { route: "POST /invitation/:token/challenge", who: "everyone" },
  { route: "POST /invitation/:token", who: "everyone" },
  { route: "POST /language", who: "everyone" },
  { route: "POST /sign-out", who: "signed in" },
  { route: "GET /me", who: "signed in", shows: true },
  { route: "POST /me/passkeys/challenge", who: "signed in" },
  { route: "POST /me/passkeys", who: "signed in" },
  { route: "POST /me/passkeys/:passkey/remove", who: "signed in" },
  { route: "POST /me/sign-out-everywhere", who: "signed in" },

  { route: "GET /people", who: ["manage people", "anywhere"], shows: true },
  {
    route: "POST /people/invitations",
    who: ["manage people", "here"],
    fields: { name: "Nadia", ...contributorHere },
  },
  {
    route: "POST /people/invitations",
    case: "for everywhere",
    who: ["manage people", "everywhere"],
    fields: { name: "Nora", role: "contributor", place: "" },
  },
  { route: "POST /people/invitations/:invitation/void", who: ["manage people", "here"] },
  { route: "GET /people/:account", who: ["manage people", "here"], shows: true },
  { route: "POST /people/:account/grants", who: ["manage people", "here"], fields: contributorHere },
  {
    route: "POST /people/:account/grants",
    case: "for everywhere",
    who: ["manage people", "everywhere"],
    fields: { role: "editor", place: "" },
  },
  { route: "POST /people/:account/grants/take", who: ["manage people", "here"], fields: contributorHere },
  { route: "POST /people/:account/invite-again", who: ["manage people", "here"] },
  { route: "POST /people/:account/revoke", who: ["manage people", "here"] },
  { route: "GET /record", who: ["manage people", "everywhere"], shows: true },

  { route: "GET /", who: "signed in", shows: true },
  { route: "GET /texts/new", who: ["write", "anywhere"], shows: true },
  { route: "POST /texts", who: ["write", "start here"], fields: { ...start, place: "portal/rif" } },
  { route: "GET /texts/:text", who: ["read", "here"], shows: true },
  { route: "POST /texts/:text/workflow", who: ["write", "here"] },
  { route: "POST /texts/:text/publish", who: ["publish", "here"] },
  { route: "POST /texts/:text/schedule", who: ["publish", "here"] },
  { route: "POST /texts/:text/unschedule", who: ["publish", "here"] },
  { route: "POST /texts/:text/private", who: ["publish", "here"] },
  { route: "POST /texts/:text/address", who: ["write", "here"], fields: { slug: "autre" } },
  { route: "GET /texts/:text/withdraw", who: ["publish", "here"], shows: true },
  { route: "POST /texts/:text/withdraw", who: ["publish", "here"] },
  {
    route: "POST /texts/:text/details",
    who: ["write", "here"],
    fields: { section: "rif", tags: "", bylines: "" },
  },
  { route: "POST /texts/:text/corrections", who: ["publish", "here"], fields: { kind: "update", note: "…" } },
  {
    route: "POST /texts/:text/details",
    case: "into a foreign section",
    who: ["write", "here and there"],
    fields: { section: "sport", tags: "", bylines: "" },
  },
  { route: "POST /texts/:text/translations", who: ["write", "start here"], fields: { language: "ar" } },
  { route: "POST /texts/:text/original", who: ["write", "here"], fields: { revision: once, original: once } },
  { route: "POST /texts/:text/revisions", who: ["write", "here"] },
  { route: "POST /texts/:text/unsaved", who: ["write", "here"] },
  { route: "GET /texts/:text/history", who: ["read", "here"], shows: true },
  { route: "GET /texts/:text/compare", who: ["read", "here"] },
  { route: "POST /texts/:text/restore", who: ["write", "here"], fields: { revision: once, version: once } },
  { route: "GET /texts/:text/preview", who: ["read", "here"], shows: true },
  { route: "GET /texts/:text/preview/page", who: ["read", "here"], shows: true },
  { route: "GET /texts/:text/preview/text", who: ["read", "here"], shows: true },
  // Which picture is whose to see: src/site/pictures-seen.test.ts.
  { route: "GET /_kasbah/media/:file", who: "signed in" },

  { route: "GET /names", who: ["publish", "anywhere"], shows: true },
  { route: "POST /names", case: "a tag", who: ["publish", "anywhere"], fields: { ...newName, kind: "tags" } },
  {
    route: "POST /names",
    case: "a section",
    who: ["publish", "on the site"],
    fields: { ...newName, kind: "sections" },
  },
  { route: "GET /names/:kind/:site/:key", who: ["publish", "here"], shows: true },
  { route: "POST /names/:kind/:site/:key", who: ["publish", "here"], fields: { fr: "Rif" } },
  { route: "POST /names/:kind/:site/:key/up", who: ["publish", "on the site"] },

  { route: "POST /pictures", who: ["write", "anywhere"] },
  { route: "GET /pictures/:picture", who: "signed in" },

  { route: "GET /watch", who: ["watch", "anywhere"], shows: true },
  { route: "GET /watch/events", who: ["watch", "anywhere"] },
  { route: "GET /watch/incidents/:incident", who: ["watch", "anywhere"] },
  { route: "POST /watch/defence/:order", who: ["defend", "everywhere"] },
  { route: "POST /watch/service/:order", who: ["defend", "everywhere"] },
  { route: "POST /watch/rules/:rule/enable", who: ["defend", "everywhere"] },
  { route: "POST /watch/rules/:rule/disable", who: ["defend", "everywhere"] },
  { route: "POST /watch/drills", who: ["drill", "everywhere"] },
  { route: "POST /watch/drills/stop", who: ["drill", "everywhere"] },

  { route: "GET /origin", who: ["watch", "anywhere"], shows: true },
  { route: "GET /origin/questions/:question", who: ["watch", "anywhere"] },
  { route: "GET /origin/evidence/:finding/:picture", who: ["watch", "anywhere"] },
  { route: "POST /origin/questions/:question/accept", who: ["defend", "everywhere"] },
  { route: "POST /origin/questions/:question/quarantine", who: ["defend", "everywhere"] },
  { route: "POST /origin/quarantine", who: ["defend", "everywhere"] },
  { route: "POST /origin/release", who: ["defend", "everywhere"] },
  { route: "POST /origin/working", who: ["defend", "everywhere"], fields: { hours: "1" } },
  { route: "POST /origin/working/end", who: ["defend", "everywhere"] },
  {
    route: "POST /origin/maintenance",
    who: ["defend", "everywhere"],
    fields: { hours: "0", message: "" },
  },
  { route: "POST /origin/maintenance/end", who: ["defend", "everywhere"] },
  { route: "POST /origin/purge", who: ["defend", "everywhere"] },
  { route: "POST /origin/snapshot", who: ["defend", "everywhere"] },
  { route: "POST /origin/snapshot/approve", who: ["defend", "everywhere"], fields: { started: "" } },
];

/** Nobody answers there. */
const nowhere = "http://127.0.0.1:9";
const title = "Ce que personne ne doit savoir";
const places: readonly Pick<RoleAt, "site" | "section">[] = [
  { site: null, section: null },
  { site: "portal", section: "rif" },
  { site: "portal", section: "sport" },
  { site: "blog", section: null },
];

interface Actor {
  readonly name: string;
  /** Undefined for nobody. */
  readonly id: string | undefined;
  readonly grants: readonly RoleAt[];
  readonly visitor: Visitor;
}

interface Scene extends AsyncDisposable {
  readonly studio: NewsroomStudio;
  readonly actors: readonly Actor[];
  /** A route's address with everything that it names. */
  address(route: string): string;
}

/** A private text in portal/rif, whose author is a contributor there, and everybody who could come. */
async function openScene(): Promise<Scene> {
  const studio = await openNewsroomStudio({ origin: { url: nowhere } });
  const { people, pieces, membership } = studio.newsroom;
  for (const slug of ["rif", "sport"]) pieces.addSection({ site: "portal", slug, names: { fr: slug } });
  const author = people.addAccount("Author").id;
  people.grant({ account: author, role: "contributor", site: "portal", section: "rif" });
  const { piece } = pieces.addPiece({ site: "portal", kind: "story", section: "rif" });
  const { text } = pieces.addText({
    pieceId: piece.id,
    language: "fr",
    content: contentOf(title),
    by: author,
  });
  const grant = { role: "contributor", site: "portal", section: "rif" } as const;
  invite(membership, { name: "Invited", grant, by: null });
  const invitation = membership.invitations.open()[0]?.id ?? "";
  const names = {
    text: text.id,
    account: author,
    invitation,
    token: "A".repeat(43),
    passkey: "AAAA",
    picture: once,
    incident: once,
    order: "freeze",
    rule: once,
    question: once,
    finding: "none",
    file: "none.js",
    kind: "sections",
    site: "portal",
    key: "rif",
  };
  const actors = [
    await nobody(studio),
    ...(await Promise.all(everybody().map((who) => signedIn(studio, who)))),
  ];
  return {
    studio,
    actors,
    address: (route) =>
      route.replace(/^\w+ /, "").replaceAll(/:(\w+)/g, (_, name: keyof typeof names) => names[name]),
    [Symbol.asyncDispose]: () => studio[Symbol.asyncDispose](),
  };
}

function everybody(): RoleAt[] {
  return places.flatMap(({ site, section }) => roles.map((role) => ({ role, site, section })));
}

async function nobody({ origin }: NewsroomStudio): Promise<Actor> {
  return { name: "nobody", id: undefined, grants: [], visitor: await Visitor.at(origin) };
}

async function signedIn({ newsroom, origin }: NewsroomStudio, grant: RoleAt): Promise<Actor> {
  const name = `${grant.role} of ${grant.section ?? grant.site ?? "everything"}`;
  const { id } = newsroom.people.addAccount(name);
  newsroom.people.grant({ account: id, ...grant });
  const visitor = await Visitor.at(origin);
  const browser = browserKind(new Request(origin, { headers: { "user-agent": firefox } }));
  visitor.cookies.set("kasbah", newsroom.membership.sessions.begin(id, browser));
  return { name, id, grants: [grant], visitor };
}

function isAllowed(who: Who, { id, grants }: Actor): boolean {
  if (who === "everyone" || id === undefined) return who === "everyone";
  if (who === "signed in") return true;
  const [act, where] = who;
  const may = mayWith(id, grants);
  const here = { site: "portal", section: "rif", by: "somebody else" };
  if (where === "here") return may(act, here);
  if (where === "start here") return may(act, { ...here, by: id });
  if (where === "on the site") return may(act, { site: "portal", section: null });
  if (where === "here and there") return may(act, here) && may(act, { ...here, section: "sport" });
  return may(act, where);
}

async function knock({ visitor }: Actor, address: string, { route, fields }: Row): Promise<Response> {
  return route.startsWith("GET ") ? await visitor.get(address) : await visitor.post(address, fields);
}

/** Not signed in, or without the right; also where the thing isn't to be known of, or what was sent can't be meant. */
function turnedAway(response: Response): boolean {
  return isOut(response) || [404, 422].includes(response.status);
}

function isOut({ status, headers }: Response): boolean {
  return status === 401 || status === 403 || headers.get("location")?.startsWith("/sign-in?to=") === true;
}

/** Whoever may not read the text finds its title nowhere. */
async function readUnlessEndless(response: Response, { id, grants }: Actor): Promise<void> {
  if (response.headers.get("content-type")?.startsWith("text/event-stream") === true) {
    await response.body?.cancel();
    return;
  }
  const said = await response.text();
  const mayRead = id !== undefined && mayWith(id, grants)("read", { site: "portal", section: "rif" });
  if (!mayRead) expect(said).not.toContain(title);
}

/** Everything that nobody without a right may change. */
function stateOf({ newsroom: { database } }: NewsroomStudio): string {
  const tables = [
    "piece",
    "text",
    "revision",
    "revision_body",
    "correction",
    "piece_tag",
    "piece_byline",
    "tag",
  ];
  const people = ["section", "byline", "account", "account_grant", "passkey", "invitation"];
  const rows = [...tables, ...people].map((name) => database.query(`SELECT * FROM ${name}`).all());
  return sha256(JSON.stringify(rows));
}

test("every route of every feature stands in the table, and nothing else does", async () => {
  await using studio = await openNewsroomStudio({ origin: { url: nowhere } });
  const known = new Set(table.map(({ route }) => route));
  const routes = studio.routes.map(({ method, path }) => `${method} ${generic(path)}`);
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !routes.includes(route))).toEqual([]);
});

/** The names of assets change with their contents. */
function generic(path: string): string {
  return path.replace(/^\/_kasbah\/assets\/.*$/, "/_kasbah/assets/:file");
}

describe("only who may gets in", () => {
  test.each(table.map((row) => [`${row.route} ${row.case ?? ""}`.trim(), row] as const))(
    "%s",
    async (_, row) => {
      await using scene = await openScene();
      const { studio, actors } = scene;
      const address = scene.address(row.route);
      const before = stateOf(studio);
      const [allowed, others] = [true, false].map((may) =>
        actors.filter((actor) => isAllowed(row.who, actor) === may),
      );
      for (const actor of others ?? []) {
        const response = await knock(actor, address, row);
        expect([actor.name, response.status, turnedAway(response)]).toEqual([
          actor.name,
          response.status,
          true,
        ]);
        expect(await response.text()).not.toContain(title);
      }
      expect(stateOf(studio)).toBe(before);
      for (const actor of allowed ?? []) {
        const response = await knock(actor, address, row);
        expect([actor.name, response.status, isOut(response)]).toEqual([actor.name, response.status, false]);
        if (row.shows === true) expect(response.status).toBe(200);
        await readUnlessEndless(response, actor);
      }
    },
  );
});
