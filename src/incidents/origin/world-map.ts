/** The world as the watch page draws it: coasts without borders, on which a place is a point. Equal areas, so that no part of it looms. */
import { type GeoContext, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/land-110m.json";
import { mapPlaces } from "./map-places.ts";

/** Units of the drawing. The south is cut off, where nobody lives. */
export const mapSize = { width: 640, height: 282 } as const;

/** A point of the drawing. */
export type Spot = readonly [x: number, y: number];

const projection = geoEqualEarth().fitWidth(mapSize.width, { type: "Sphere" });

/** Undefined where no place is known for it. */
export function spotOf(country: string): Spot | undefined {
  const degrees = mapPlaces.get(country);
  const point = degrees && projection([...degrees]);
  return point ? [Math.round(point[0]), Math.round(point[1])] : undefined;
}

let drawn: string | undefined;

/** All land as one path (SVG 2, section 9.3): some 16 kB, drawn once. */
export function landPath(): string {
  drawn ??= drawLand();
  return drawn;
}

function drawLand(): string {
  const topology = atlas as unknown as Topology<{ land: GeometryCollection }>;
  const pen = new Pen();
  geoPath(projection, pen)(feature(topology, topology.objects.land));
  return pen.path;
}

/** Writes rings in whole units and relative steps: a third of what d3 writes, and nobody sees a difference. */
class Pen implements GeoContext {
  #ring: Spot[] = [];
  path = "";

  moveTo(x: number, y: number): void {
    this.#ring = [[Math.round(x), Math.round(y)]];
  }

  lineTo(x: number, y: number): void {
    const spot: Spot = [Math.round(x), Math.round(y)];
    const before = this.#ring.at(-1);
    if (before?.[0] !== spot[0] || before[1] !== spot[1]) this.#ring.push(spot);
  }

  closePath(): void {
    const isSeen = this.#ring.length > 2 && this.#ring.some(([, y]) => y < mapSize.height);
    if (isSeen) this.path += ringPath(this.#ring);
  }

  beginPath(): void {}

  arc(): void {}
}

function ringPath(ring: readonly Spot[]): string {
  const steps = ring.slice(1).map(([x, y], at) => {
    const [beforeX, beforeY] = ring[at] ?? [x, y];
    return `${x - beforeX} ${y - beforeY}`;
  });
  return `M${ring[0]?.join(" ")}l${steps.join(" ").replaceAll(" -", "-")}z`;
}
