/** @jsxImportSource hono/jsx */
/** The watch page's part on where requests come from: circles on a map without borders, and the same in a table. Never who is behind them. */
import type { DefenceFacts } from "../../bus/facts.ts";
import type { DefenceWords } from "../defence/words.ts";
import { type Origin, originsOf } from "./origins.ts";
import type { Quantities } from "../quantities.ts";
import { landPath, mapSize, spotOf } from "./world-map.ts";

export interface OriginPartProps {
  readonly words: DefenceWords["origin"];
  readonly quantities: Quantities;
  /** Undefined where the edge is silent. */
  readonly facts: DefenceFacts | undefined;
}

/** Of a circle for everything, and of one for next to nothing; in units of the map. */
const radius = { whole: 44, least: 2.5 } as const;

export function OriginPart({ words, quantities, facts }: OriginPartProps) {
  const origins = originsOf(facts?.countries ?? []);
  return (
    <section class="part" id="origin">
      <h2>{words.heading}</h2>
      {origins.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <WorldMap origins={origins} />
          <OriginTable words={words} quantities={quantities} origins={origins} />
        </>
      )}
      <p class="hint">{words.notWho}</p>
    </section>
  );
}

/** For eyes alone: the table says the same. */
function WorldMap({ origins }: { readonly origins: readonly Origin[] }) {
  const { width, height } = mapSize;
  return (
    <svg class="map" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="land" d={landPath()} />
      {origins.map(({ code, share }) => (
        <Circle code={code} share={share} />
      ))}
    </svg>
  );
}

/** Its area, not its width, is the share. All in one colour: what was refused stands in the table, and nobody is coloured as an attacker. */
function Circle({ code, share }: { readonly code: string; readonly share: number }) {
  const spot = spotOf(code);
  if (spot === undefined) return null;
  const [x, y] = spot;
  return <circle cx={x} cy={y} r={Math.max(radius.least, radius.whole * Math.sqrt(share)).toFixed(1)} />;
}

function OriginTable({
  words,
  quantities,
  origins,
}: Omit<OriginPartProps, "facts"> & { readonly origins: readonly Origin[] }) {
  const nameOf = (code: string): string => {
    if (code === "ZZ") return words.unknown;
    return code === "" ? words.others : quantities.country(code);
  };
  return (
    <div class="wide" role="region" aria-label={words.heading} tabindex={0}>
      <table class="figures">
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            {[words.country, words.requests, words.refused].map((heading) => (
              <th scope="col">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {origins.map(({ code, share, refused }) => (
            <tr>
              <th scope="row">
                <bdi>{nameOf(code)}</bdi>
              </th>
              <td>{quantities.share(share)}</td>
              <td>{quantities.share(refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
