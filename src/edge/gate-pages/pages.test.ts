// The gates' pages as they are sent: what they say, how small they are, what their headers promise, and that nothing from outside becomes markup.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { hex } from "../../base/bytes.ts";
import { seedOf } from "../../decision/gates/ticket.ts";
import { interfaceLanguages } from "../../language/tags.ts";
import { hashSource } from "../plain-shell.ts";
import { type ChallengePage, challengeAnswer } from "./challenge-page.ts";
import type { GateAnswer } from "./gate-headers.ts";
import { readGateForm } from "./gate-form.ts";
import { gateWords } from "./languages.ts";
import { type RefusalPage, refusalAnswer } from "./refusal-page.ts";
import { refusalReasons } from "./refusal-reason.ts";
import { roughWait } from "./wait.ts";

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const ticket = "T".repeat(48);
const timed: ChallengePage = {
  language: "fr",
  ticket,
  effort: 0,
  waitS: 8,
  target: "/2011/07/marche/?p=7&lang=fr",
  sealed: undefined,
  siteName: "Mamfakinch",
  solver: "/_kasbah/gate/0123456789abcdef.js",
  tls: true,
};
const solving: ChallengePage = { ...timed, effort: 4 };
const sealed: ChallengePage = { ...solving, sealed: "c2VhbGVk" };
const refused: RefusalPage = {
  language: "fr",
  reason: "queue-full",
  wasSending: false,
  appealCode: "ABCD-EFGH-JKMN-PQRS",
  retryAfterS: 600,
  siteName: "Mamfakinch",
  tls: true,
};

const headersOf = (answer: GateAnswer): Headers => new Headers(answer.headers);
const page = (asked: ChallengePage): string => challengeAnswer(asked, browser).body;

/** Whatever can be asked of these pages, in every language. */
const everyAnswer = (accept: string): GateAnswer[] =>
  interfaceLanguages.flatMap((language) => [
    ...[timed, solving, sealed].map((asked) => challengeAnswer({ ...asked, language }, accept)),
    ...refusalReasons.map((reason) => refusalAnswer({ ...refused, language, reason }, accept)),
  ]);

