/** Every refusal of the studio: in words, in the visitor's language, for people and for scripts alike. */
import { expect, test } from "bun:test";
import { openStudio } from "../../test/studio/studio.ts";
import { interfaceLanguages } from "../language/tags.ts";
import { Refusal, type RefusalStatus } from "../web/answers.ts";
import { studioWords } from "../web/words/index.ts";

const statuses: readonly RefusalStatus[] = [400, 403, 404, 408, 409, 413, 415, 422, 503];
const routes = [
  {
    method: "GET",
    path: "/refuse/:status",
    access: "everyone",
    handle: ({ params }) => {
      throw new Refusal(statuses.find((each) => String(each) === params["status"]) ?? 404, "inner words");
    },
  },
  { method: "GET", path: "/closed", access: "signed in", handle: () => new Response() },
] as const satisfies Parameters<typeof openStudio>[0]["routes"];

test.each(interfaceLanguages)("in %s a page says what happened and what to do", async (language) => {
  await using studio = openStudio({ routes, language });
  for (const status of statuses) {
    const answer = await studio.get(`/refuse/${status}`);
    const text = await answer.text();
    const { title, what, todo } = studioWords(language).refusals[status];
    expect(answer.status).toBe(status);
    for (const words of [title, what, todo]) expect(text).toContain(words);
    expect(text).not.toContain("inner words");
  }
});

test.each(interfaceLanguages)("in %s a script is told the same", async (language) => {
  await using studio = openStudio({ routes, language });
  for (const [path, status] of [...statuses.map((each) => [`/refuse/${each}`, each]), ["/closed", 401]] as [
    string,
    RefusalStatus | 401,
  ][]) {
    const answer = await fetch(studio.origin + path, { headers: { accept: "application/json" } });
    const { what, todo } = studioWords(language).refusals[status];
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: `${what} ${todo}` });
  }
});
