/** Pictures over the studio's real front door. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "node:net";
import { drawn, moving, openPictures, photographs } from "../../test/pictures.ts";
import { openStudio, personWho, type Studio, type StudioOptions } from "../../test/studio/studio.ts";
import { defaultConfig } from "../config/load.ts";
import { pictureRoutes } from "./routes.ts";

/** Each picture is cleaned by a process of its own, on a machine that may have other things to do. */
setDefaultTimeout(60_000);

interface Noted {
  readonly account: string;
  readonly act: string;
  readonly subject: string;
}

interface Place extends AsyncDisposable {
  readonly studio: Studio;
  readonly noted: readonly Noted[];
  send(body: Uint8Array<ArrayBuffer> | ReadableStream, type?: string): Promise<Response>;
}

function place(options: Partial<StudioOptions> = {}, fileBytesMax = 4 * 1024 * 1024): Place {
  const store = openPictures();
  const { media } = defaultConfig();
  const config = { media: { ...media, file_bytes_max: fileBytesMax } };
  const noted: Noted[] = [];
  const audit = { note: (deed: Noted) => void noted.push(deed) };
  const routes = pictureRoutes({ pictures: store.pictures, config, audit });
  const studio = openStudio({ routes, person: personWho(), ...options });
  return {
    studio,
    noted,
    send: (body, type = "application/octet-stream") =>
      fetch(`${studio.origin}/pictures`, {
        method: "POST",
        body,
        headers: { origin: studio.origin, "content-type": type, accept: "application/json" },
      }),
    async [Symbol.asyncDispose]() {
      await studio[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

describe("sending", () => {
  test("gives the picture's id and size; the studio shows it in the width that it asks for", async () => {
    await using there = place();
    const answer = await there.send(await drawn("png", 1_000, 500), "text/plain");
    expect(answer.status).toBe(201);
    const { id, width, height } = (await answer.json()) as Record<string, unknown>;
    expect([width, height]).toEqual([1_000, 500]);
    expect(there.noted).toEqual([{ account: "01AMINA", act: "picture.add", subject: String(id) }]);
    const sizes = [];
    for (const query of ["", "?width=481", "?width=9999", "?width=no"]) {
      const shown = await there.studio.get(`/pictures/${String(id)}${query}`);
      expect(shown.headers.get("content-type")).toBe("image/webp");
      expect(shown.headers.get("cache-control")).toStartWith("private");
      sizes.push((await shown.bytes()).length);
    }
    expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
    expect(sizes[1]).toBeLessThan(sizes[2] ?? 0);
  });

  test("says where an animation had to be left out", async () => {
    await using there = place();
    const answer = await there.send(await moving("gif", 2_100, 2_000, 6));
    expect(await answer.json()).toMatchObject({ note: expect.stringContaining("first image") });
  }, 20_000);
});

describe("what can't be taken has one clear answer, in the visitor's language", () => {
  test.each([
    ["en", 422, new Uint8Array(0), "empty"],
    ["fr", 415, new TextEncoder().encode("<svg onload=alert(1)>"), "dessin SVG"],
    ["ar", 415, new TextEncoder().encode("\0\0\0\x18ftypheic\0\0\0\0"), "الآيفون"],
    ["en", 422, new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "damaged"],
    ["en", 413, new Uint8Array(4 * 1024 * 1024 + 1).fill(0xff), "larger than 4 MB"],
  ] as const)("%s, %i", async (language, status, body, words) => {
    await using there = place({ language });
    const answer = await there.send(body);
    expect([answer.status, await errorOf(answer)]).toEqual([status, expect.stringContaining(words)]);
  });

  test("a body without a length stops at the limit", async () => {
    await using there = place({}, 64 * 1024);
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const answer = await there.send(endless).catch(() => undefined);
    expect([undefined, 413]).toContain(answer?.status);
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  test("too many at once: 503, with words and a time to come back; others have their places", async () => {
    await using there = place();
    const body = await drawn("png", 900, 900);
    const { host, port } = new URL(there.studio.origin);
    const head = `POST /pictures HTTP/1.1\r\nhost: ${host}\r\norigin: http://${host}\r\ncontent-length: 9\r\n\r\n`;
    const held = Array.from({ length: 2 }, () => connect(Number(port), "127.0.0.1"));
    for (const socket of held) socket.write(head);
    // Its answer says that the studio has both.
    await there.studio.get("/pictures/none");
    const busy = await there.send(body);
    expect(busy.status).toBe(503);
    expect(busy.headers.get("retry-after")).toBe("10");
    expect(await errorOf(busy)).toContain("Try again");
    there.studio.become(personWho(undefined, "01BRAHIM"));
    expect((await there.send(body)).status).toBe(201);
    for (const socket of held) socket.destroy();
  }, 30_000);

  test("a hundred at once from one person have one clear answer each", async () => {
    await using there = place();
    const body = await drawn("png", 300, 300);
    const answers = await Promise.all(Array.from({ length: 100 }, () => there.send(body)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toEqual(new Set([201, 503]));
  }, 60_000);
});

describe("who may", () => {
  test("send: somebody who writes somewhere; see: who sent it, and who may read everything", async () => {
    await using there = place({ person: personWho((act) => act === "read") });
    expect((await there.send(await drawn("png"))).status).toBe(403);
    there.studio.become(personWho());
    const { id } = (await (await there.send(await drawn("png"))).json()) as { id: string };
    there.studio.become(undefined);
    expect((await there.studio.get(`/pictures/${id}`)).status).toBe(303);
    const asks = async (mayRead: boolean, account?: string): Promise<number> => {
      there.studio.become(personWho(() => mayRead, account));
      return (await there.studio.get(`/pictures/${id}`)).status;
    };
    expect(await asks(false)).toBe(200);
    expect(await asks(true, "01BRAHIM")).toBe(200);
    expect(await asks(false, "01BRAHIM")).toBe(404);
    there.studio.become(personWho());
    expect((await there.studio.get("/pictures/01J9Z3K5Q8R2T4V6X8Z0B2D4F6")).status).toBe(404);
    expect((await there.studio.get("/pictures/..%2f..%2fnewsroom.sqlite")).status).toBe(404);
  });
});

test.skipIf(photographs.length === 0)(
  "photographs of a camera and a phone come in; HEIC doesn't",
  async () => {
    await using there = place();
    for (const { name, bytes } of photographs) {
      const { status } = await there.send(new Uint8Array(bytes));
      expect([name, status]).toEqual([name, name.endsWith(".heif") ? 415 : 201]);
    }
  },
);
