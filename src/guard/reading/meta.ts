/** What <meta> says, and headers that say the same. */
import { sha256 } from "../../base/bytes.ts";
import type { Gathering } from "./gathering.ts";
import type { Tag } from "./tag.ts";

/** What other sites show of the page. */
const told = /^(?:(?:og|twitter):(?:title|description|site_name)|description)$/;
const pictured = /^(?:og|twitter):image(?::(?:secure_)?(?:url|src))?$/;

/** `value`: its content. */
export function readMeta(facts: Gathering, tag: Tag, value: string): void {
  const equivalent = tag.get("http-equiv")?.trim().toLowerCase();
  if (equivalent === "refresh") refresh(facts, value);
  else if (equivalent === "set-cookie") facts.add("cookies", value.split("=", 1)[0]?.trim() ?? "");
  else if (equivalent?.startsWith("content-security-policy") === true) policy(facts, equivalent, value);
  const name = tag.get("name")?.trim().toLowerCase() ?? "";
  if (/robots|googlebot/.test(name) && /noindex|none/i.test(value)) facts.add("oddities", "robots noindex");
  const property = tag.get("property")?.trim().toLowerCase() ?? name;
  if (told.test(property)) facts.code("data", JSON.stringify(value));
  else if (pictured.test(property)) facts.image(value);
  // Who can show this to a search engine owns the site there.
  if (/verif|validate/.test(name)) facts.add("oddities", `${name} ${sha256(value).slice(0, 16)}`);
}

/** `5; url=/there`, and whatever browsers take for it (WHATWG HTML, 4.2.5.3). "." is the page itself. */
export function refresh(facts: Gathering, value: string): void {
  const [, address = ""] = /^\s*[\d.]*\s*[;,\s]?\s*(?:url\s*=\s*)?["']?([^"']*)/i.exec(value) ?? [];
  if (address.trim() === "") facts.add("refreshes", ".");
  else facts.reference("refreshes", address.trim());
}

/** Without what is new for each answer. */
export function policy(facts: Gathering, name: string, value: string): void {
  const lasting = value
    .replace(/'nonce-[^']*'/gi, "'nonce'")
    .replace(/\s+/g, " ")
    .trim();
  facts.add("policies", `${name}: ${lasting}`);
}
