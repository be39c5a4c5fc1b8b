/** How facts look on a terminal. */
import { expect, test } from "bun:test";
import { readable } from "./format.ts";

test.each([
  ["/fr/2026/05/l-eau", "/fr/2026/05/l-eau"],
  ["/ar/%D9%85%D9%86-%D9%86%D8%AD%D9%86", "/ar/من-نحن"],
  ["/zgh-Tfng/%E2%B4%B0%E2%B4%B7", "/zgh-Tfng/ⴰⴷ"],
  ["/a%20b%2Fc%1B%5B2J", "/a%20b%2Fc%1B%5B2J"],
  ["/right-to-left-override/%E2%80%AE", "/right-to-left-override/%E2%80%AE"],
  ["/a-terminal's-control/%C2%9B", "/a-terminal's-control/%C2%9B"],
  ["/no-utf-8/%FF%D9", "/no-utf-8/%FF%D9"],
])("%s is shown as %s", (address, shown) => {
  expect(readable(address)).toBe(shown);
});
