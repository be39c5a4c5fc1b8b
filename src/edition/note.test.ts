/** Signed notes and checkpoints: the specification's own example, and what is refused. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import { openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { signingKey } from "./keys.ts";
import { formatNoteKey, noteBytesMax, noteKey, openNote, parseNoteKey, signNote } from "./note.ts";

const exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const example = utf8(
  "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
);
const key = signingKey(new Uint8Array(32).fill(1));
const stranger = signingKey(new Uint8Array(32).fill(2));
const known = noteKey("kasbah.example/log", key.publicKey);

describe("the example of C2SP signed-note", () => {
  const parsed = parseNoteKey(exampleKey);

  test("opens with its key", () => {
    expect(openNote(example, parsed === undefined ? [] : [parsed])).toEqual({
      ok: true,
      text: "This is an example message.\n",
    });
  });

  test("its key is written as it was read", () => {
    expect(parsed === undefined ? "" : formatNoteKey(parsed)).toBe(exampleKey);
  });
});

test("a key whose id doesn't fit, of another type or without a name is none", () => {
  expect(parseNoteKey(exampleKey.replace("530d903a", "530d903b"))).toBeUndefined();
  expect(parseNoteKey(exampleKey.replace("Aek", "Bek"))).toBeUndefined();
  expect(parseNoteKey(exampleKey.replace("example.com/foo", ""))).toBeUndefined();
  expect(() => noteKey("a name+", key.publicKey)).toThrow("can't be the name");
});

test("signatures of strangers are passed over, a wrong one of a known key refuses the note", () => {
  const note = fromUtf8(signNote("hello\n", known.name, [key]));
  const others = fromUtf8(signNote("hello\n", "other.example", [stranger])).split("\n\n")[1] ?? "";
  expect(openNote(utf8(note + others), [known]).ok).toBe(true);
  expect(openNote(utf8(`hello\n\n${others}`), [known])).toEqual({
    ok: false,
    reason: "no known key has signed it",
  });
  const forged = fromUtf8(signNote("hellO\n", known.name, [key])).split("\n\n")[1] ?? "";
  expect(openNote(utf8(note + forged), [known])).toEqual({
    ok: false,
    reason: "the signature of kasbah.example/log is wrong",
  });
});

test("texts with control characters or without a final newline are not signed", () => {
  expect(() => signNote("a\tb\n", known.name, [key])).toThrow("can't be signed");
  expect(() => signNote("a", known.name, [key])).toThrow("can't be signed");
});

test("whatever bytes come, opening answers, and a changed note is refused", () => {
  const note = signNote("log\n5\nroot\n", known.name, [key]);
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Uint8Array.from(note);
      changed[at] = (changed[at] ?? 0) ^ flip;
      expect(openNote(changed, [known]).ok).toBe(false);
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !openNote(bytes, [known]).ok));
  expect(openNote(new Uint8Array(noteBytesMax + 1), [known]).ok).toBe(false);
});

describe("a checkpoint", () => {
  const head = { origin: known.name, size: 20_852_163, root: new Uint8Array(32).fill(9) };

  test("comes back as it was signed", () => {
    expect(openCheckpoint(signCheckpoint(head, [key]), known)).toEqual({ ok: true, checkpoint: head });
  });

  test("of another log is refused, though the same key signed it", () => {
    const text = `elsewhere.example\n5\n${"A".repeat(43)}=\n`;
    const opened = openCheckpoint(signNote(text, known.name, [key]), known);
    expect(opened).toEqual({ ok: false, reason: "belongs to the log elsewhere.example" });
  });

  test.each([
    ["leading zero", `${known.name}\n05\n${"A".repeat(43)}=\n`],
    ["no root", `${known.name}\n5\n`],
    ["a short root", `${known.name}\n5\nAAAA\n`],
    ["a size beyond counting", `${known.name}\n9999999999999999\n${"A".repeat(43)}=\n`],
  ])("with %s is none", (_, text) => {
    expect(openCheckpoint(signNote(text, known.name, [key]), known)).toEqual({
      ok: false,
      reason: "is not a checkpoint",
    });
  });
});
