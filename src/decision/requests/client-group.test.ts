// Which group of readers a program belongs to, by what real ones call themselves.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { agentFamily } from "../traits.ts";
import { clientGroup } from "./client-group.ts";
import { type ClientGroup, clients } from "./trait.ts";

const android = "AppleWebKit/537.36 (KHTML, like Gecko)";
const agents: readonly (readonly [string, ClientGroup])[] = [
  ["", "none"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "desktop"],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 8) ${android} Chrome/141.0.0.0 Mobile Safari/537.36`, "phone"],
  [`Mozilla/5.0 (Linux; Android 10; K) ${android} Chrome/141.0.0.0 Safari/537.36`, "phone"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "phone"],
  ["Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", "phone"],
  ["Opera/9.80 (J2ME/MIDP; Opera Mini/7.1/191.303; U; fr) Presto/2.12.423 Version/12.16", "phone"],
  ["UCWEB/2.0 (Java; U; MIDP-2.0; fr; nokiac3-00) U2/1.0.0 UCBrowser/9.4.1 U2/1.0.0", "phone"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "phone",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "desktop",
  ],
  ["Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", "tor"],
  ["Mozilla/5.0 (Android 10; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0", "tor"],
  ["Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)", "desktop"],
  ["Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1", "text-browser"],
  ["Feedbin feed-id:1373711 - 2 subscribers", "feed-reader"],
  ["Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)", "archive"],
  [
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) ${android} Chrome/141.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)`,
    "crawler",
  ],
  ["curl/8.14.1", "tool"],
  ["something else", "tool"],
];

for (const [agent, group] of agents) {
  test(`"${agent.slice(0, 80)}" is of the group ${group}`, () => {
    expect(clientGroup(agent, agentFamily(agent))).toBe(group);
  });
}

test("whatever calls itself whatever is of some group", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (agent) => {
      expect(clients).toContain(clientGroup(agent, agentFamily(agent)));
    }),
  );
});
