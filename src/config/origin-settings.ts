/** The settings of a protected site: somebody else's server, and how its answers are treated. A section of the settings table. */
import { originLock } from "./origin-lock-settings.ts";
import { boolean, choice, list, number, text } from "./setting.ts";

export const originSettings = {
  url: text({
    default: "",
    form: "origin",
    prose:
      "The site of somebody else's software that Kasbah stands in front of, like `http://127.0.0.1:9000`. The portal's hosts then lead to it. Empty: none.",
  }),
  connect_timeout_s: number({
    default: 5,
    unit: "s",
    min: 1,
    max: 60,
    prose: "How long the origin may take to accept a connection; then readers get 502.",
  }),
  answer_timeout_s: number({
    default: 30,
    unit: "s",
    min: 1,
    max: 600,
    prose: "How long the origin may take until its answer begins; then readers get 504.",
  }),
  idle_timeout_s: number({
    default: 30,
    unit: "s",
    min: 1,
    max: 600,
    prose: "For how long an answer that has begun may stand still; then it is cut.",
  }),
  connections_max: number({
    default: 128,
    unit: "count",
    min: 1,
    max: 4_096,
    prose:
      "Requests on their way to the origin at a time in each worker, at most: how many it carries is learned from how long its answers take. An eighth is kept for those who work on the site.",
  }),
  queue_max: number({
    default: 256,
    unit: "count",
    min: 1,
    max: 65_536,
    prose:
      "Requests that wait for their turn at the origin at a time in each worker. Where it is full, those who ask for most get 503 with Retry-After.",
  }),
  queue_s: number({
    default: 5,
    unit: "s",
    min: 1,
    max: 60,
    prose: "How long a reader waits for their turn at the origin at most; then they get a copy, or 503.",
  }),
  body_bytes_max: number({
    default: 64 * 1024 * 1024,
    unit: "bytes",
    min: 1024,
    max: 1024 ** 3,
    prose: "Longest body of a request that is handed to the origin.",
  }),
  cache_bytes: number({
    default: 128 * 1024 * 1024,
    unit: "bytes",
    min: 1024 * 1024,
    max: 64 * 1024 ** 3,
    prose:
      "Memory for the origin's answers: half of it for all of them, half shared out among the workers for those that they give out now. What was not asked for the longest goes first.",
  }),
  default_fresh_s: number({
    default: 5,
    unit: "s",
    min: 0,
    max: 3_600,
    prose:
      "For how long an answer is given out again without asking the origin, where the origin does not say it. Readers see what editors change after so long.",
  }),
  stale_s: number({
    default: 10,
    unit: "s",
    min: 0,
    max: 86_400,
    prose:
      "For so long after that an answer is still given out at once, while the origin is asked for a new one. The origin's own `stale-while-revalidate` goes before.",
  }),
  stale_if_error_s: number({
    default: 86_400,
    unit: "s",
    min: 0,
    max: 2_592_000,
    prose:
      "For so long after that an answer is given out while the origin fails, is slow, or is flooded. The origin's own `stale-if-error` and `must-revalidate` go before.",
  }),
  slow_s: number({
    default: 3,
    unit: "s",
    min: 1,
    max: 600,
    prose: "Where the origin takes longer, readers get what is there of an earlier answer.",
  }),
  purge_from: list<string>({
    of: "cidr",
    default: ["127.0.0.0/8", "::1/128"],
    prose:
      "Networks whose `PURGE` has cached answers forgotten, as caching plugins send it; the address in `url` may always, and whoever says the `secret`. Where a proxy or an onion service on this machine leads readers here and is not in `edge.trusted_proxies`, take this machine's own addresses out: its readers come from there.",
  }),
  personal_cookies: list<string>({
    of: "cookies",
    default: [
      "comment_author_*",
      "wp-postpass_*",
      "woocommerce_*",
      "wp_woocommerce_session_*",
      "edd_*",
      "PHPSESSID",
      "JSESSIONID",
      "ASP.NET_SessionId",
      "*session*",
    ],
    prose:
      "Cookies whose owner gets pages of their own, which are never kept for others; a star stands for anything. All other cookies are left out of requests for pages that everybody gets.",
  }),
  crawl_rate: number({
    default: 4,
    unit: "requests/s",
    min: 1,
    max: 1_000,
    prose:
      "Requests a second that `kasbah snapshot` makes to the origin at most; fewer where it is slow or says that it is too much.",
  }),
  crawl_pages_max: number({
    default: 5_000,
    unit: "count",
    min: 1,
    max: 15_000,
    prose:
      "Pages that a snapshot loads at most, those nearest to the front page first; scripts, styles and pictures are counted apart.",
  }),
  crawl_bytes_max: number({
    default: 4 * 1024 ** 3,
    unit: "bytes",
    min: 1024 * 1024,
    max: 256 * 1024 ** 3,
    prose: "Bytes that the copies of a snapshot take at most; what is found after that is left out.",
  }),
  crawl_body_bytes_max: number({
    default: 16 * 1024 * 1024,
    unit: "bytes",
    min: 64 * 1024,
    max: 256 * 1024 * 1024,
    prose: "Largest page, script or picture that a snapshot keeps a copy of.",
  }),
  crawl_ignores_robots: boolean({
    default: false,
    prose:
      "Load also what the origin's robots.txt keeps crawlers from. What a snapshot has not loaded can't be vouched for, and has no copy.",
  }),
  refresh_s: number({
    default: 60,
    unit: "s",
    min: 1,
    max: 86_400,
    prose:
      "The baseline is renewed at most so often by what changed on the origin and is nothing suspicious.",
  }),
  evidence_bytes_max: number({
    default: 1024 ** 3,
    unit: "bytes",
    min: 0,
    max: 256 * 1024 ** 3,
    prose:
      "Bytes that the evidence about what was found on the site takes at most: answers, headers, pictures. The oldest goes first, that of open questions last. 0: none is gathered.",
  }),
  chromium: text({
    default: "auto",
    prose:
      'The Chromium that shows what a page looks like, in a sandbox without a way out. "auto": the one that this machine has, if any; "off": none.',
  }),
  look_s: number({
    default: 600,
    unit: "s",
    min: 10,
    max: 86_400,
    prose:
      "How often the front page and some other pages are looked at as a browser, as a search engine and from a search engine's results, and the names that are watched are asked for.",
  }),
  second_look_proxy: text({
    default: "",
    form: "proxy",
    prose:
      "An HTTP proxy in another place, through which pages are looked at too: what is shown there and not here is told. Empty: none.",
  }),
  hosts_watched: list<string>({
    of: "host",
    default: [],
    prose:
      "Names whose addresses, name servers, mail servers and certificate are watched, beside the portal's own hosts, and whose front pages are read now and then. These may be in your own network.",
  }),
  siblings: choice({
    choices: ["on", "off"],
    default: "on",
    prose:
      "Whether the front pages of other names under the site's own domain, which its certificate or its approved pages name, are read now and then: a replaced one is told, although Kasbah can't hold it back. Only public addresses are asked. Names in `hosts_watched` are read in any case.",
  }),
  judge: choice({
    choices: ["on", "watch", "off"],
    default: "on",
    prose:
      'Whether the origin\'s answers are compared with the approved baseline before readers see them. "watch" only tells what it would have kept back, "off" lets everything pass.',
  }),
  judge_bytes_max: number({
    default: 2 * 1024 * 1024,
    unit: "bytes",
    min: 64 * 1024,
    max: 64 * 1024 * 1024,
    prose:
      "Longest page, script, style sheet or picture of the origin's that is judged; of longer pages the approved copy is shown. Media that the baseline doesn't know pass whatever their length.",
  }),
  judge_ms_max: number({
    default: 1_000,
    unit: "ms",
    min: 10,
    max: 5_000,
    prose:
      "How long reading one page may take; of a page that takes longer the approved copy is shown. By the clock: on a machine that is busy with other things an honest page takes many times its usual two.",
  }),
  gather_timeout_s: number({
    default: 20,
    unit: "s",
    min: 1,
    max: 600,
    prose: "How long a page of the origin's may take to arrive whole; then the approved copy is shown.",
  }),
  admin_paths: list<string>({
    of: "path",
    default: ["/wp-admin", "/wp-login.php"],
    prose:
      "Where people who work on the origin's site do so, with everything below: passed on as it is, never cached, never judged. Only from there may the origin set the cookies of `session_cookies`.",
  }),
  session_cookies: list<string>({
    of: "cookies",
    default: [
      "wordpress_logged_in_*",
      "wordpress_sec_*",
      "SESS*",
      "SSESS*",
      "joomla_user_state",
      "joomla_remember_me_*",
      "be_typo_user",
      "spip_admin",
      "spip_session",
    ],
    prose:
      "Names of cookies by which the origin's software knows who is signed in, `*` for any ending: WordPress, Drupal, Joomla, TYPO3 and SPIP by default. Requests with one pass by cache and judging.",
  }),
  ...originLock,
} as const;
