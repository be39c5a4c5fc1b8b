/** What attackers do to a page: whole defacements put in its place or into it, and partial ones. */
import { below, type Random } from "../src/base/random.ts";
import {
  append,
  type Element,
  PageTree,
  prepend,
  setAttribute,
  setInner,
  setText,
  textOf,
} from "./defacement-tree.ts";
import { pick } from "./defacement-living.ts";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: readonly (readonly [string, string])[];
}

/** `defaced`: a real defaced page, to be put somewhere. */
type Attack = (page: string, defaced: string, random: Random) => Answer;

function html(body: string, status = 200): Answer {
  return { status, type: "text/html; charset=utf-8", body };
}

function changed(change: (tree: PageTree, defaced: PageTree, random: Random) => void): Attack {
  return (page, defaced, random) => {
    const tree = new PageTree(page);
    change(tree, new PageTree(defaced), random);
    return html(tree.html);
  };
}

/** The defaced page itself takes part in these. */
export const grafts: Readonly<Record<string, Attack>> = {
  "the whole page": (_, defaced) => html(defaced),
  "the body within its head": changed((tree, defaced) => {
    setInner(tree.body, innerOf(defaced.body));
  }),
  "the main part within its frame": changed((tree, defaced) => {
    setInner(tree.main, innerOf(defaced.body));
    retitle(
      tree,
      textOf(defaced.all("title")[0] ?? defaced.body)
        .trim()
        .slice(0, 60) || "…",
    );
  }),
  "before everything else": changed((tree, defaced) => {
    prepend(
      tree.body,
      `<div style="position:fixed;inset:0;z-index:99999;background:#000">${innerOf(defaced.body)}</div>`,
    );
    retitle(
      tree,
      textOf(defaced.all("title")[0] ?? defaced.body)
        .trim()
        .slice(0, 60) || "…",
    );
  }),
  "as plain text": (_, defaced) => ({
    status: 200,
    type: "text/plain",
    body: textOf(new PageTree(defaced).body),
  }),
  "as an error page": (_, defaced) => html(defaced, 503),
};

function innerOf(element: Element): string {
  const tree = new PageTree("");
  tree.body.childNodes = element.childNodes;
  return /<body>([\s\S]*)<\/body>/.exec(tree.html)?.[1] ?? "";
}

function retitle(tree: PageTree, title: string): void {
  const [old] = tree.all("title");
  if (old === undefined) append(tree.head, "<title></title>");
  const [now] = tree.all("title");
  if (now !== undefined) setText(now, title);
}

const claims: readonly string[] = [
  "Hacked by GhostOfAtlas",
  "H4cK3d By Dz_Falcon",
  "Piraté par l’Équipe Noire",
  "تم اختراق الموقع من طرف فرسان الصحراء",
  "Hackeado por Sombra",
  "Diretas oleh Garuda Team",
  "Bozkurt tarafından hacklendi",
  "0wned by nobody",
];

const evil = "cdn-metrics.evil.example";

