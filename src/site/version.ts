/** A name for the templates as they are: taken from their own source, so that nobody has to remember to change it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/bytes.ts";

/** Whatever a page's bytes depend on beside what it reads. */
const folders = ["language", "language/messages", "media", "pieces", "site", "web", "web/styles"] as const;
const libraries = ["hono", "feedsmith"] as const;

/** Sixteen hexadecimal digits. Dates and plurals come from the runtime's own tables, so its version is part of it. */
export function templatesVersion(): string {
  const source = join(import.meta.dir, "..");
  const files = folders.flatMap((folder) =>
    readdirSync(join(source, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
      .map(({ name }) => join(source, folder, name))
      .sort(),
  );
  const manifests = libraries.map((name) => join(source, "../node_modules", name, "package.json"));
  const contents = [...files, ...manifests].map((path) => sha256(readFileSync(path)));
  return sha256([Bun.version, ...contents].join("\n")).slice(0, 16);
}
