// Floods that are after the site behind: searches that cost it work, and passwords tried under cover of a flood.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Profile } from "../../../attacks/profile.ts";
import { expensiveEndpoint } from "../../../attacks/profiles/expensive-endpoint.ts";
import { signInCover } from "../../../attacks/profiles/sign-in-cover.ts";
import { eventually } from "../instance.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

const links = ["/march", "/marche", "/tizi"];
const front = `<!doctype html><title>portal</title>${links.map((path) => `<a href="${path}">${path}</a>`).join("")}`;
const page = (path: string): string => `<!doctype html><title>${path}</title>${"خبر ".repeat(2_000)}`;
/** What is passed on costs far more than a page from memory. */
const scale = { sources: 150, seconds: 5 };
/** Where nothing stands in its way a flood is as fast in its third second as in its fifth. */
const openScale = { ...scale, seconds: 3 };
const attacksMs = 40_000;

/** Requests, by sort. */
interface Came {
  pages: number;
  searches: number;
  forms: number;
  signIns: number;
}

const nothing: Readonly<Came> = { pages: 0, searches: 0, forms: 0, signIns: 0 };

/** Somebody else's software. */
class Origin implements Disposable {
  #came: Came = { ...nothing };
  readonly #server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => {
      const { pathname, search } = new URL(request.url);
      if (request.method === "POST") this.#came[pathname === "/wp-login.php" ? "signIns" : "forms"] += 1;
      else this.#came[search === "" ? "pages" : "searches"] += 1;
      const body = pathname === "/" ? front : page(pathname);
      return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
    },
  });

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  /** What came since this was asked last. */
  take(): Came {
    const came = this.#came;
    this.#came = { ...nothing };
    return came;
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }
}

const attacks = [
  { profile: expensiveEndpoint, sorts: ["searches", "forms"] },
  { profile: signInCover, sorts: ["signIns"] },
] as const;

const lifetimes = new AsyncDisposableStack();
const seen = new Map<Profile, { readonly attacked: Attacked; readonly came: Came }>();
/** The same one after the other, for a shorter time, on an instance whose defence is off. */
const undefended = new Map<Profile, Came>();

beforeAll(async () => {
  const [origin, other] = [lifetimes.use(new Origin()), lifetimes.use(new Origin())];
  const [house, open] = await Promise.all([
    House.open({ demo: false, args: ["--origin", origin.url] }),
    House.open({ demo: false, args: ["--origin", other.url], settings: '[decision]\nmode = "off"\n' }),
  ]);
  lifetimes.use(house);
  lifetimes.use(open);
  for (const { profile } of attacks) {
    await eventually("what waits of the flood before is through", async () => {
      const { status } = await house.instance.get("/");
      return status === 200 || undefined;
    });
    seen.set(profile, { attacked: await house.attack(profile, scale), came: origin.take() });
  }
  for (const { profile } of attacks) {
    await open.flood(profile, openScale);
    undefended.set(profile, other.take());
  }
}, startsWithinMs + attacksMs);
afterAll(() => lifetimes.disposeAsync());

describe.each(attacks)("$profile.name", ({ profile, sorts }) => {
  test("costs no reader a page", () => {
    const readers = seen.get(profile)?.attacked.readers;
    expect(readers?.flood.reads).toBeGreaterThan(100);
    expect(readers?.flood.wrong).toEqual({});
  });

  test.each([...sorts])(
    "of its %s at most three quarters reach the site behind, its first seconds included",
    (sort) => {
      const withoutPerS = (undefended.get(profile)?.[sort] ?? 0) / openScale.seconds;
      expect(withoutPerS).toBeGreaterThan(6);
      const perS = (seen.get(profile)?.came[sort] ?? Number.POSITIVE_INFINITY) / scale.seconds;
      expect(perS).toBeLessThanOrEqual(withoutPerS * 0.75);
    },
  );

  test("is met by a rule", () => {
    expect(seen.get(profile)?.attacked.defence?.first_rule_ms).toBeNumber();
  });
});
