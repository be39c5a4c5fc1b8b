/** kasbah.toml: what is right is taken, and each mistake is one line with its place and what is allowed. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import * as fc from "fast-check";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ConfigError } from "./config-error.ts";
import { kasbahToml } from "./kasbah-toml.ts";
import { defaultConfig, loadConfig, parseConfig } from "./load.ts";
import { settings } from "./settings.ts";
import { settingsMarkdown } from "./settings-page.ts";

/** The generated file with every setting put in force. */
const everySetting = kasbahToml().replaceAll(/^#(?=\w+ = )/gm, "");

test("an empty file, the generated one and one with every setting in force are the defaults", () => {
  for (const text of ["", kasbahToml(), everySetting]) {
    expect(parseConfig(text, "kasbah.toml")).toEqual(defaultConfig());
  }
  expect(everySetting.match(/^\w+ = /gm)).toHaveLength(
    Object.values(settings).flatMap((section) => Object.keys(section)).length,
  );
});

test("what is written is what holds, in its normal spelling", () => {
  const { site, edge, decision, geo, ...rest } = parseConfig(
    `
    [site]
    name = "مامفاكينش"
    portal.hosts = ["Example.ORG", "مثال.com"]
    [edge]
    listen = ["[::1]:0"]
    workers = 3
    [decision]
    allow = ["192.0.2.7", "2001:DB8::/32"]
    [[geo.overrides]]
    network = "127.10.0.0/16"
    country = "SA"
    asn = 64500`,
    "kasbah.toml",
  );
  expect(site.name).toBe("مامفاكينش");
  expect(rest["site.portal"].hosts).toEqual(["example.org", "xn--mgbh0fb.com"]);
  expect(edge).toMatchObject({ listen: ["[::1]:0"], workers: 3, http2: true });
  expect(decision.allow).toEqual(["192.0.2.7/32", "2001:db8::/32"]);
  expect(geo.overrides).toEqual([{ network: "127.10.0.0/16", country: "SA", asn: 64_500 }]);
});

describe("each mistake is one line", () => {
  test.each([
    ["site = 3", 1, "site is a section; write [site] and its settings below"],
    ["[[edge]]\nworkers = 1", 1, "edge is a section"],
    ["\n[egde]", 2, "there is no section [egde]; did you mean [edge]?"],
    ["[nonsense]", 1, "there is no section [nonsense]; there are site, site.portal"],
    ["[site.portl]", 1, "there is no section [site.portl]; did you mean [site.portal]?"],
    ["[constructor]", 1, "there is no section [constructor]"],
    ["workers = 3", 1, '"workers" stands outside its section; write it below [edge]'],
    ["[edge]\n\nworker = 3", 3, '[edge] has no setting "worker"; did you mean "workers"?'],
    ["[studio]\nnonsense = 3", 2, '[studio] has no setting "nonsense"; it has listen, hostname'],
    ["[studio]\n__proto__ = 3", 2, '[studio] has no setting "__proto__"'],
    ["site.nmae = 'x'", 1, '[site] has no setting "nmae"; did you mean "name"?'],
    ["[edge]\nworkers = 65", 2, "edge.workers is 65; it takes a whole number from 0 to 64"],
    [
      "[decision]\nreader_harm_max = 0.5",
      2,
      "decision.reader_harm_max is 0.5; it takes a number from 0.01 to 0.1",
    ],
    ["[edge]\nworkers = -1", 2, "edge.workers is -1; it takes"],
    ["[edge]\nworkers = 1.5", 2, "edge.workers is 1.5; it takes"],
    ["[edge]\nworkers = nan", 2, "edge.workers is NaN; it takes"],
    ["[edge]\nworkers = 99999999999999999999", 2, "edge.workers is 99999999999999999999; it takes"],
    ["[edge]\nworkers = '4'", 2, 'edge.workers is "4"; it takes'],
    ["[edge]\nworkers = 2011-07-31", 2, "edge.workers is a date; it takes"],
    ["[edge]\nhttp2 = 1", 2, "edge.http2 is 1; it takes true or false"],
    ["[edge]\ntls = 'fils'", 2, 'edge.tls is "fils"; it takes "off" or "files"'],
    ["[site]\nname = ''", 2, 'site.name is ""; it takes a text on one line'],
    ['[site]\nname = "a\\u0000b"', 2, "site.name is"],
    ["[site]\nname = ['x']", 2, "site.name is a list; it takes a text on one line"],
    [`[site]\nname = "${"x".repeat(2_000)}"`, 2, `site.name is "${"x".repeat(59)}…; it takes`],
    ["[site]\ntime_zone = 'Casablanca'", 2, 'site.time_zone is "Casablanca"; it takes an IANA time zone'],
    ["[site]\nlanguages = 'ar'", 2, 'site.languages is "ar"; it takes a list, like ["ar","fr","en"]'],
    ["[site]\nlanguages = [\n'ar',\n'xx']", 4, 'site.languages has "xx"; there it takes "ar"'],
    ["[site]\nlanguages = ['fr']", 1, 'site.default_language is "ar", which is not among site.languages'],
    ["[site]\nlanguages = ['ar', 'ar']", 2, "site.languages names a language twice"],
    [
      "[site.portal]\nhosts = ['https://a.org']",
      2,
      'site.portal.hosts has "https://a.org"; there it takes a host name',
    ],
    ["[site.portal]\nhosts = ['a.org:80']", 2, "there it takes a host name"],
    ["[site.portal]\nhosts = []", 2, "site.portal.hosts is empty"],
    ["[site.blog]\nhosts = ['localhost']", 2, '"localhost" is among the hosts of portal and blog'],
    ["[edge]\nlisten = ['8080']", 2, 'edge.listen has "8080"; there it takes an address with a port'],
    ["[edge]\nlisten = ['127.0.0.1:65536']", 2, "there it takes an address with a port"],
    ["[edge]\nlisten = []", 2, "edge.listen is empty"],
    [
      "[edge]\nlisten = ['127.0.0.1:9180']",
      1,
      "metrics.listen takes 127.0.0.1:9180, which is edge.listen's already",
    ],
    [
      "[edge]\nlisten = ['0.0.0.0:8090', '[::]:8090']",
      1,
      "studio.listen takes 127.0.0.1:8090, which is edge.listen's already",
    ],
    ["[edge]\nredirect_listen = ['0.0.0.0:80']", 2, 'leads to https, but edge.tls is "off"'],
    ["[edge]\nacme_webroot = '/nowhere'", 2, "edge.acme_webroot names /nowhere, which is not there"],
    ["[studio]\nlisten = '0.0.0.0:8090'", 2, "the studio listens on loopback only"],
    [
      "[origin]\nurl = '127.0.0.1:9000'",
      2,
      'origin.url is "127.0.0.1:9000"; it takes an http or https address without a path',
    ],
    ["[origin]\nurl = 'http://127.0.0.1:99999'", 2, "it takes an http or https address without a path"],
    ["[origin]\nurl = 'http://127.0.0.1:9000/blog'", 2, "it takes an http or https address without a path"],
    ["[origin]\nurl = 'http://a:b@127.0.0.1:9000'", 2, "it takes an http or https address without a path"],
    ["[origin]\nurl = 'http://127.0.0.1:8080/'", 2, "where the edge itself listens"],
    ["[origin]\nsecret = 'short'", 2, "origin.secret is too short"],
    ["[origin]\nsecret = '0123456789 abcdef'", 2, "origin.secret is too short, or has spaces"],
    ["[origin]\nsecret_header = 'cookie'", 2, "it takes the name of a header field of your own"],
    ["[origin]\nurl = 'http://10.0.0.5'\ntls_name = 'example.org'", 2, "where nothing is encrypted"],
    [
      "[studio]\nhostname = 'localhost'",
      2,
      'studio.hostname is "localhost", which is among site.portal.hosts; give the studio a name of its own',
    ],
    ["[studio]\nhostname = 'blog.localhost'", 2, "which is among site.blog.hosts"],
    [
      "[studio]\nhostname = 'studio.example.org'\nlisten = '127.0.0.1:0'",
      3,
      "studio.listen takes any free port, but studio.hostname leads there",
    ],
    ["[edge]\ntrusted_proxies = ['10.1.2.3/8']", 2, "there it takes a network"],
    [
      "[edge]\ntls = 'files'\ntls_key = 'package.json'",
      1,
      'edge.tls is "files", but edge.tls_certificate names none',
    ],
    ["[edge]\ntls_key = 'nowhere.pem'", 2, "nowhere.pem, which is not there"],
    [
      "[geo]\noverrides = [{ network = '10.0.0.0/8' }, 3]",
      2,
      "geo.overrides has 3; there it takes a table { network = …",
    ],
    ["[[geo.overrides]]\ncountry = 'SA'", 1, "geo.overrides has a table without network"],
    ["[[geo.overrides]]\nnetwork = '10.0.0.0/8'\ncontry = 'SA'", 3, 'geo.overrides has a field "contry"'],
    [
      "[[geo.overrides]]\nnetwork = '10.0.0.0/8'\nasn = -1",
      3,
      "geo.overrides has -1; there it takes a whole number",
    ],
    ["[edge", 1, "this is no TOML"],
    ["[edge]\nworkers = ", 2, "this is no TOML"],
    ["[edge]\nworkers = 1\nworkers = 2", 3, "this setting or section is written above already"],
    ["[edge]\nworkers = 1\n[edge]", 3, "this setting or section is written above already"],
  ])("%j", (text, line, expected) => {
    const [found, ...more] = linesOf(text);
    expect(found).toStartWith(`kasbah.toml:${line}: `);
    expect(found).toContain(expected);
    expect(found).not.toContain("\n");
    expect(more).toEqual([]);
  });

  test("nesting without end is no TOML either", () => {
    expect(linesOf(`x = ${"[".repeat(100_000)}`)).toEqual([expect.stringContaining("this is no TOML")]);
  });

  test("all are told, in the file's order, up to ten", () => {
    const mistakes = Array.from({ length: 13 }, (_, at) => `nonsense${at} = ${at}`);
    const lines = linesOf(`[edge]\n${mistakes.join("\n")}\n`);
    expect(lines).toHaveLength(11);
    expect(lines[9]).toStartWith("kasbah.toml:11: ");
    expect(lines[10]).toBe("kasbah.toml: and 3 more like these");
  });
});

describe("the file itself", () => {
  test("may be missing where nobody named it, and must be there where somebody did", () => {
    expect(loadConfig("/nonexistent/kasbah.toml", { mustExist: false })).toEqual(defaultConfig());
    expect(() => loadConfig("/nonexistent/kasbah.toml", { mustExist: true })).toThrow(
      "can't read the settings /nonexistent/kasbah.toml: there is no such file",
    );
  });

  test.each([
    ["larger than 1048576 bytes", Buffer.alloc(1024 * 1024 + 1, "#")],
    ["not UTF-8 text", Buffer.from([0xff, 0xfe])],
  ])("is refused where it is %s", async (what, content) => {
    await using folder = temporaryFolder();
    const file = join(folder.path, "kasbah.toml");
    await Bun.write(file, content);
    expect(() => loadConfig(file, { mustExist: false })).toThrow(
      `can't read the settings ${file}: it is ${what}`,
    );
    expect(() => loadConfig(folder.path, { mustExist: false })).toThrow("it is a folder");
  });

  test("names other files from where it lies", () => {
    const { edge } = parseConfig("[edge]\ntls_key = 'load.ts'", join(import.meta.dir, "kasbah.toml"));
    expect(edge.tls_key).toBe(join(import.meta.dir, "load.ts"));
  });
});

test("no mutation of the file makes the loader fail in any other way", () => {
  const snippets = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    '"',
    "'''",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "0",
    "-",
    "[[",
    "\u0000",
    "é",
    "__proto__",
  );
  const change = fc.record({
    at: fc.nat(everySetting.length),
    remove: fc.nat(40),
    insert: fc.array(snippets, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const mutated = changes.reduce(
        (text, { at, remove, insert }) => text.slice(0, at) + insert.join("") + text.slice(at + remove),
        everySetting,
      );
      for (const line of linesOf(mutated)) expect(line).toMatch(/^kasbah\.toml:( and|\d+: \S)/);
    }),
    { numRuns: 300 },
  );
});

test("docs/settings.md is what `bin/docs` writes", async () => {
  const page = await Bun.file(join(import.meta.dir, "../../docs/settings.md")).text();
  expect(page === settingsMarkdown()).toBe(true);
});

/** What is wrong with this text; none where it is right. */
function linesOf(text: string): readonly string[] {
  try {
    parseConfig(text, "kasbah.toml");
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.lines;
    throw thrown;
  }
}
