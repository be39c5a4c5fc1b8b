/** Bans that operators list, add and remove over the bus. They persist; whoever is on the allow-list is never touched by them. */
import { rfc3339 } from "../base/clock.ts";
import type { Clock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Ban } from "../bus/facts.ts";
import { type Network, parseNetwork } from "../decision/address.ts";
import { type ActiveBan, objectionToBan } from "../decision/bans.ts";
import type { EdgeDatabase } from "./edge-database.ts";

/** Each worker looks a client up once among them; a list beyond this is a firewall's work. */
export const bansMax = 100_000;

export interface NewBan {
  readonly network: string;
  readonly reason: string;
  /** Null: until somebody removes it. */
  readonly seconds: number | null;
}

export class OperatorBans {
  readonly #database: EdgeDatabase;
  readonly #allow: readonly Network[];
  readonly #clock: Clock;
  readonly #changed: (bans: readonly ActiveBan[]) => void;

  constructor(
    database: EdgeDatabase,
    options: {
      readonly allow: readonly Network[];
      readonly clock: Clock;
      readonly changed: (bans: readonly ActiveBan[]) => void;
    },
  ) {
    this.#database = database;
    this.#allow = options.allow;
    this.#clock = options.clock;
    this.#changed = options.changed;
  }

  list(): Ban[] {
    return this.#database.bans(this.#clock.nowMs());
  }

  /** In the form that workers decide with. */
  active(): ActiveBan[] {
    return this.list().map(({ network, reason, expires_at: expiresAt }) => ({
      network,
      reason,
      expiresAtMs: expiresAt === null ? null : Date.parse(expiresAt),
    }));
  }

  /** Throws OperatorError where the network is none, too wide, or inside the allow-list. */
  add({ network: text, reason, seconds }: NewBan): Ban {
    const network = this.#parse(text);
    const objection = objectionToBan(network, this.#allow);
    if (objection !== undefined) {
      throw new OperatorError(objection, {
        hint: "ban a narrower network, or change decision.allow",
        exitCode: 2,
      });
    }
    if (this.list().length >= bansMax) {
      throw new OperatorError(`there are ${bansMax} bans already`, { hint: "remove some first" });
    }
    const nowMs = this.#clock.nowMs();
    const ban: Ban = {
      network: network.text,
      reason,
      by: "operator",
      created_at: rfc3339(nowMs),
      expires_at: seconds === null ? null : rfc3339(nowMs + seconds * 1000),
    };
    this.#database.addBan(ban);
    this.#changed(this.active());
    return ban;
  }

  /** False where that very network is not banned. Throws OperatorError where the text is no network. */
  remove(text: string): boolean {
    const removed = this.#database.removeBan(this.#parse(text).text);
    if (removed) this.#changed(this.active());
    return removed;
  }

  #parse(text: string): Network {
    const network = parseNetwork(text.trim());
    if (network !== undefined) return network;
    throw new OperatorError(`"${text}" is not a network`, {
      hint: 'write an address or a CIDR, like "192.0.2.7", "192.0.2.0/24" or "2001:db8::/32"',
      exitCode: 2,
    });
  }
}
