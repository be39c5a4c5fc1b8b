/** The watch page's island: draws the last ten minutes, keeps sentence and figures up to date, and fetches what has changed. */
import { Drawing } from "./chart-drawing.ts";
import type { Sentences } from "./defence/telling.ts";
import { type Point, shownS } from "./point.ts";
import type { Told } from "./telling.ts";

/** A screen reader is told of another state no more often than this. */
const announceEveryMs = 10_000;
/** An incident tells itself every few seconds; the page need not follow faster. */
const fetchEveryMs = 2_000;
/** The map and its table follow in such steps. */
const refreshEveryMs = 10_000;
const againMs = 10_000;

function run(place: HTMLElement): void {
  const points: Point[] = [];
  const drawn = new Drawing(place);
  const refetch = atMost(fetchEveryMs, () => void fetchChanges());
  const announce = atMost(announceEveryMs, () => {
    setText(
      document.querySelector("#announcement"),
      document.querySelector(".now-sentence")?.textContent ?? "",
    );
  });
  const refresh = atMost(refreshEveryMs, refetch);
  let state = "";
  const handlers: Readonly<Record<string, (data: unknown) => void>> = {
    past: (data) => {
      points.splice(0, points.length, ...(data as Point[]));
      drawn.draw(points);
    },
    point: (data) => {
      points.push(data as Point);
      while ((points[0]?.[0] ?? 0) < (points.at(-1)?.[0] ?? 0) - shownS) points.shift();
      drawn.draw(points);
    },
    now: (data) => {
      const told = data as Told & { readonly defence: Sentences };
      show(told);
      showDefence(told.defence);
      refresh();
      if (state !== "" && state !== told.state) announce();
      state = told.state;
    },
    changed: refetch,
  };
  listen(place.dataset["events"] ?? "", handlers);
}

/** While nobody looks nothing is asked for: a browser has few connections to one host. */
function listen(address: string, handlers: Readonly<Record<string, (data: unknown) => void>>): void {
  let source: EventSource | undefined;
  const open = (): void => {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    const opened = new EventSource(address);
    for (const [name, handle] of Object.entries(handlers)) {
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => handle(JSON.parse(data)));
    }
    // It comes again by itself, unless it was refused.
    opened.addEventListener("error", () => {
      if (opened.readyState === EventSource.CLOSED && source === opened) setTimeout(open, againMs);
    });
    source = opened;
  };
  document.addEventListener("visibilitychange", open);
  open();
}

function show({ tone, sentence, since, figures }: Told): void {
  document.querySelector("#now")?.setAttribute("class", `now ${tone}`);
  setText(document.querySelector(".now-sentence"), sentence);
  setText(document.querySelector(".now-since"), since);
  for (const [window, row] of Object.entries(figures)) {
    const cells = document.querySelectorAll(`tr[data-window="${window}"] td`);
    cells.forEach((cell, at) => setText(cell, row[at] ?? ""));
  }
}

function showDefence(told: Sentences): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-told]")) {
    const text = told[element.dataset["told"] ?? ""];
    if (text !== undefined) setText(element, text);
  }
}

function setText(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

/** What is drawn anew as soon as it differs; then what stays until its state differs, since somebody may be about to use it. */
const parts = {
  fluid: ["state-line", "defence", "origin", "incidents"],
  steady: ["acts", "service", "drill"],
} as const;

/** Takes over what has changed. */
async function fetchChanges(): Promise<void> {
  const answer = await fetch("/watch", { headers: { accept: "text/html" } }).catch(() => undefined);
  if (answer?.ok !== true) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of [...parts.fluid, ...parts.steady]) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old === null || now === null || old.innerHTML === now.innerHTML) continue;
    const isSteady = parts.steady.some((each) => each === id);
    if (!isSteady || old.dataset["state"] !== now.dataset["state"])
      takeOver(old, document.importNode(now, true));
  }
}

/** What was open stays so. Whoever stood in the old one by keyboard stands in the new one, at the same place where it is still there. */
function takeOver(old: HTMLElement, now: HTMLElement): void {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (old.querySelector("details[open]") !== null) now.querySelector("details")?.setAttribute("open", "");
  old.replaceWith(now);
  if (focused === null) return;
  const places = [...now.querySelectorAll<HTMLElement>("a, button, summary")];
  now.tabIndex = -1;
  (places.find((place) => targetOf(place) === targetOf(focused)) ?? now).focus();
}

/** Where a link leads, a button sends its form. */
function targetOf(element: Element): string {
  const form = element instanceof HTMLButtonElement ? element.form : null;
  return form?.getAttribute("action") ?? element.getAttribute("href") ?? element.tagName;
}

/** Calls it now, or as soon as the last call is long enough ago. */
function atMost(everyMs: number, call: () => void): () => void {
  let calledMs = Number.NEGATIVE_INFINITY;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return () => {
    waiting ??= setTimeout(
      () => {
        waiting = undefined;
        calledMs = performance.now();
        call();
      },
      Math.max(0, calledMs + everyMs - performance.now()),
    );
  };
}

const charts = document.querySelector<HTMLElement>("#charts");
if (charts !== null) run(charts);
