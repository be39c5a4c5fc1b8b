/** An edition as a worker asks it: which signed target answers at an address, and the pages for errors. */
import type { Sha256 } from "../base/bytes.ts";
import type { Withdrawal } from "../edition/edition.ts";
import type { Target } from "../edition/target.ts";
import { Withdrawn } from "../edition/withdrawals.ts";
import { isCompressible, isPartType } from "./forms.ts";
import { type Entry, fails, type Outcome } from "./outcome.ts";
import { canonicalSpelling, otherSlash, parameterNames, picked } from "./paths.ts";

/** What the main thread hands to a worker that starts: plain data. */
export interface PublishedEdition {
  readonly id: Sha256;
  readonly version: number;
  readonly targets: readonly Target[];
  readonly withdrawals: readonly Withdrawal[];
}

/** The same for those that serve already: few pages are others from one edition to the next. */
export interface EditionChange extends Omit<PublishedEdition, "targets"> {
  /** Where they stood among the targets of the edition before, which keep their order. */
  readonly removed: readonly number[];
  /** New, or with another answer: they follow the others. */
  readonly added: readonly Target[];
}

interface AtPath {
  answer: Outcome | undefined;
  /** By the set of parameters that pick; old addresses like `/?p=123` make thousands of answers under one such set. */
  readonly byQuery: Map<
    string,
    { readonly names: ReadonlySet<string>; readonly answers: Map<string, Outcome> }
  >;
}

/** The pages for errors are the portal's, for all sites. */
const errorPagesSite = "portal";

const withdrawn = fails({ status: 410 });

export class AddressBook {
  readonly id: Sha256;
  readonly version: number;
  readonly #targets: readonly Target[];
  /** Of every entry, by what makes its answer. */
  readonly #ids = new Map<string, number>();
  readonly #sites = new Map<string, Map<string, AtPath>>();
  readonly #withdrawn: Withdrawn;
  #lastId: number;

  /** `before`: the one that this one follows, so that what is in memory is known again. */
  constructor({ id, version, targets, withdrawals }: PublishedEdition, before?: AddressBook) {
    this.id = id;
    this.version = version;
    this.#targets = targets;
    this.#lastId = before === undefined ? 0 : before.#lastId;
    const known = before === undefined ? new Map<string, number>() : before.#ids;
    for (const target of targets) this.#add(target, known);
    this.#withdrawn = new Withdrawn(withdrawals);
    for (const { site, path } of withdrawals) this.#place(site, path).answer ??= withdrawn;
  }

  /** `before`: undefined where there was no edition yet. */
  static after(before: AddressBook | undefined, { removed, added, ...edition }: EditionChange): AddressBook {
    const gone = new Set(removed);
    const kept = before === undefined ? [] : before.#targets.filter((_, at) => !gone.has(at));
    return new AddressBook({ ...edition, targets: [...kept, ...added] }, before);
  }

  /** Of every entry. */
  get entryIds(): ReadonlySet<number> {
    return new Set(this.#ids.values());
  }

  /** Where another spelling leads to the page, the outcome says so; undefined where there is nothing. */
  find(site: string, path: string, query: string | undefined): Outcome | undefined {
    const paths = this.#sites.get(site);
    if (paths === undefined) return undefined;
    const found = paths.get(path);
    if (found !== undefined) return answerAt(found, query);
    const canonical = canonicalSpelling(path);
    const respelled = paths.get(canonical);
    if (respelled !== undefined) return answerAt(respelled, query);
    const location = otherSlash(canonical);
    const exists = location !== undefined && paths.get(location)?.answer !== undefined;
    return exists ? { kind: "moved", location } : undefined;
  }

  /** Also of an address that another server answers. */
  isWithdrawn(site: string, path: string): boolean {
    return this.#withdrawn.coversAddress({ site, path: canonicalSpelling(path) });
  }

  /** `/_kasbah/errors/404/fr`. */
  errorPage(status: number, language: string): Entry | undefined {
    return this.#ownPage(`/_kasbah/errors/${status}/${language}`);
  }

  /** `/_kasbah/maintenance/fr`. */
  maintenancePage(language: string): Entry | undefined {
    return this.#ownPage(`/_kasbah/maintenance/${language}`);
  }

  #ownPage(path: string): Entry | undefined {
    const place = this.#sites.get(errorPagesSite)?.get(path);
    return place?.answer?.kind === "entry" ? place.answer : undefined;
  }

  #add(target: Target, known: ReadonlyMap<string, number>): void {
    const place = this.#place(target.site, target.path);
    const entry = this.#entryOf(target, known);
    if (target.query === undefined) {
      place.answer = entry;
      return;
    }
    const names = new Set(parameterNames(target.query));
    const namesKey = [...names].sort().join("&");
    const picking = place.byQuery.get(namesKey) ?? { names, answers: new Map<string, Outcome>() };
    picking.answers.set(picked(target.query, names), entry);
    place.byQuery.set(namesKey, picking);
  }

  #entryOf(target: Target, known: ReadonlyMap<string, number>): Entry {
    const { sha256, status, type, area, headers } = target;
    const makes = `${sha256} ${status} ${type} ${area} ${JSON.stringify(headers)}`;
    const id = this.#ids.get(makes) ?? known.get(makes) ?? (this.#lastId += 1);
    this.#ids.set(makes, id);
    return { kind: "entry", target, id, isCompressible: isCompressible(target), isPart: isPartType(type) };
  }

  #place(site: string, path: string): AtPath {
    const paths = this.#sites.get(site) ?? new Map<string, AtPath>();
    this.#sites.set(site, paths);
    const spelling = canonicalSpelling(path);
    const place = paths.get(spelling) ?? { answer: undefined, byQuery: new Map() };
    paths.set(spelling, place);
    return place;
  }
}

/** A target that a query picks answers where the request has just those parameters, among others or alone. */
function answerAt({ answer, byQuery }: AtPath, query: string | undefined): Outcome | undefined {
  if (query === undefined) return answer;
  for (const { names, answers } of byQuery.values()) {
    const found = answers.get(picked(query, names));
    if (found !== undefined) return found;
  }
  return answer;
}
