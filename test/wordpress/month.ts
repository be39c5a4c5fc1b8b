/**
 * A month of ordinary work on a site: what its editors do each day, repeatable from a seed. Four things a person may be asked about, because an
 * attacker could do the same: a plugin's update, a script from elsewhere, a redesign, and what a plugin's settings change on every page.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { below, type Random } from "../../src/base/random.ts";
import { film, type Language, languages, oneOf, writeArticle } from "./content.ts";
import type { Publication } from "./editors.ts";
import type { WordPress } from "./wordpress.ts";

export interface Deed {
  readonly what: string;
  /** Without what differs from day to day. */
  readonly kind: string;
  /** Somebody may be asked about it. */
  readonly mayAsk: boolean;
}

/** What a day left to be read. */
export interface Day {
  readonly number: number;
  readonly deeds: readonly Deed[];
  /** Written or changed on this day; with something that the page must show, as HTML. */
  readonly changed: readonly { path: string; shows: string }[];
}

interface Published extends Publication {
  readonly title: string;
  readonly language: Language;
  /** As it was last saved. */
  content: string;
}

interface Desk {
  readonly site: WordPress;
  readonly random: Random;
  /** Everything that was published in this month and is still there. */
  readonly published: Published[];
  readonly changed: { path: string; shows: string }[];
  readonly number: number;
}

/** On which day of the month what happens besides the daily work. */
const calendar: readonly {
  readonly day: number;
  readonly deed: Deed;
  readonly act: (desk: Desk) => Promise<void>;
}[] = [
  { day: 2, deed: ordinary("an article that stays on top"), act: (desk) => publish(desk, { sticky: true }) },
  { day: 3, deed: ordinary("a category"), act: (desk) => publish(desk, { categories: ["Énergie"] }) },
  {
    day: 4,
    deed: ordinary("a menu entry"),
    act: ({ site }) => site.addMenuEntry("Énergie", "/category/energie/"),
  },
  { day: 5, deed: ordinary("a film from the usual host"), act: (desk) => publish(desk, { more: film(500) }) },
  { day: 6, deed: ordinary("a widget"), act: ({ site }) => site.addWidget(widget) },
  { day: 7, deed: ordinary("an article for those who have the password"), act: withPassword },
  { day: 9, deed: ordinary("a scheduled article"), act: scheduled },
  { day: 11, deed: ordinary("a deleted article"), act: deleted },
  { day: 12, deed: ordinary("the site's motto"), act: async ({ site }) => void (await site.php(motto)) },
  { day: 14, deed: askable("a plugin's update"), act: updatePlugin },
  {
    day: 16,
    deed: ordinary("an article that no longer stays on top"),
    act: async ({ site }) => void (await site.php(unstick)),
  },
  { day: 17, deed: ordinary("a page, and a menu entry for it"), act: newPage },
  { day: 18, deed: askable("the theme's colours"), act: otherColours },
  { day: 20, deed: ordinary("a report about a defacement"), act: reportOnDefacement },
  { day: 22, deed: askable("a script from elsewhere"), act: statistics },
  { day: 24, deed: ordinary("a comment with a link"), act: commentWithLink },
  { day: 26, deed: askable("a redesign"), act: redesign },
  {
    day: 28,
    deed: ordinary("another menu entry"),
    act: ({ site }) => site.addMenuEntry("Formation", "/category/formation/"),
  },
];
export const monthDays = 30;

function ordinary(what: string, kind = what): Deed {
  return { what, kind, mayAsk: false };
}

function askable(what: string): Deed {
  return { what, kind: what, mayAsk: true };
}

export class Month {
  readonly #site: WordPress;
  readonly #random: Random;
  readonly #published: Published[] = [];

  constructor(site: WordPress, random: Random) {
    this.#site = site;
    this.#random = random;
  }

