/** Flood, readers and visitors each run in a process of their own (`bun attacks/process.ts`), so that none slows the others' clocks. */
import type { FloodReport } from "./flood-counts.ts";
import type { ReadersReport } from "./fare.ts";
import { flood, type FloodOrder } from "./flood.ts";
import { Readers, type ReadersOrder } from "./readers.ts";
import { Visitors, type VisitorsOrder } from "./visitors.ts";
import type { VisitorsReport } from "./visitors-fare.ts";

/** From the drill. A process takes one order; readers are then told when the flood begins, and to stop. */
export type Order =
  | { readonly do: "flood"; readonly order: FloodOrder }
  | { readonly do: "read"; readonly order: ReadersOrder }
  | { readonly do: "visit"; readonly order: VisitorsOrder }
  | { readonly do: "flood begins" }
  | { readonly do: "stop" };

export interface Report {
  readonly flood?: FloodReport;
  readonly readers?: ReadersReport;
  readonly visitors?: VisitorsReport;
}

if (import.meta.main) {
  let readers: Readers | undefined;
  let visitors: Visitors | undefined;
  process.on("message", (message: Order) => {
    switch (message.do) {
      case "flood":
        return void flood(message.order).then((report) => end({ flood: report }));
      case "read":
        readers = new Readers(message.order);
        return void readers.read().then((report) => end({ readers: report }));
      case "visit":
        visitors = new Visitors(message.order);
        return void visitors.visit().then((report) => end({ visitors: report }));
      case "flood begins":
        return readers?.floodBegins();
      case "stop":
        readers?.stop();
        return visitors?.stop();
    }
  });
  // Ctrl-C reaches every process of the terminal; it is the drill's to end.
  process.on("SIGINT", () => {});
  // Without the drill there is nobody to stop for.
  process.on("disconnect", () => process.exit());
}

function end(report: Report): void {
  process.send?.(report);
}
