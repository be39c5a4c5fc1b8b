/** The watch page's island: draws the last ten minutes, keeps sentence and figures up to date, and fetches what has changed. */
import uPlot, { type AlignedData, type Options } from "uplot";
import type { Point } from "./events.ts";
import type { Told } from "./telling.ts";

const shownS = 600;
/** A screen reader is told of another state no more often than this. */
const announceEveryMs = 10_000;
/** An incident tells itself every few seconds; the page need not follow faster. */
const fetchEveryMs = 2_000;
/** The edge or the watch was silent: the line is broken. */
const gapS = 5;
const againMs = 10_000;
const chartHeight = { requests: 200, wait: 120 } as const;

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
  let tone = "";
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
      const told = data as Told;
      show(told);
      if (tone !== "" && tone !== told.tone) announce();
      tone = told.tone;
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

function setText(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

/** Takes over the list, and the drill once it is in another state: what somebody is filling in stays. */
async function fetchChanges(): Promise<void> {
  const answer = await fetch("/watch", { headers: { accept: "text/html" } }).catch(() => undefined);
  if (answer?.ok !== true) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["incidents", "drill"]) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old === null || now === null) continue;
    if (id === "drill" && old.dataset["state"] === now.dataset["state"]) continue;
    if (old.innerHTML !== now.innerHTML) old.replaceWith(document.importNode(now, true));
  }
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

/** Two charts under each other on one time: requests, and how long readers wait. Time runs from left to right in every language. */
class Drawing {
  readonly #place: HTMLElement;
  #plots: readonly uPlot[] = [];

  constructor(place: HTMLElement) {
    this.#place = place;
    new ResizeObserver(() => this.#fit()).observe(place);
    const redraw = (): void => this.#plots.forEach((plot) => plot.redraw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  }

  draw(points: readonly Point[]): void {
    if (points.length === 0) return;
    const [times, requests, refused, waits] = columnsOf(points);
    const data = [
      [times, requests, refused],
      [times, waits],
    ] as AlignedData[];
    if (this.#plots.length === 0) this.#plots = this.#make(data);
    else this.#plots.forEach((plot, at) => plot.setData(data[at] ?? [[]]));
    this.#place.dataset["until"] = String(points.at(-1)?.[0]);
  }

  #make(data: readonly AlignedData[]): readonly uPlot[] {
    const [upper, lower] = this.#place.querySelectorAll<HTMLElement>(".chart");
    if (upper === undefined || lower === undefined) return [];
    return [
      new uPlot(
        this.#options(chartHeight.requests, [line("--chart-requests", true), line("--chart-refused")], 10),
        data[0],
        upper,
      ),
      new uPlot(this.#options(chartHeight.wait, [line("--chart-wait")], 20), data[1], lower),
    ];
  }

  #options(height: number, lines: readonly uPlot.Series[], least: number): Options {
    const { locale, offset } = this.#place.dataset;
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
    const number = new Intl.NumberFormat(locale, { notation: "compact" });
    const font = `12px ${getComputedStyle(this.#place).fontFamily}`;
    const axis: uPlot.Axis = {
      font,
      stroke: () => colour("--ink-soft"),
      grid: { stroke: () => colour("--rule"), width: 1 },
      ticks: { show: false },
    };
    return {
      width: this.#place.clientWidth,
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 12, 0, 0],
      scales: {
        x: { time: true, range: (_, __, max) => [max - shownS, max] },
        y: { range: (_, __, max) => [0, Math.max(least, (max ?? 0) * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 26,
          space: 70,
          incrs: [60, 120, 300],
          values: (_, splits) => splits.map((atS) => clock.format((atS + Number(offset)) * 1_000)),
        },
        {
          ...axis,
          size: 48,
          space: 36,
          values: (_, splits) => splits.map((value) => number.format(value)),
        },
      ],
      series: [{}, ...lines],
    };
  }

  #fit(): void {
    const width = this.#place.clientWidth;
    for (const plot of this.#plots) if (plot.width !== width) plot.setSize({ width, height: plot.height });
  }
}

function line(property: string, isFilled = false): uPlot.Series {
  return {
    width: 2,
    points: { show: false },
    stroke: () => colour(property),
    ...(isFilled && { fill: () => colour(`${property}-area`) }),
  };
}

/** Asked anew at each drawing, so that night and day each have theirs. */
function colour(property: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property);
}

/** With a hole where nothing was heard for a while. */
function columnsOf(points: readonly Point[]): [number[], ...(number | null)[][]] {
  const columns: [number[], ...(number | null)[][]] = [[], [], [], []];
  let beforeS: number | undefined;
  for (const [atS, ...values] of points) {
    if (beforeS !== undefined && atS <= beforeS) continue;
    if (beforeS !== undefined && atS - beforeS > gapS) push(columns, beforeS + 1, [null, null, null]);
    push(columns, atS, values);
    beforeS = atS;
  }
  return columns;
}

function push(
  [times, ...others]: [number[], ...(number | null)[][]],
  atS: number,
  values: readonly (number | null)[],
): void {
  times.push(atS);
  others.forEach((column, at) => column.push(values[at] ?? null));
}

const charts = document.querySelector<HTMLElement>("#charts");
if (charts !== null) run(charts);
