/** The pages about a protected site in a real Chromium, with a defaced page in question: for everybody's eyes and thumbs, and nothing of the site acts. */
import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { html } from "../living-origin.ts";
import { liveState, openOriginStudio } from "../studio/origin-studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults, smallTargets } from "./faults.ts";

const browser = await launchBrowser();
/** Another process may keep both processors busy. */
setDefaultTimeout(60_000);

describe.skipIf(browser === null)("in Chromium", () => {
  afterAll(async () => {
    await browser?.close();
  });

  test.each(["ar", "fr"] as const)(
    "%s: axe finds nothing, nothing overflows, nothing acts",
    async (language) => {
      await using site = await openOriginStudio({ language });
      site.living.answers.set("/a-propos/", () =>
        html({
          title: `\u202eHacked ${"w".repeat(5_000)}`,
          body: `<img src=x onerror="document.title='acted'"><iframe src="https://evil.example/"></iframe>`,
          head: "<script>document.title = 'acted'</script>",
        }),
      );
      await site.watching.round();
      const [question] = site.questions.list("open");
      const page = await opened(browser).newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("request", (request) => {
        if (!request.url().startsWith(site.studio.origin)) complaints.push(request.url());
      });
      for (const how of ["held", "live", "maintenance"] as const) {
        site.state.state = { ...liveState, site: how, reason: "w".repeat(300) };
        for (const path of ["/origin", `/origin/questions/${question?.id}`]) {
          await page.setViewportSize({ width: 360, height: 740 });
          await page.goto(site.studio.origin + path);
          await page.evaluate(() =>
            document.querySelectorAll("details").forEach((each) => (each.open = true)),
          );
          expect(await smallTargets(page)).toEqual([]);
          expect(await faults(page)).toEqual([]);
          expect(await page.title()).not.toContain("acted");
        }
      }
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
