/** What people do who run the site: write, correct, answer, arrange; and how they sign in. */
import { z } from "zod";
import type { Article, Language } from "./content.ts";
import { editor } from "./prepared.ts";
import type { Machine } from "./wordpress.ts";

export interface Publication {
  readonly id: number;
  /** Address below the site: `/2026/10/a-title/`. */
  readonly path: string;
}

export interface Writing extends Omit<Article, "language"> {
  readonly language?: Language;
  readonly type?: "post" | "page";
  readonly status?: "publish" | "future" | "draft";
  /** `2026-10-21 08:00:00`, UTC. */
  readonly date?: string;
  readonly categories?: readonly string[];
  readonly tags?: readonly string[];
  readonly sticky?: boolean;
  readonly password?: string;
  /** The id of a picture. */
  readonly picture?: number;
}

export interface Editors {
  publish(writing: Writing): Promise<Publication>;
  /** Title, content or status, as wp_update_post names them. */
  edit(
    id: number,
    change: { title?: string; content?: string; status?: string; date?: string },
  ): Promise<Publication>;
  remove(id: number): Promise<void>;
  comment(post: number, author: string, text: string): Promise<void>;
  addMenuEntry(title: string, path: string): Promise<void>;
  /** A block of HTML in the footer of every page. */
  addWidget(html: string): Promise<void>;
  uploadPicture(name: string, seed: number): Promise<Publication>;
  switchTheme(name: string): Promise<void>;
  /** Everything public: articles, pages, lists; each address below the site, with the title that it shows, as HTML. */
  addresses(): Promise<readonly { path: string; title: string }[]>;
  /** Signs in where the site is reached at `base`, and gives what a browser then sends as Cookie. */
  signIn(base?: string, who?: { name: string; password: string }): Promise<string>;
}

const publicationSchema = z.object({ id: z.number(), path: z.string() });

export function editorsOf(site: Machine): Editors {
  const act = async (code: string, args: Readonly<Record<string, unknown>>): Promise<Publication> =>
    publicationSchema.parse(await site.php(code, args));
  return {
    publish: (writing) => act("return newsroom_publish($args);", { ...writing }),
    edit: (id, change) =>
      act(
        `$post = ['ID' => $args['id'], 'edit_date' => isset($args['change']['date'])];
         foreach ($args['change'] as $name => $value) $post["post_$name"] = $value;
         if ($post['edit_date']) $post['post_date_gmt'] = $post['post_date'];
         wp_update_post(wp_slash($post));
         return newsroom_address($args['id']);`,
        { id, change },
      ),
    remove: async (id) => void (await site.php("wp_delete_post($args['id'], true);", { id })),
    comment: async (post, author, text) =>
      void (await site.php("return newsroom_comment(...$args['all']);", { all: [post, author, text] })),
    addMenuEntry: async (title, path) =>
      void (await site.php("return newsroom_menu_entry($args['title'], $args['path']);", { title, path })),
    addWidget: async (html) => void (await site.php("newsroom_widget($args['html']);", { html })),
    uploadPicture: (name, seed) =>
      act("return newsroom_picture($args['name'], $args['seed']);", { name, seed }),
    switchTheme: async (name) => void (await site.php("switch_theme($args['name']);", { name })),
    addresses: async () => addressesSchema.parse(await site.php(listAddresses)),
    signIn: (base = site.url, who = editor) => signIn(base, new URL(site.home).host, who),
  };
}

const addressesSchema = z.array(z.object({ path: z.string(), title: z.string() }));

const listAddresses = `
  $posts = get_posts(['numberposts' => -1, 'post_type' => ['post', 'page'], 'post_status' => 'publish', 'has_password' => false]);
  $addresses = [['path' => '/', 'title' => get_bloginfo('name', 'display')]];
  foreach ($posts as $post) $addresses[] = ['path' => newsroom_address($post->ID)['path'], 'title' => get_the_title($post)];
  foreach (get_categories() as $category) $addresses[] = ['path' => wp_make_link_relative(get_category_link($category)), 'title' => $category->name];
  return $addresses;`;

async function signIn(base: string, host: string, who: { name: string; password: string }): Promise<string> {
  const answer = await fetch(`${base}/wp-login.php`, {
    method: "POST",
    redirect: "manual",
    headers: { host, cookie: "wordpress_test_cookie=WP%20Cookie%20check" },
    body: new URLSearchParams({ log: who.name, pwd: who.password, testcookie: "1" }),
  });
  if (answer.status !== 302) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");
}
