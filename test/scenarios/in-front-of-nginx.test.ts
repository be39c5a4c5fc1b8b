// In front of an existing site: `kasbah up --origin` before a real nginx, and what a reader and an operator see when it goes away.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { rawRequest } from "../edge/raw-http.ts";
import { type RawOrigin, startRawOrigin } from "../edge/raw-origin.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { eventually, type Instance, startInstance } from "./instance.ts";

const nginxPath = Bun.which("nginx") ?? "/usr/sbin/nginx";
const page = `<!doctype html><title>Rif</title><p>${"The march went on. ".repeat(400)}</p>`;
const film = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => at % 251));

interface Nginx extends AsyncDisposable {
  readonly url: string;
}

const folder = temporaryFolder();
let nginx: Nginx;
let echo: RawOrigin;
let kasbah: Instance;

const present = existsSync(nginxPath);

beforeAll(async () => {
  if (!present) return;
  echo = await startRawOrigin((socket, head, body) => {
    const text = head + body;
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`, "latin1");
  });
  nginx = await startNginx(folder.path, echo.port);
  kasbah = await startInstance({ demo: true, args: ["--origin", nginx.url] });
}, 60_000);

afterAll(async () => {
  await kasbah?.[Symbol.asyncDispose]();
  await nginx?.[Symbol.asyncDispose]();
  await echo?.[Symbol.asyncDispose]();
  await folder.remove();
});

test.skipIf(!present)(
  "readers get nginx's pages, in the coding that they take, in parts, and 304",
  async () => {
    const plain = await kasbah.get("/page.html", { headers: { "accept-encoding": "identity" } });
    expect([plain.status, await plain.text()]).toEqual([200, page]);
    expect(plain.headers.get("via")).toBe("1.1 kasbah");
    const etag = plain.headers.get("etag") ?? "";
    const same = await kasbah.get("/page.html", {
      headers: { "if-none-match": etag, "accept-encoding": "identity" },
    });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    const coded = await rawRequest(
      Number(new URL(kasbah.edge).port),
      "GET /page.html HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
    );
    expect(coded.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(Buffer.from(unchunked(coded.body), "latin1")).toString()).toBe(page);
    const part = await kasbah.get("/film", {
      headers: { range: "bytes=1000000-1000009", "accept-encoding": "identity" },
    });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 1000000-1000009/3000000"]);
    expect(Buffer.from(await part.bytes()).equals(film.subarray(1_000_000, 1_000_010))).toBe(true);
    const whole = await kasbah.get("/film");
    expect(film.equals(await whole.bytes())).toBe(true);
    expect((await kasbah.get("/nowhere")).status).toBe(404);
    const redirect = await kasbah.get("/folder");
    expect([redirect.status, redirect.headers.get("location")]).toEqual([301, "http://localhost/folder/"]);
  },
);

test.skipIf(!present)("a form arrives byte for byte, with the client's address as we saw it", async () => {
  const body = "name=%D9%85&text=a+b";
  const answer = await fetch(`${kasbah.edge}/echo/a%2Fb?c=%2F`, {
    method: "POST",
    headers: {
      host: "localhost",
      "content-type": "application/x-www-form-urlencoded",
      "x-forwarded-for": "9.9.9.9",
    },
    body,
  });
  const heard = await answer.text();
  expect(heard).toStartWith("POST /echo/a%2Fb?c=%2F HTTP/1.1\r\n");
  expect(heard).toContain("x-forwarded-for: 127.0.0.1\r\n");
  expect(heard).not.toContain("9.9.9.9");
  expect(heard).toEndWith(`\r\n\r\n${body}`);
});

test.skipIf(!present)("the blog and /_kasbah/ stay ours; the operator's tools know the origin", async () => {
  expect((await kasbah.get("/", { host: "blog.localhost" })).headers.get("via")).toBeNull();
  expect(await (await kasbah.get("/_kasbah/health")).json()).toMatchObject({
    status: "ok",
    service: "normal",
  });
  await Bun.write(join(kasbah.data, "..", "kasbah.toml"), `[origin]\nurl = "${nginx.url}"\n`);
  const { stdout } = await kasbah.kasbah("doctor");
  expect(stdout).toContain(`${nginx.url} answers (status 200`);
});

test.skipIf(!present)(
  "nginx goes away: 502 in words, signed, in the reader's language, and what is ours goes on",
  async () => {
    await nginx[Symbol.asyncDispose]();
    const answer = await eventually("a 502", async () => {
      const one = await kasbah.get("/fr/page.html");
      return one.status === 502 ? one : undefined;
    });
    expect(await answer.text()).toContain("Le serveur de cette page a un problème");
    expect((await kasbah.get("/", { host: "blog.localhost" })).status).toBe(200);
    expect((await kasbah.kasbah("doctor")).stdout).toMatch(/WRONG +origin +.* does not answer/);
    nginx = await startNginx(folder.path, echo.port, Number(new URL(nginx.url).port));
    expect((await kasbah.get("/page.html")).status).toBe(200);
  },
);

test("a wrong --origin is one line and exit code 2, before anything starts", async () => {
  const { kasbah: run } = await import("../cli.ts");
  const nowhere = ["--data", join(folder.path, "unused"), "--config", join(folder.path, "none.toml")];
  await Bun.write(join(folder.path, "none.toml"), "");
  for (const url of ["nginx", "http://127.0.0.1:9000/blog", "ftp://127.0.0.1", "http://127.0.0.1:8080", ""]) {
    const { exitCode, stderr } = await run("up", "--origin", url, ...nowhere);
    expect([url, exitCode, stderr.split("\n").length]).toEqual([url, 2, 2]);
    expect(stderr).toContain("--origin");
  }
});

async function startNginx(place: string, echoPort: number, wanted = freePort()): Promise<Nginx> {
  const root = join(place, "site");
  mkdirSync(join(root, "folder"), { recursive: true });
  writeFileSync(join(root, "index.html"), "<h1>the old site</h1>");
  writeFileSync(join(root, "page.html"), page);
  writeFileSync(join(root, "film"), film);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${place}/${name};`,
  );
  writeFileSync(
    join(place, "nginx.conf"),
    // Its workers would become nobody, who can't read this folder.
    `${process.getuid?.() === 0 ? "user root; " : ""}worker_processes 1; daemon off; pid ${place}/nginx.pid; error_log ${place}/error.log; events {}
     http { access_log off; default_type text/html; gzip on; gzip_proxied any; gzip_min_length 100; ${temporary.join(" ")}
       server { listen 127.0.0.1:${wanted}; root ${root}; port_in_redirect off;
         location /echo/ { proxy_pass http://127.0.0.1:${echoPort}; proxy_http_version 1.1; } } }`,
  );
  const child = Bun.spawn([nginxPath, "-c", join(place, "nginx.conf"), "-p", place], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  await eventually("nginx", async () => ((await listens(wanted)) ? true : undefined)).catch(() => {
    throw new Error(readFileSync(join(place, "error.log"), "utf8"));
  });
  return {
    url: `http://127.0.0.1:${wanted}`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGQUIT");
      await Promise.race([child.exited, Bun.sleep(2_000).then(() => child.kill("SIGKILL"))]);
    },
  };
}

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

async function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
  return await promise.finally(() => socket.destroy());
}

function unchunked(body: string): string {
  let text = "";
  for (let at = 0; ;) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.slice(at, end), 16);
    if (!(size > 0)) return text === "" ? body : text;
    text += body.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
}
