// A snapshot of a real site: what is found, what is left alone, and what becomes the baseline.
import { describe, expect, test } from "bun:test";
import {
  article,
  articleCount,
  html,
  type LivingOrigin,
  prose,
  startLivingOrigin,
} from "../../../test/living-origin.ts";
import { protect, publishedManifest, snapshot } from "../../../test/origin-newsroom.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { dataFolder } from "../../config/data-folder.ts";
import { blobsOf, type BaselineManifest } from "../../guard/manifest.ts";
import { BlobStore } from "../../store/blobs.ts";
import { isSha256 } from "../../base/bytes.ts";

const addressesIn = (manifest: BaselineManifest | undefined): string[] =>
  (manifest?.entries ?? [])
    .map(({ path, query }) => (query === undefined ? path : `${path}?${query}`))
    .sort();

const askedOf = (origin: LivingOrigin, path: string): number =>
  origin.asked.filter(({ address }) => address.split("?")[0] === path).length;

test("pages, what they are made of and the error page become the baseline, each copy as it came", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  await using protecting = await protect(folder.path, living);
  await snapshot(protecting);
  const manifest = await publishedManifest(protecting, folder.path);
  const addresses = addressesIn(manifest).filter((address) => !address.startsWith("/kasbah-asks"));
  expect(addresses).toEqual(
    [
      "/",
      "/a-propos/",
      "/articles/",
      "/fond.png",
      "/logo.png",
      "/theme/menu.js",
      "/theme/print.css",
      "/theme/style.css?ver=3",
      ...Array.from({ length: articleCount }, (_, at) => article(at)),
    ].sort(),
  );
  const error = manifest?.entries.find(({ path }) => path.startsWith("/kasbah-asks"));
  expect([error?.status, error?.facts === null]).toEqual([404, false]);
  const blobs = new BlobStore(dataFolder(folder.path).blobs);
  for (const { sha256, length } of blobsOf(manifest as BaselineManifest)) {
    const blob = isSha256(sha256) ? await blobs.get(sha256, length) : undefined;
    expect(blob).toMatchObject({ state: "whole" });
  }
});

test("nothing of one visit is in a copy's headers", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  living.answers.set("/", () =>
    html(
      { title: "Accueil", body: prose(1) },
      { headers: { etag: '"1"', "content-security-policy": "default-src 'self'", date: "now" } },
    ),
  );
  await using protecting = await protect(folder.path, living);
  await snapshot(protecting);
  const front = (await publishedManifest(protecting, folder.path))?.entries.find(({ path }) => path === "/");
  expect(front?.headers).toEqual({ "content-security-policy": "default-src 'self'" });
});

test("the origin is asked as readers know it, without cookies, under our own name", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  await using protecting = await protect(folder.path, living);
  await snapshot(protecting);
  for (const { headers } of living.asked) {
    expect(headers.get("host")).toBe("localhost:8080");
    expect(headers.get("cookie")).toBeNull();
    expect(headers.get("user-agent")).toContain("Kasbah/");
  }
});

describe("what is left alone", () => {
  test("staff pages and links that change something are never asked for, nor is another host", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    let elsewhere = 0;
    await using other = startLivingOrigin();
    other.instead = () => new Response(String((elsewhere += 1)));
    const links = [
      "/wp-admin/post.php",
      "/%77p-admin/",
      "/wp-login.php?action=logout",
      "/wp-cron.php",
      "/user/logout",
      "/?add-to-cart=3",
      "/a-propos/?replytocom=5",
      "//elsewhere.example/x",
      `${other.url}/y`,
      "mailto:a@b.example",
    ];
    living.answers.set("/", () =>
      html({ title: "Accueil", body: links.map((to) => `<a href="${to}">x</a>`).join("") }),
    );
    await using protecting = await protect(folder.path, living);
    await snapshot(protecting);
    const asked = living.asked.map(({ address }) => address);
    expect(asked.filter((address) => /wp-(admin|login|cron)|logout|cart|replytocom/.test(address))).toEqual(
      [],
    );
    expect(elsewhere).toBe(0);
  });

  test.each([
    [false, 0],
    [true, 3],
  ])("robots.txt is heard unless the operator says otherwise (%p)", async (ignores, loads) => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    living.answers.set(
      "/robots.txt",
      () =>
        new Response("User-agent: *\nDisallow: /a-propos/\n", { headers: { "content-type": "text/plain" } }),
    );
    const sitemap = "<urlset><url><loc>/a-propos/</loc></url></urlset>";
    living.answers.set("/sitemap.xml", () => new Response(sitemap));
    await using protecting = await protect(folder.path, living, {
      settings: { crawl_ignores_robots: ignores },
    });
    await snapshot(protecting);
    expect(askedOf(living, "/a-propos/")).toBe(loads);
  });

  test("a calendar without end is not the whole snapshot", async () => {
    await using folder = temporaryFolder("memory");
    await using living = startLivingOrigin();
    const day = ({ url }: Request): Response => {
      const at = Number(new URL(url).searchParams.get("day") ?? 0);
      const next = Array.from(
        { length: 20 },
        (_, step) => `<a href="/agenda/?day=${at * 20 + step + 1}">x</a>`,
      );
      return html({ title: `Agenda ${at}`, body: next.join("") });
    };
    living.answers.set("/agenda/", day);
    living.answers.set("/a-propos/", () =>
      html({ title: "À propos", body: '<a href="/agenda/?day=1">Agenda</a>' }),
    );
    await using protecting = await protect(folder.path, living);
    await snapshot(protecting);
    const days = new Set(
      living.asked.flatMap(({ address }) => (address.startsWith("/agenda/") ? [address] : [])),
    );
    expect(days.size).toBe(50);
    expect(addressesIn(await publishedManifest(protecting, folder.path))).toContain(
      article(articleCount - 1),
    );
  });
});
