/** What is known of a site as a whole: by it pages that nobody has seen before are judged. Opaque to all but learning/ and judging/. */
import type { DocumentKind, FactSet, Volume } from "../facts.ts";
import { hostOf, isOwn, placeOf, withoutQuery } from "./references.ts";

/** Pages that are made alike: what all of them have. */
export interface Template {
  readonly kind: DocumentKind;
  readonly status: number;
  /** So many pages were seen. */
  readonly pages: number;
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
  /** Shapes. */
  readonly code: ReadonlySet<string>;
  /** Short hashes of own addresses: the menu. */
  readonly menu: ReadonlySet<string>;
  /** Of one of its pages. */
  readonly structure: Volume;
  /** So much of that is in each of its pages, percent. */
  readonly alike: number;
  /** So much of one page's text is in another: menus, footers; percent. */
  readonly sharedText: number;
  readonly words: { readonly least: number; readonly most: number };
  readonly languages: ReadonlySet<string>;
}

export interface SiteBaseline {
  readonly pages: number;
  /** As `vocabularyKey` writes them. */
  readonly vocabulary: Readonly<Record<FactSet, ReadonlySet<string>>>;
  /** Sets that some page was signed without: what other pages have of them is not all known. */
  readonly unread: ReadonlySet<FactSet>;
  /** Shapes of inline code of any page. */
  readonly code: ReadonlySet<string>;
  /** Short hashes of literals that say where something is, or are markup; hosts that code names. */
  readonly telling: ReadonlySet<string>;
  readonly codeHosts: ReadonlySet<string>;
  readonly locations: ReadonlySet<string>;
  readonly languages: ReadonlySet<string>;
  readonly directions: ReadonlySet<string>;
  /** By writing script: its greatest share on any page, percent. */
  readonly letters: Readonly<Record<string, number>>;
  /** Parts of titles that many pages share: the site's name. Folded. */
  readonly names: ReadonlySet<string>;
  /** Short hashes of own addresses that at least half of the pages link to. */
  readonly menu: ReadonlySet<string>;
  readonly templates: readonly Template[];
  /** Short hashes of own addresses: learned pages, and what they always link to. */
  readonly addresses: ReadonlySet<string>;
  /** Path without query → first 16 digits of the SHA-256 of what may be there. */
  readonly assets: ReadonlyMap<string, ReadonlySet<string>>;
  /** Remark (judging/remarks.ts) → on so many pages it is just what they write about. */
  readonly claims: Readonly<Record<string, number>>;
}

/** The blob stays below 1 MB. */
export const siteLimits = {
  members: 1_500,
  code: 4_000,
  telling: 8_000,
  templates: 40,
  addresses: 30_000,
  assets: 3_000,
  names: 20,
  required: 150,
} as const;

/**
 * How a member is known to the site: a host that serves pictures may serve another one, but a host that serves one script
 * vouches for no other; whoever may put a file on a public library host could run it here.
 */
export function vocabularyKey(set: FactSet, member: string): string {
  switch (set) {
    case "scripts":
    case "styles":
    case "preloads":
    case "manifests":
    case "service-workers":
      return isOwn(member) ? withoutQuery(member) : member;
    case "frames":
      return hostOf(member) === "" ? withoutQuery(member) : placeOf(member);
    case "forms":
      return formKey(member);
    case "policies":
      return member.split(":")[0] ?? member;
    case "links":
    case "images":
    case "base":
    case "refreshes":
    case "link-hosts":
    case "media-hosts":
    case "hidden-link-hosts":
    case "cookies":
    case "oddities":
    case "sheet-effects":
    case "archives":
    case "stand-ins":
    case "hidden-links":
    case "contacts":
    case "entries":
    case "sections":
    case "buried":
      return member;
  }
}

/** `POST //host/path password` without its query. */
function formKey(form: string): string {
  return form.replace(/[?#]\S*/, "");
}
