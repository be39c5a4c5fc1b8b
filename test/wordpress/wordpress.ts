/**
 * A real WordPress for tests: Debian's, with its theme Twenty Twenty-One, on MariaDB, PHP-FPM and nginx, in a folder of its own and without
 * touching the system. In three languages, with a plugin, a logo, pictures, menus and comments; editors work on it, attackers deface it.
 */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../free-port.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type Attackers, attackersOf } from "./attackers.ts";
import { type Editors, editorsOf } from "./editors.ts";
import { startEntrance, startMariadb, startNginx, startPhp } from "./machinery.ts";
import { copying, firstHome, preparedWordpress, writeConfig } from "./prepared.ts";

export { hasWordpress } from "./machinery.ts";

export interface OriginRequest {
  /** When its answer was over; ms since 1970. */
  readonly at: number;
  readonly status: number;
  readonly method: string;
  /** Path and query. */
  readonly address: string;
}

/** What editors and attackers work with. */
export interface Machine {
  /** Its own address: `http://127.0.0.1:12345`. */
  readonly url: string;
  /** Its public name, which its links and redirects carry: `http://news.example`. */
  readonly home: string;
  /** Holds `site/`, the document root, `mariadb.sock`, and logs. */
  readonly folder: string;
  /** As it was before anybody touched it: `site/`. */
  readonly pristine: string;
  /** Runs PHP inside WordPress and gives what it returns: `php("return get_option($args['name']);", { name: "home" })`. */
  php(code: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Straight from the origin, asked by its public name; redirects are not followed. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Of its servers, without their children. */
  processIds(): readonly number[];
  /** Everything that it was asked for so far. */
  requests(): Promise<readonly OriginRequest[]>;
  /** Every page that PHP makes takes that much longer; 0: as fast as it can. */
  slow(ms: number): Promise<void>;
  /** Nothing listens any more. */
  stop(): Promise<void>;
  /** After stop(), on the same port. */
  start(): Promise<void>;
}

export type WordPress = Machine & Editors & Attackers & AsyncDisposable;

export interface WordPressOptions {
  /** `http://…`, without a path: how readers reach it. */
  readonly home?: string;
}

export async function startWordpress({ home = firstHome }: WordPressOptions = {}): Promise<WordPress> {
  const pristine = await preparedWordpress();
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(temporaryFolder("memory"));
  const site = join(folder, "site");
  for (const part of ["site", "database"]) await cp(join(pristine, part), join(folder, part), copying);
  await writeConfig(site, folder);
  const started = await Promise.all([startMariadb(folder), startPhp(folder), startEntrance(folder, site)]);
  for (const server of started) stack.defer(() => server.stop());
  const port = freePort();
  const php = (code: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    runInside(join(folder, "control.sock"), code, args);
  if (home !== firstHome) await php(rename, { from: firstHome, to: home });
  let nginx = await startNginx({ folder, site, port });
  stack.defer(() => nginx.stop());
  const url = `http://127.0.0.1:${port}`;
  const machine: Machine = {
    url,
    home,
    folder,
    pristine,
    php,
    get: (path, headers = {}) =>
      fetch(url + path, { redirect: "manual", headers: { ...headers, host: new URL(home).host } }),
    processIds: () => [...started, nginx].map(({ processId }) => processId),
    requests: async () => readRequests(await readFile(join(folder, "access.log"), "utf8")),
    slow: (ms) => writeFile(join(folder, "slow"), String(ms)),
    stop: () => nginx.stop(),
    async start() {
      nginx = await startNginx({ folder, site, port });
    },
  };
  const running = stack.move();
  return {
    ...machine,
    ...editorsOf(machine),
    ...attackersOf(machine),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** What moving a site to another name takes: options, menus, and addresses within texts. */
const rename = `
  global $wpdb;
  foreach (['options' => 'option_value', 'postmeta' => 'meta_value', 'posts' => 'post_content'] as $table => $column) {
    $where = $table === 'options' ? " WHERE option_name IN ('siteurl', 'home')" : ($table === 'postmeta' ? " WHERE meta_key = '_menu_item_url'" : '');
    $wpdb->query($wpdb->prepare("UPDATE $wpdb->prefix$table SET $column = REPLACE($column, %s, %s)$where", $args['from'], $args['to']));
  }`;

function readRequests(log: string): OriginRequest[] {
  return log
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const [seconds, status, method = "", address = ""] = line.split(" ");
      return { at: Number(seconds) * 1_000, status: Number(status), method, address };
    });
}

async function runInside(
  socket: string,
  code: string,
  args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const answer = await fetch("http://localhost/", {
    unix: socket,
    method: "POST",
    body: JSON.stringify({ code, args }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`PHP within WordPress: ${answer.status} ${text}`);
  return z.json().parse(JSON.parse(text));
}