/** Made by us: no defaced page is needed. */
export const partials: Readonly<Record<string, (page: string, random: Random) => Answer>> = {
  title: partial((tree, random) => {
    retitle(tree, pick(random, claims));
  }),
  "main headline and title": partial((tree, random) => {
    const claim = pick(random, claims);
    retitle(tree, claim);
    const [heading] = tree.all("h1", "h2");
    if (heading === undefined) prepend(tree.main, `<h1>${claim}</h1>`);
    else setText(heading, claim);
  }),
  "a script of a foreign host": partial((tree) => {
    append(tree.head, `<script src="https://${evil}/t.js"></script>`);
  }),
  "a script of a public library host": partial((tree) => {
    append(tree.head, `<script src="https://cdn.jsdelivr.net/gh/nobody/x@1/a.js"></script>`);
  }),
  "an overlay by script": partial((tree) => {
    append(tree.body, `<script>document.documentElement.innerHTML=atob("PGgxPmhpPC9oMT4=")</script>`);
  }),
  "a redirect by script": partial((tree) => {
    append(tree.head, `<script>location.replace("https://${evil}/")</script>`);
  }),
  "a handler": partial((tree) => {
    setAttribute(tree.body, "onload", `document.body.innerHTML='<img src=//${evil}/f.gif>'`);
  }),
  "an iframe": partial((tree) => {
    append(
      tree.body,
      `<iframe src="https://${evil}/p" style="position:fixed;inset:0;width:100%;height:100%"></iframe>`,
    );
  }),
  "an iframe of its own": partial((tree) => {
    append(tree.body, `<iframe src="/wp-content/uploads/x.html" width="100%" height="2000"></iframe>`);
  }),
  "a style that hides the page": partial((tree) => {
    append(tree.head, `<style>body>*{display:none!important}body:before{content:"we were here"}</style>`);
  }),
  "a picture over everything": partial((tree) => {
    prepend(
      tree.body,
      `<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999"><img src="/wp-content/uploads/2026/11/x.jpg" width="100%"></div>`,
    );
  }),
  "a meta refresh": partial((tree) => {
    append(tree.head, `<meta http-equiv="refresh" content="0; url=https://${evil}/">`);
  }),
  "a base": partial((tree) => {
    prepend(tree.head, `<base href="https://${evil}/">`);
  }),
  "a password form": partial((tree) => {
    prepend(
      tree.main,
      `<form method="post" action="/login-check"><input name="u"><input type="password" name="p"></form>`,
    );
  }),
  "hidden links": partial((tree, random) => {
    const links = Array.from(
      { length: 30 },
      (_, at) => `<a href="https://casino-${below(random, 999)}-${at}.example/">online casino</a>`,
    );
    append(tree.body, `<div style="display:none">${links.join(" ")}</div>`);
  }),
  "keywords of a shop": partial((tree) => {
    retitle(tree, "スーパーコピー 激安 通販専門店");
    setInner(
      tree.main,
      "<h1>スーパーコピー時計 激安通販</h1><p>ブランド 偽物 通販 激安 人気 品質保証 送料無料 新作 財布 バッグ 時計 専門店</p>".repeat(
        10,
      ),
    );
  }),
  "a black page": () => html(`<html><body bgcolor="black"></body></html>`),
  "86 bytes": () => html(`<html><head><title></title></head><body><center>:)</center></body></html>\n\n\n\n`),
  "one picture": () => html(`<img src="/wp-content/uploads/2026/11/flag.png">`),
  "an SVG": () => ({
    status: 200,
    type: "image/svg+xml",
    body: `<svg xmlns="http://www.w3.org/2000/svg"><text>hi</text></svg>`,
  }),
  "a redirect": () => ({
    status: 302,
    type: "text/html",
    body: "",
    headers: [["location", `https://${evil}/`]],
  }),
  "an installer": () =>
    html(
      `<html><head><title>WordPress › Installation</title></head><body><h1>Welcome</h1><p>Welcome to the famous five-minute WordPress installation process!</p><form method="post" action="install.php?step=2"><input type="password" name="p"></form></body></html>`,
    ),
  "a directory listing": () =>
    html(
      `<html><head><title>Index of /</title></head><body><h1>Index of /</h1><pre><a href="wp-admin/">wp-admin/</a></pre></body></html>`,
    ),
  "a database's error": () =>
    html(
      `<html><head><title>Erreur de base de données</title></head><body><h1>Erreur lors de la connexion à la base de données</h1></body></html>`,
    ),
  "a program's error": () =>
    html(
      `<br /><b>Fatal error</b>: Uncaught Error: Call to undefined function x() in /var/www/html/index.php:17 Stack trace: #0 {main} thrown in <b>/var/www/html/index.php</b> on line <b>17</b><br />`,
    ),
  "a suspended account": () =>
    html(
      `<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p></body></html>`,
    ),
};

function partial(change: (tree: PageTree, random: Random) => void): (page: string, random: Random) => Answer {
  return (page, random) => {
    const tree = new PageTree(page);
    change(tree, random);
    return html(tree.html);
  };
}