  /** Days are worked through in their order, from 1; some may be left out. */
  async day(number: number): Promise<Day> {
    const [site, random, published] = [this.#site, this.#random, this.#published];
    const desk: Desk = { site, random, published, changed: [], number };
    const special = calendar.filter(({ day }) => day === number);
    const articles = 4 + below(random, 5);
    for (let count = 0; count < articles; count += 1) await publish(desk, { withPicture: count === 0 });
    await correct(desk);
    for (let count = 3 + below(random, 4); count > 0; count -= 1) await comment(desk);
    for (const { act } of special) await act(desk);
    const daily = ordinary(`${articles} articles, a correction, comments`, "articles, corrections, comments");
    return { number, deeds: [daily, ...special.map(({ deed }) => deed)], changed: desk.changed };
  }
}

interface Kind {
  readonly sticky?: boolean;
  readonly categories?: readonly string[];
  readonly more?: string;
  readonly withPicture?: boolean;
}

async function publish(desk: Desk, { sticky, categories, more = "", withPicture }: Kind): Promise<void> {
  const { site, random, number } = desk;
  const article = writeArticle(random, oneOf(random, languages));
  const title = `${article.title} · ${number}.${desk.changed.length}`;
  const picture =
    withPicture === true ? (await site.uploadPicture(`jour-${number}`, 1_000 + number)).id : undefined;
  const content = `${article.content}\n\n${more}`;
  const publication = await site.publish({
    ...article,
    title,
    content,
    categories: categories ?? [oneOf(random, ["Économie", "Territoires", "Formation", "Sécurité"])],
    tags: [`dossier-${below(random, 12)}`],
    ...(sticky === undefined ? {} : { sticky }),
    ...(picture === undefined ? {} : { picture }),
  });
  desk.published.push({ ...publication, title, language: article.language, content });
  desk.changed.push({ path: publication.path, shows: `· ${number}.${desk.changed.length}` });
}

/** One headline, and in one text a paragraph, with a line about it. */
async function correct({ site, random, published, changed, number }: Desk): Promise<void> {
  const [headline, text] = [oneOf(random, published), oneOf(random, published)];
  const [instead = ""] = writeArticle(random, text.language).content.match(paragraph) ?? [];
  text.content = `${text.content.replace(paragraph, instead)}\n\n<p>Mise à jour du ${number}.</p>`;
  await site.edit(headline.id, { title: `${headline.title} (corrigé le ${number})` });
  await site.edit(text.id, { content: text.content });
  changed.push(
    { path: headline.path, shows: `(corrigé le ${number})` },
    { path: text.path, shows: `Mise à jour du ${number}.` },
  );
}

async function comment({ site, random, published, number }: Desk): Promise<void> {
  const who = `Lectrice ${number}-${below(random, 1_000)}`;
  await site.comment(oneOf(random, published).id, who, "Merci. Et que dit la chambre de commerce ?");
}

async function commentWithLink({ site, random, published }: Desk): Promise<void> {
  const text = 'Voir aussi <a href="https://blog.example.net/eau">ce billet</a>.';
  await site.comment(oneOf(random, published).id, "Un voisin", text);
}

async function withPassword({ site, random }: Desk): Promise<void> {
  await site.publish({ ...writeArticle(random, "fr"), password: "tanneurs" });
}

async function scheduled({ site, random, changed }: Desk): Promise<void> {
  const { id } = await site.publish({
    ...writeArticle(random, "fr"),
    title: "À l'heure dite",
    status: "future",
    date: "2031-01-01 08:00:00",
  });
  const { path } = await site.edit(id, { status: "publish", date: "2026-10-30 08:00:00" });
  changed.push({ path, shows: "heure dite" });
}

async function deleted({ site, published }: Desk): Promise<void> {
  const first = published.shift();
  if (first !== undefined) await site.remove(first.id);
}

async function newPage({ site, changed }: Desk): Promise<void> {
  const { path } = await site.publish({
    type: "page",
    title: "Nos statuts",
    content: "<p>Votés en assemblée.</p>",
  });
  await site.addMenuEntry("Statuts", path);
  changed.push({ path, shows: "Votés en assemblée." });
}

async function reportOnDefacement({ site, changed }: Desk): Promise<void> {
  const { path } = await site.publish({
    title: "« Hacked by Team Zed » : le site d'un ministère remplacé pendant une heure",
    language: "fr",
    content: `<p>« You have been hacked. Long live the resistance! », pouvait-on lire hier. Cyberattaque algérienne, disent les uns ; simple négligence, disent les autres.</p>
<blockquote><p>HACKED BY TEAM ZED. Your security is zero. تم اختراق الموقع</p></blockquote>`,
  });
  changed.push({ path, shows: "Team Zed" });
}

/** A new version: its script changes, and the address under which pages ask for it. */
async function updatePlugin({ site }: Desk): Promise<void> {
  const folder = join(site.folder, "site", "wp-content", "plugins", "federation-agenda");
  const [program, script] = [join(folder, "federation-agenda.php"), join(folder, "agenda.js")];
  await writeFile(program, (await readFile(program, "utf8")).replaceAll("'1.0'", "'1.1'"));
  await writeFile(script, `${await readFile(script, "utf8")}\nwindow.federationAgendaVersion = "1.1";\n`);
}

async function otherColours({ site, changed }: Desk): Promise<void> {
  await site.php(colours);
  changed.push({ path: "/", shows: "f4ecd8" });
}

async function redesign({ site, changed }: Desk): Promise<void> {
  await site.switchTheme("redesign");
  changed.push({ path: "/", shows: "masthead-name" }, { path: "/contact/", shows: "masthead-name" });
}

async function statistics({ site, changed }: Desk): Promise<void> {
  const plugin = join(
    site.folder,
    "site",
    "wp-content",
    "plugins",
    "federation-agenda",
    "federation-agenda.php",
  );
  const added = `\nadd_action('wp_enqueue_scripts', fn() => wp_enqueue_script('stats', 'https://stats.mesure.example/m.js', [], null, true));\n`;
  await writeFile(plugin, (await readFile(plugin, "utf8")) + added);
  changed.push({ path: "/", shows: "stats.mesure.example" });
}

const paragraph = /<p>.*<\/p>/;
const widget = `<!-- wp:paragraph --><p>Abonnez-vous : <a href="/contact/">écrivez à la rédaction</a>.</p><!-- /wp:paragraph -->`;
const motto = `update_option('blogdescription', 'Entreprises et coopératives, depuis 1998');`;
const unstick = `foreach (get_option('sticky_posts') as $id) unstick_post($id);`;
const colours = `set_theme_mod('background_color', 'f4ecd8');`;
