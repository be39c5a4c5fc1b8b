/** Brings items in, one by one, and says of each what became of it. */
import type { SiteName } from "../../pieces/piece.ts";
import { textOf } from "../html/text.ts";
import type { Intake, Result } from "./intake.ts";
import { updateItem } from "./known-item.ts";
import { addItem } from "./new-item.ts";
import type { WxrItem } from "./parts.ts";
import { exclusionOf, kindOf } from "./placing.ts";

/** A function that places items in the order of the file; the same number a second time is left out. */
export function createPlacing(intake: Intake): (item: WxrItem) => void {
  const seen = new Set<string>();
  return (item) => {
    const { outcome, remarks } = place(item, intake, seen);
    intake.report.add({
      what: whatOf(item, intake.site),
      name: textOf(item.title) || item.slug || `number ${item.id ?? "unknown"}`,
      outcome,
      detail: remarks.filter(Boolean).join("; "),
    });
  };
}

function place(item: WxrItem, intake: Intake, seen: Set<string>): Result {
  const exclusion = exclusionOf(item);
  if (exclusion !== undefined) return { outcome: "left out", remarks: [exclusion] };
  const origin = originOf(item, intake.survey.channel.base);
  if (seen.has(origin)) return { outcome: "left out", remarks: ["a second item with the same number"] };
  seen.add(origin);
  const known = intake.imported.find(origin);
  return known === undefined ? addItem(item, origin, intake) : updateItem(item, known, intake);
}

/** The same for the same item in every export of the same site. */
function originOf({ id, guid }: WxrItem, base: string): string {
  return `wxr:${id === undefined ? guid : `${base}/?p=${id}`}`;
}

function whatOf(item: WxrItem, site: SiteName): string {
  switch (item.type) {
    case "post":
    case "page":
      return kindOf(item, site);
    case "attachment":
      return "media";
    case "nav_menu_item":
      return "menu item";
    case "wp_block":
      return "reusable block";
    default:
      return item.type.slice(0, 60) || "unknown";
  }
}
