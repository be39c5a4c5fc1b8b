/** Where the link "see it as readers do" leads. */
import { expect, test } from "bun:test";
import { defaultConfig } from "../config/load.ts";
import { publicAddress } from "./public-address.ts";

const config = defaultConfig();

test.each([
  ["portal", {}, "http://localhost:8080/ar/x"],
  ["blog", {}, "http://blog.localhost:8080/ar/x"],
  ["portal", { edge: { ...config.edge, tls: "files", listen: ["0.0.0.0:443"] } }, "https://localhost/ar/x"],
  ["portal", { edge: { ...config.edge, listen: ["[::1]:80"] } }, "http://localhost/ar/x"],
  [
    "portal",
    { "site.portal": { ...config["site.portal"], address: "https://example.org/" } },
    "https://example.org/ar/x",
  ],
] as const)("%s with %j", (site, change, address) => {
  expect(publicAddress(site, "/ar/x", { ...config, ...change })).toBe(address);
});
