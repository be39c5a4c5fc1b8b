/** The pages about a protected site in a real Chromium, with a defaced page in question: for everybody's eyes and thumbs, and nothing of the site acts. */
import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { z } from "zod";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { systemRandom } from "../../src/base/random.ts";
import { connectBus } from "../../src/bus/local.ts";
import { defaultConfig } from "../../src/config/load.ts";
import { feature as jobs } from "../../src/jobs/feature.ts";
import { openStudio } from "../../src/newsroom/studio.ts";
import { words } from "../../src/origin/words/index.ts";
import { inviteFirst } from "../../src/people/roster.ts";
import { openDatabase } from "../../src/store/database.ts";
import { Alerts } from "../../src/watch/alerts/alerts.ts";
import { channelsOf } from "../../src/watch/alerts/channel.ts";
import { html, prose } from "../living-origin.ts";
import { originConfig, protectedSite } from "../origin-newsroom.ts";
import { liveState, openOriginStudio } from "../studio/origin-studio.ts";
import { startWebhook } from "../webhook.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { faults, smallTargets } from "./faults.ts";

const browser = await launchBrowser();
const linkSchema = z.object({ data: z.object({ link: z.url() }) });
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

  test("a phone: from the alert's link over the passkey to one decision, in Arabic", async () => {
    await using desk = await newsroomWithAlerts();
    await using amina = await Colleague.at(opened(browser), desk.studio, "ar");
    const { page } = amina;
    await page.setViewportSize({ width: 390, height: 844 });
    await amina.comeIn(desk.firstLink, "أمينة");
    await amina.signOut();

    desk.living.answers.set("/a-propos/", () =>
      html({
        title: "À propos",
        body: prose(99),
        head: '<script src="https://stats.example/m.js"></script>',
      }),
    );
    await desk.watching.round();
    await page.goto(await desk.alertedLink());
    await page.locator("form[data-passkey] button").click();
    await page.waitForURL(/\/origin\/questions\//);
    const { question, outcomes } = words.ar;
    await page.getByText(question.maybe).waitFor();
    await page.getByText("stats.example").first().waitFor();
    expect([await smallTargets(page), await faults(page)]).toEqual([[], []]);
    await page.getByRole("button", { name: question.accept.label }).click();
    await page.getByText(outcomes.accepted(1)).waitFor();
    expect(await desk.copyAt("/a-propos/")).toContain("stats.example");
    expect(desk.questions.list("open")).toEqual([]);
    expect(amina.complaints).toEqual([]);
  });
});

/** A newsroom with its whole studio, whose questions go to a webhook as the watch sends them. */
async function newsroomWithAlerts() {
  const stack = new AsyncDisposableStack();
  const opening: { address?: string } = {};
  const site = stack.use(await protectedSite({ studioAddress: () => opening.address }));
  const { newsroom } = site.protecting;
  const usual = originConfig(site.living.url);
  const config = { ...usual, studio: { ...usual.studio, listen: "127.0.0.1:0" } };
  const log = silentLog;
  const clock = systemClock;
  const bus = stack.use(await connectBus(site.data.busSocket));
  const studio = stack.use(openStudio(newsroom, { config, data: site.data, bus, log, clock, demo: false }));
  opening.address = studio.address;
  site.edge.respond("edge.origin", () => ({ origin: liveState }));
  const webhook = stack.use(startWebhook());
  const { watch, ...others } = defaultConfig();
  const alerts = [{ kind: "webhook", url: webhook.url, language: "ar" }] as const;
  const people = stack.use(
    new Alerts({
      database: openDatabase(":memory:", jobs.migrations),
      clock,
      log,
      random: systemRandom,
      channels: channelsOf({ ...others, watch: { ...watch, alerts } }, clock),
      context: { siteName: "Kasbah", timeZone: "Africa/Casablanca", studio: studio.address },
    }),
  );
  bus.subscribe("origin.question", (question) => people.ask(question));
  await Promise.all([bus.flush(), site.edge.flush()]);
  const invited = inviteFirst(newsroom.membership);
  if (invited.outcome === "refused") throw new Error(invited.reason);
  return {
    ...site,
    studio: studio.address,
    firstLink: invited.value.url,
    alertedLink: () => webhook.first().then(({ body }) => linkSchema.parse(JSON.parse(body)).data.link),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