describe("an answer", () => {
  test("is never kept, never listed, never a page that was asked for", () => {
    for (const accept of [browser, "*/*"]) {
      for (const answer of everyAnswer(accept)) {
        const headers = headersOf(answer);
        expect([503, 429]).toContain(answer.status);
        expect(headers.get("cache-control")).toBe("no-store");
        expect(headers.get("x-robots-tag")).toBe("noindex");
        expect(headers.get("vary")).toBe("accept, accept-language, cookie");
        expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
        expect(["ticket", "work", "refused"]).toContain(headers.get("kasbah-gate") ?? "");
        expect(headers.get("content-security-policy")).toStartWith("default-src 'none';");
        expect(headers.get("content-security-policy")).not.toContain("unsafe");
        expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
        expect(headers.get("x-content-type-options")).toBe("nosniff");
      }
    }
  });

  test("is small: a page with the longest address, and a line for machines", () => {
    const target = `/${"&".repeat(249)}`;
    for (const language of interfaceLanguages) {
      for (const asked of [timed, solving, { ...sealed, sealed: "" }]) {
        expect(Buffer.byteLength(page({ ...asked, language }))).toBeLessThan(6_000);
        expect(Buffer.byteLength(page({ ...asked, language, target }))).toBeLessThan(8_000);
      }
    }
    for (const { body, headers } of everyAnswer("*/*")) {
      expect(new Headers(headers).get("content-type")).toBe("text/plain; charset=utf-8");
      expect(Buffer.byteLength(body)).toBeLessThan(500);
      expect(body).not.toContain("<");
    }
  });

  test("leaves nothing to be filled in, and loads nothing", () => {
    for (const { body } of everyAnswer(browser)) {
      expect(body.replace(/<(style|script)[^>]*>.*?<\/\1>/gs, "")).not.toMatch(/[{}]|undefined|null/);
      expect(body).not.toMatch(/<(link|img|iframe|svg|object|embed)|url\(|@import|https?:/);
    }
  });

  test("has no style and no script but those that its policy names", () => {
    for (const answer of everyAnswer(browser)) {
      const policy = headersOf(answer).get("content-security-policy") ?? "";
      const inline = [...answer.body.matchAll(/<(?:style|script)[^>]*>(.*?)<\/(?:style|script)>/gs)];
      expect(inline.length).toBe(policy.includes("script-src") ? 2 : 1);
      for (const [, text = ""] of inline) expect(policy).toContain(hashSource(text));
      expect(answer.body).not.toMatch(/ (style|on\w+)=/);
    }
  });
});

describe("a waiting page", () => {
  test("comes back by itself, with its ticket in a cookie", () => {
    const headers = headersOf(challengeAnswer(timed, browser));
    expect(headers.get("refresh")).toBe("8; url=/2011/07/marche/?p=7&lang=fr");
    expect(headers.get("retry-after")).toBe("8");
    expect(headers.get("set-cookie")).toBe(
      `__Host-kasbah-ticket=${ticket}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure`,
    );
    expect(page(timed)).toContain('content="8; url=/2011/07/marche/?p=7&#38;lang=fr"');
    expect(headersOf(challengeAnswer({ ...timed, tls: false }, browser)).get("set-cookie")).toBe(
      `kasbah-ticket=${ticket}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax`,
    );
  });

  test("without effort has no script, and lets none run", () => {
    expect(page(timed)).not.toMatch(/<script|data-/);
    expect(headersOf(challengeAnswer(timed, browser)).get("content-security-policy")).not.toMatch(
      /script|worker/,
    );
    expect(headersOf(challengeAnswer(timed, browser)).get("kasbah-gate")).toBe("ticket");
    expect(headersOf(challengeAnswer(solving, browser)).get("kasbah-gate")).toBe("work");
    expect(page(solving)).toContain(
      `data-effort="4" data-seed="${hex(seedOf(ticket))}" data-solver="/_kasbah/gate/0123456789abcdef.js"`,
    );
  });

  test("says about how long, never less than it asks to wait, and comes back within a minute", () => {
    for (const [waitS, said, refresh] of [
      [0, "environ 5 secondes", "1"],
      [7.2, "environ 10 secondes", "8"],
      [58, "environ une minute", "58"],
      [300, "environ 5 minutes", "60"],
      [1e9, "environ 24 heures", "60"],
    ] as const) {
      const answer = challengeAnswer({ ...timed, waitS, target: "" }, browser);
      expect(answer.body).toContain(`dans ${said}.`);
      expect(answer.body).toContain(`<title>Attente\u202f: ${said} – `);
      expect(headersOf(answer).get("refresh")).toBe(refresh);
    }
  });

  test("counts in Arabic as one speaks", () => {
    const { about } = gateWords.ar;
    const said = [5, 20, 60, 120, 240, 660, 3_600, 7_200].map((seconds) => about(roughWait(seconds)));
    expect(said).toEqual([
      "نحو 5 ثوانٍ",
      "نحو 20 ثانية",
      "نحو دقيقة",
      "نحو دقيقتين",
      "نحو 4 دقائق",
      "نحو 11 دقيقة",
      "نحو ساعة",
      "نحو ساعتين",
    ]);
  });

  test("with a form keeps it, doesn't load itself anew, sets no cookie, and sends what the edge reads", () => {
    const answer = challengeAnswer(sealed, browser);
    for (const name of ["refresh", "set-cookie"]) expect(headersOf(answer).has(name)).toBe(false);
    expect(answer.body).not.toContain("http-equiv");
    // A program keeps what it sends, and has no page to keep a ticket in.
    const told = headersOf(challengeAnswer(sealed, "application/json"));
    expect([told.has("refresh"), told.has("set-cookie")]).toEqual([false, true]);
    const inputs = [...answer.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const sent = new URLSearchParams(inputs.map(([, name = "", value = ""]) => [name, value])).toString();
    expect(readGateForm(sent)).toEqual({ ticket, proof: undefined, sealed: "c2VhbGVk" });
  });

  test("lets the site itself lead elsewhere after a form", () => {
    expect(headersOf(challengeAnswer(sealed, browser)).get("content-security-policy")).not.toContain(
      "form-action",
    );
    expect(headersOf(challengeAnswer(sealed, browser)).get("referrer-policy")).toBe("same-origin");
  });
});

describe("a refusal", () => {
  test("gives its reason, when to come again, and a code in groups, left to right in any language", () => {
    for (const language of interfaceLanguages) {
      for (const appealCode of [
        "ABCDEFGHJKMNPQRS",
        "ABCD-EFGH-JKMN-PQRS",
        "ABCD EFGH <b>JKMN PQRS".replace("<b>", ""),
      ]) {
        const answer = refusalAnswer({ ...refused, language, appealCode }, browser);
        expect(answer.status).toBe(429);
        expect(answer.body).toContain(gateWords[language].reasons["queue-full"]);
        expect(answer.body).toContain('<code dir="ltr" translate="no">ABCD-EFGH-JKMN-PQRS</code>');
        expect(headersOf(answer).get("retry-after")).toBe("600");
        expect(headersOf(answer).has("refresh")).toBe(false);
      }
    }
    expect(refusalAnswer(refused, "*/*").body).toContain("ABCD-EFGH-JKMN-PQRS");
  });
});

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "//evil.example/",
        "/\\evil.example",
        '"',
        "'",
        "<script>",
        "</title>",
        "-->",
        "&quot;",
        "\r\n",
        "\t",
        " ",
        "; url=",
        "javascript:",
        "{ticket}",
        "{site}",
        "$&",
        "/",
        "%0a",
        "\u202e",
        "#",
        "@",
      ),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));

