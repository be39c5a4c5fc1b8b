/** Somebody else's site on a real port: pages that change by themselves, assets, traps, and whatever a test does to it. */

export type Answering = (request: Request, visit: number) => Response | Promise<Response>;

export interface LivingOrigin extends AsyncDisposable {
  readonly url: string;
  /** By path (and query, where one is given); what is not here answers 404. `visit` counts from 0. */
  readonly answers: Map<string, Answering>;
  /** Every request so far, as `path?query`. */
  readonly asked: { readonly address: string; readonly headers: Headers; readonly atMs: number }[];
  /** While set, it answers everything. */
  instead: Answering | undefined;
}

export function startLivingOrigin(): LivingOrigin {
  const answers = siteOfAFewPages();
  const asked: LivingOrigin["asked"] = [];
  const visits = new Map<string, number>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const address = pathname + search;
      const visit = visits.get(address) ?? 0;
      visits.set(address, visit + 1);
      asked.push({ address, headers: request.headers, atMs: performance.now() });
      const answer = origin.instead ?? answers.get(address) ?? answers.get(pathname) ?? notFound;
      return await answer(request, visit);
    },
  });
  const origin: LivingOrigin = {
    url: `http://127.0.0.1:${server.port}`,
    answers,
    asked,
    instead: undefined,
    async [Symbol.asyncDispose]() {
      await server.stop(true);
    },
  };
  return origin;
}

export interface PageParts {
  readonly title: string;
  readonly body: string;
  readonly language?: string;
  readonly head?: string;
}

/** `init`: with headers beyond those that every page has. */
export function html(
  { title, body, language = "fr", head = "" }: PageParts,
  init: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const text = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title} – La Place</title>
<link rel="stylesheet" href="/theme/style.css?ver=3"><script src="/theme/menu.js"></script>${head}</head>
<body><header><nav><a href="/">Accueil</a> <a href="/articles/">Articles</a> <a href="/a-propos/">À propos</a></nav></header>
<main><h1>${title}</h1>${body}</main>
<footer><p>La Place, journal de quartier</p><a href="/wp-login.php">Connexion</a></footer></body></html>`;
  const headers = { "content-type": "text/html; charset=utf-8", "set-cookie": "visit=1", ...init.headers };
  return new Response(text, { ...init, headers });
}

export const articleCount = 8;
export const article = (at: number): string => `/2021/11/article-${at}/`;

/** A paragraph that no other one is like. */
export function prose(at: number): string {
  const subjects = ["La mairie", "Le marché", "Une habitante", "Le collège", "L'hôpital", "Un collectif"];
  const deeds = ["ouvre", "discute", "reporte", "annonce", "défend", "raconte"];
  const things = ["un nouveau jardin", "la ligne de tramway", "le budget", "une fête", "les travaux"];
  return Array.from({ length: 12 }, (_, line) => {
    const pick = (list: readonly string[], by: number): string =>
      list[(at * by + line * 7) % list.length] ?? "";
    return `<p>${pick(subjects, 5)} ${pick(deeds, 3)} ${pick(things, 2)} (${at}.${line}).</p>`;
  }).join("");
}

function siteOfAFewPages(): Map<string, Answering> {
  const answers = new Map<string, Answering>();
  const links = Array.from({ length: articleCount }, (_, at) => `<a href="${article(at)}">Article ${at}</a>`);
  answers.set("/", (_, visit) =>
    html({
      title: "Accueil",
      body: `<img src="/logo.png" alt=""><p>Vu ${visit} fois</p>${links.slice(0, 3).join(" ")}`,
    }),
  );
  answers.set("/articles/", () => html({ title: "Articles", body: links.join(" ") }));
  answers.set("/a-propos/", () => html({ title: "À propos", body: prose(99) }));
  for (let at = 0; at < articleCount; at += 1)
    answers.set(article(at), (_, visit) =>
      html({ title: `Article ${at}`, body: `${prose(at)}<p>Lu ${visit} fois</p>` }),
    );
  const file =
    (type: string, text: string): Answering =>
    () =>
      new Response(text, { headers: { "content-type": type } });
  answers.set(
    "/theme/style.css",
    file("text/css", "@import 'print.css'; body { background: url(../fond.png) }"),
  );
  answers.set("/theme/print.css", file("text/css", "@media print { nav { display: none } }"));
  answers.set("/theme/menu.js", file("text/javascript", "document.body.classList.add('menu')"));
  answers.set("/logo.png", file("image/png", "\u0089PNG logo"));
  answers.set("/fond.png", file("image/png", "\u0089PNG fond"));
  return answers;
}

function notFound(): Response {
  return html({ title: "Page introuvable", body: "<p>Rien à cette adresse.</p>" }, { status: 404 });
}
