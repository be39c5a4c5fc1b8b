// Text pages of the protected site's answers: made once, and never refused for good because one attempt failed.
import { expect, test } from "bun:test";
import { AnswerForms } from "../cache/answer-forms.ts";
import { Lite } from "./lite.ts";

test("a text that could not be made once is made for whoever asks next", async () => {
  const lite = new Lite();
  const of = {};
  const forms = new AnswerForms({ status: 200, headers: [], body: new Uint8Array(), provenance: "judged" });
  const damaged = async (): Promise<AnswerForms> => await Promise.reject(new Error("damaged"));
  const failing = [lite.ofCopy(of, "load", damaged), lite.ofCopy(of, "load", damaged)];
  const outcomes = await Promise.allSettled(failing);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await lite.ofCopy(of, "load", async () => forms)).toBe(forms);
  expect(await lite.ofCopy(of, "load", damaged)).toBe(forms);
});
