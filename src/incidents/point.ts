/** One second on the chart, as it travels from the studio to the page. */

/** Seconds since 1970, requests, refused, and how many ms 99 of 100 readers waited at most. */
export type Point = readonly [atS: number, requests: number, refused: number, waitMs: number];

/** How much of the past the chart shows. */
export const shownS = 600;