function elementsIn(node: Tree.Node): Tree.Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsIn) : [];
  return "attrs" in node ? [node, ...children] : children;
}

/** Names of elements, and of their attributes; but for the one that may be left out. */
function skeleton(html: string, scriptingEnabled: boolean): string[] {
  return elementsIn(parse(html, { scriptingEnabled })).map(({ nodeName, attrs }) =>
    [nodeName, ...attrs.map(({ name }) => name).filter((name) => name !== "action")].join(" "),
  );
}

function action(html: string): string | undefined {
  const form = elementsIn(parse(html)).find(({ nodeName }) => nodeName === "form");
  return form?.attrs.find(({ name }) => name === "action")?.value;
}

describe("whatever comes from outside", () => {
  test.each([true, false])("is text, where scripts run: %p", (scripts) => {
    const usual = skeleton(page(solving), scripts);
    fc.assert(
      fc.property(hostile, hostile, (siteName, target) => {
        expect(skeleton(page({ ...solving, siteName, target }), scripts)).toEqual(usual);
      }),
    );
  });

  test("leads back to this site, or nowhere; and no header breaks", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          hostile.map((text) => `/${text}`),
        ),
        (target) => {
          const answer = challengeAnswer({ ...timed, target }, browser);
          const [, , address = "/"] =
            /^(\d+)(?:; url=(.*))?$/.exec(headersOf(answer).get("refresh") ?? "") ?? [];
          for (const led of [address, action(answer.body) ?? "/"]) {
            expect(new URL(led, "https://site.example/a/b").origin).toBe("https://site.example");
            expect(["/", target]).toContain(led);
          }
        },
      ),
    );
  });

  test.each([
    "//evil.example/",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "",
    "a",
    "/a\r\nset-cookie: x=1",
    "/\t/evil.example",
  ])("%j is no address of ours", (target) => {
    const answer = challengeAnswer({ ...timed, target }, browser);
    expect(action(answer.body)).toBeUndefined();
    expect(headersOf(answer).get("refresh")).toBe("8");
  });
});

test("every language says everything", () => {
  const [first, ...others] = interfaceLanguages.map((language) => gateWords[language]);
  for (const words of others) expect(Object.keys(words)).toEqual(Object.keys(first ?? {}));
  for (const words of interfaceLanguages.map((language) => gateWords[language])) {
    for (const said of Object.values(words)) {
      if (typeof said === "string") expect(said).not.toMatch(/["<>&]|^$/);
    }
  }
});
