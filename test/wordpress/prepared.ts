/** A WordPress that is installed and filled, made once for all tests and kept below node_modules/.cache until what it is made of changes. */
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { below, type Random, seededRandom } from "../../src/base/random.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type Article, asBlocks, film, languages, reportsOnHacking, writeArticle } from "./content.ts";
import type { Writing } from "./editors.ts";
import { packagedSite, programPath, startMariadb } from "./machinery.ts";

/** Its public name, unless a test gives it another. */
export const firstHome = "http://news.example";
export const siteName = "Fédération des Ateliers";
export const admin = { name: "direction", password: "kasbah-test-direction" } as const;
export const editor = { name: "redaction", password: "kasbah-test-redaction" } as const;

const keptBelow = resolve(import.meta.dir, "../../node_modules/.cache/kasbah-wordpress");
const topics = ["Économie", "Territoires", "Formation", "Sécurité"];
const seedArticles = 20;
/** What of this folder it is made of. */
const madeOf = /^(content|php|plugin|theme)\/|^(content|prepared)\.ts$/;

/** A folder with `site/` and `database/`, to be copied. */
export async function preparedWordpress(): Promise<string> {
  const kept = join(keptBelow, await fingerprint());
  if (existsSync(kept)) return kept;
  await using place = temporaryFolder("memory");
  await prepare(place.path);
  await mkdir(keptBelow, { recursive: true });
  const half = `${kept}.${process.pid}`;
  for (const part of ["site", "database"]) await cp(join(place.path, part), join(half, part), copying);
  // Another run may have been faster.
  await rename(half, kept).catch(() => rm(half, { recursive: true }));
  return kept;
}

/** Links lead to the system's own scripts and styles. */
export const copying = { recursive: true, verbatimSymlinks: true } as const;

async function fingerprint(): Promise<string> {
  const files = [...new Bun.Glob("**/*").scanSync(import.meta.dir)].filter((file) => madeOf.test(file));
  const hash = new Bun.CryptoHasher("sha256");
  for (const file of files.sort()) hash.update(await readFile(join(import.meta.dir, file)));
  hash.update(await readFile(join(packagedSite, "wp-includes", "version.php")));
  return hash.digest("hex").slice(0, 16);
}

async function prepare(folder: string): Promise<void> {
  const site = join(folder, "site");
  await mkdir(join(folder, "database"));
  await cp(packagedSite, site, copying);
  for (const [own, packaged] of [
    ["plugin", "plugins"],
    ["theme", "themes"],
  ] as const) {
    await cp(join(import.meta.dir, own), join(site, "wp-content", packaged), copying);
  }
  await writeConfig(site, folder);
  const database = await startMariadb(folder);
  await runPhp(["-r", createDatabase, join(folder, "mariadb.sock")], "");
  await runPhp([join(import.meta.dir, "php", "seed.php"), site], JSON.stringify(seed()));
  await database.stop();
}

const createDatabase = `(new mysqli("localhost", "", "", "", 0, $argv[1]))->query("CREATE DATABASE wordpress CHARACTER SET utf8mb4");`;

async function runPhp(args: readonly string[], input: string): Promise<void> {
  const php = Bun.spawn([programPath("php"), ...args], {
    stdin: Buffer.from(input),
    stdout: "pipe",
    stderr: "pipe",
    timeout: 60_000,
  });
  const said = (await new Response(php.stdout).text()) + (await new Response(php.stderr).text());
  if ((await php.exited) !== 0 || said !== "") throw new Error(`preparing WordPress: ${said}`);
}

/** As the handbook says it has to be behind a proxy that ends TLS. */
export async function writeConfig(site: string, folder: string, tablePrefix = "wp_"): Promise<void> {
  const secrets = ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"].flatMap((name) => [
    `${name}_KEY`,
    `${name}_SALT`,
  ]);
  const constants = {
    DB_NAME: "wordpress",
    DB_USER: "wordpress",
    DB_PASSWORD: "",
    DB_HOST: `localhost:${join(folder, "mariadb.sock")}`,
    DB_CHARSET: "utf8mb4",
    ...Object.fromEntries(secrets.map((name) => [name, `a secret of tests for ${name}`])),
    FS_METHOD: "direct",
  };
  const lines = Object.entries(constants).map(([name, value]) => `define('${name}', '${value}');`);
  await writeFile(
    join(site, "wp-config.php"),
    `<?php
${lines.join("\n")}
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') $_SERVER['HTTPS'] = 'on';
$table_prefix = '${tablePrefix}';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`,
  );
}

function seed(): object {
  const random = seededRandom(22_11_2021);
  const written = Array.from({ length: seedArticles }, (_, at) =>
    writeArticle(random, languages[at % 3] ?? "fr"),
  );
  const articles = [...written, ...reportsOnHacking()].map((article, at) => filed(article, at, random));
  return { name: siteName, home: firstHome, admin, editor, articles, pages, menu };
}

/** Over the weeks before the days of the tests. */
function filed(article: Article, at: number, random: Random): Writing {
  const [month, day, minute] = [at < 20 ? "09" : "10", 1 + (at % 20), at].map((part) =>
    String(part).padStart(2, "0"),
  );
  return {
    ...article,
    content: at % 9 === 0 ? `${article.content}\n\n${film(at)}` : article.content,
    categories: topics.slice(at % 4, (at % 4) + 1),
    tags: [`dossier-${below(random, 3)}`],
    date: `2026-${month}-${day} 08:${minute}:00`,
  };
}

const pages = [
  [
    "La fédération",
    "Quarante ateliers et coopératives ont fondé la fédération en 1998. Elle parle pour eux, les forme et les conseille.",
  ],
  ["Contact", "On nous écrit à redaction@example.org, on nous trouve le mardi au 4, rue des Tanneurs."],
  ["Mentions légales", "Directrice de la publication : Salma Idrissi. Hébergement : nos propres machines."],
  [
    "من نحن",
    "تأسست الفيدرالية سنة 1998 على يد أربعين ورشة وتعاونية، وهي تتحدث باسمها وتكون أطرها وتقدم لها المشورة.",
  ],
  [
    "About us",
    "Forty workshops and cooperatives founded the federation in 1998. It speaks for them, trains and advises them.",
  ],
].map(([title = "", text = ""]) => ({ title, content: asBlocks([text]) }));

const menu = [
  ["Accueil", "/"],
  ["La fédération", "/la-federation/"],
  ["Économie", "/category/economie/"],
  ["Contact", "/contact/"],
];
