/** Draws the watch page's charts in the browser, with uPlot. */
import uPlot, { type AlignedData, type Options } from "uplot";
import { type Point, shownS } from "./point.ts";

/** As the style sheet keeps room for them, px. */
const chartHeight = { requests: 200, wait: 120 } as const;
/** The edge or the watch was silent: the line is broken. */
const gapS = 5;

/** Two charts under each other on one time: requests, and how long readers wait. Time runs from left to right in every language. */
export class Drawing {
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
