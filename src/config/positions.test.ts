/** Lines of keys and values, in every notation that TOML has. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { locate } from "./positions.ts";

const toml = `# a comment with = and [brackets]
top = 1
[site]           # line 3
name = """
two lines, [edge]
""" # line 4
languages = [
  "ar", # line 8
  'f"r',
]
[site.portal]
hosts = ["a", "b"]

[edge]
'tls' = "files" # line 15
"w\\u006frkers" = 3
limits.body.max = 4
nested = { a = 1, "b.c" = { d = [1, { e = 2 }] } }
text = 'it # is = no comment'
after = 20

[[geo.overrides]]
network = "192.0.2.0/24"
[[geo.overrides]]
country = "MA" # line 25
[geo.overrides.more]
deep = 1
`;

test.each([
  [["top"], 2],
  [["site"], 3],
  [["site", "name"], 4],
  [["site", "languages"], 7],
  [["site", "languages", 0], 8],
  [["site", "languages", 1], 9],
  [["site", "portal"], 11],
  [["site", "portal", "hosts", 1], 12],
  [["edge", "tls"], 15],
  [["edge", "workers"], 16],
  [["edge", "limits", "body", "max"], 17],
  [["edge", "nested", "b.c", "d", 1, "e"], 18],
  [["edge", "after"], 20],
  [["geo", "overrides", 0, "network"], 23],
  [["geo", "overrides", 1], 24],
  [["geo", "overrides", 1, "country"], 25],
  [["geo", "overrides", 1, "more", "deep"], 27],
  [["edge", "missing"], 14],
  [["missing"], 1],
])("%j stands on line %d", (path, line) => {
  expect(locate(toml).lineOf(path)).toBe(line);
});

test("ends on any text", () => {
  const pieces = fc.constantFrom(
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "#",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\n",
    "a",
    " ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      locate(parts.join(""));
    }),
  );
});
