/** @jsxImportSource hono/jsx */
/** Dates as readers of the page's language write them, with the exact moment beside for machines. */
import { type DateStyle, writtenDate } from "../language/dates.ts";
import type { Desk } from "./frame.tsx";

export interface WhenProps {
  readonly desk: Desk;
  /** RFC 3339. */
  readonly at: string;
  readonly style?: DateStyle;
}

export function When({ desk, at, style = "day" }: WhenProps) {
  return <time datetime={at}>{writtenDate(at, style, desk.language, desk.site.timeZone)}</time>;
}
