// Floods that are after the site behind: searches that cost it work, and passwords tried under cover of a flood.
import { beforeAll, describe, expect, test } from "bun:test";
import type { Profile } from "../../../attacks/profile.ts";
import { expensiveEndpoint } from "../../../attacks/profiles/expensive-endpoint.ts";
import { signInCover } from "../../../attacks/profiles/sign-in-cover.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

const links = ["/march", "/marche", "/tizi"];
const front = `<!doctype html><title>portal</title>${links.map((path) => `<a href="${path}">${path}</a>`).join("")}`;
const page = (path: string): string => `<!doctype html><title>${path}</title>${"خبر ".repeat(2_000)}`;
const attacksMs = 20_000;

/** Somebody else's software: what came to it, by sort. */
class Origin implements Disposable {
  readonly came = { pages: 0, searches: 0, forms: 0, signIns: 0 };
  readonly #server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => {
      const { pathname, search } = new URL(request.url);
      if (request.method === "POST") this.came[pathname === "/wp-login.php" ? "signIns" : "forms"] += 1;
      else this.came[search === "" ? "pages" : "searches"] += 1;
      const body = pathname === "/" ? front : page(pathname);
      return new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });
    },
  });

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }
}

interface Tried {
  readonly defended: Attacked;
  readonly came: Origin["came"];
  /** The same on an instance whose defence is off. */
  readonly undefended: Origin["came"];
}

async function tried(profile: Profile): Promise<Tried> {
  using origin = new Origin();
  using other = new Origin();
  await using house = await House.open({ args: ["--origin", origin.url] });
  await using open = await House.open({
    settings: '[decision]\nmode = "off"\n',
    args: ["--origin", other.url],
  });
  const [defended] = await Promise.all([house.attack(profile), open.flood(profile)]);
  return { defended, came: origin.came, undefended: other.came };
}

describe.each([
  [expensiveEndpoint, ["searches", "forms"]],
  [signInCover, ["signIns", "pages"]],
] as const)("$name", (profile, sorts) => {
  let seen: Tried;
  beforeAll(
    async () => {
      seen = await tried(profile);
    },
    2 * startsWithinMs + attacksMs,
  );

  test("costs no reader a page", () => {
    expect(seen.defended.readers.flood.reads).toBeGreaterThan(100);
    expect(seen.defended.readers.flood.wrong).toEqual({});
  });

  test.each(sorts)("of its %s less than half reach the site behind", (sort) => {
    expect(seen.undefended[sort]).toBeGreaterThan(30);
    expect(seen.came[sort] * 2).toBeLessThan(seen.undefended[sort]);
  });

  test("is met by a rule within a second", () => {
    expect(seen.defended.defence?.first_rule_ms).toBeLessThanOrEqual(1_000);
  });
});
