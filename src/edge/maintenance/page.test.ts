// The page that is compiled in: what it says, how small it is, and that nothing an operator writes becomes markup.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { interfaceLanguages } from "../../language/tags.ts";
import { type MaintenancePage, maintenanceHtml } from "./page.ts";

const bare: MaintenancePage = {
  language: "fr",
  why: "told",
  message: "",
  untilMs: null,
  timeZone: "Africa/Casablanca",
  textPath: undefined,
};

test("in each language it says what happens, and until when where that is known", () => {
  const untilMs = Date.UTC(2020, 6, 31, 17);
  expect(maintenanceHtml({ ...bare, untilMs })).toContain("31 juillet 2020 à 18:00");
  for (const language of interfaceLanguages) {
    const page = maintenanceHtml({ ...bare, language, untilMs });
    expect(page).toStartWith(
      `<!doctype html><html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`,
    );
    expect(page).toContain('<time datetime="2020-07-31T17:00:00.000Z">');
    expect(page).toContain("UTC+1");
  }
});

test("it fits into the first packets, also with the longest message", () => {
  for (const language of interfaceLanguages) {
    const page = { ...bare, language, untilMs: 0, textPath: "/ar/text" };
    expect(Buffer.byteLength(maintenanceHtml({ ...page, message: "a".repeat(1_000) }))).toBeLessThan(5_000);
  }
});

function elementsOf(node: Tree.Node): string[] {
  const children = "childNodes" in node ? node.childNodes : [];
  return [node.nodeName, ...children.flatMap(elementsOf)].filter((name) => name !== "#text");
}

test("whatever an operator writes, it is text", () => {
  const usual = elementsOf(parse(maintenanceHtml({ ...bare, message: "x" })));
  const scrap = fc.constantFrom(
    "<script>",
    "</p>",
    "<!--",
    "-->",
    '"',
    "'",
    "&lt;",
    "<img src=x onerror=a>",
    "x",
    "\n",
    "]]>",
    "</main>",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(scrap, fc.string())), (parts) => {
      const message = `x${parts.join("")}`;
      expect(elementsOf(parse(maintenanceHtml({ ...bare, message })))).toEqual(usual);
    }),
  );
});
