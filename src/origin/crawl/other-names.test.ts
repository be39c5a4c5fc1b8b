// By which names a front calls its site: its own under another name, never whoever it only links to.
import { expect, test } from "bun:test";
import { documentLimits, read } from "../../guard/reading/read.ts";
import { otherNames } from "./other-names.ts";

const known = new Set(["localhost", "asso.example"]);

function namesIn(body: string, headers: [string, string][] = [], status = 200): readonly string[] {
  const document = {
    status,
    headers: [["content-type", "text/html"] as const, ...headers],
    body: Buffer.from(`<!doctype html><title>Asso</title>${body}`),
    url: "http://localhost/",
    ownHosts: known,
  };
  const limits = { ...documentLimits, bytesMax: 100_000, msMax: 5_000, monotonicMs: () => 0 };
  return otherNames(read(document, limits), known);
}

const own = '<a href="/a">A</a> <a href="/b">B</a>';
const social =
  '<a href="https://facebook.example/asso">F</a><script src="https://connect.facebook.example/sdk.js"></script>';

test.each<[string, string, string[]]>([
  [
    "links and parts under another name",
    '<link rel=stylesheet href="https://cms.example/s.css"><a href="https://cms.example/a">A</a>',
    ["cms.example"],
  ],
  [
    "with a port",
    '<img src="http://10.0.0.1:8080/a.png"><a href="http://10.0.0.1:8080/a">A</a>',
    ["10.0.0.1:8080"],
  ],
  [
    "its form",
    `${own}<form method=post action="https://cms.example/s"></form><a href="https://cms.example/a">A</a>`,
    ["cms.example"],
  ],
  ["the same with www", `${own}<a href="https://www.asso.example/a">A</a>`, ["www.asso.example"]],
  [
    "every link under another name",
    '<a href="https://cms.example/a">A</a><a href="mailto:a@b.example">M</a>',
    ["cms.example"],
  ],
  ["other sites", own + social, []],
  ["pictures of others, not linked", `${own}<img src="https://cdn.example/a.png">`, []],
  ["nothing but itself", own, []],
])("%s", (_, body, names) => {
  expect(namesIn(body)).toEqual(names);
});

test("where the front redirects to", () => {
  expect(namesIn("", [["location", "https://www.other.example/fr/"]], 301)).toEqual(["www.other.example"]);
  expect(namesIn("", [["location", "/fr/"]], 302)).toEqual([]);
});
