/** Takes renewed certificate files while the edge runs: looks at them once a minute, and keeps the old ones where the new ones are no good. */
import { type Clock, rfc3339 } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Config } from "../../config/settings.ts";
import { type Certificate, examineCertificate, readCertificate, servedHosts } from "./certificate.ts";

export interface RenewalOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Workers show this one from now on. */
  readonly renewed: (certificate: Certificate) => void;
}

export class Renewal {
  readonly #options: RenewalOptions;
  readonly #hosts: readonly string[];
  #inUse: Certificate | undefined;
  /** Why what lies there is not taken; said once. */
  #complaint = "";

  /** Throws OperatorError where the files can't be read. */
  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#hosts = servedHosts(options.config);
    this.#inUse = readCertificate(options.config.edge);
  }

  /** Undefined: readers are answered in clear. */
  get certificate(): Certificate | undefined {
    return this.#inUse;
  }

  /**
   * One look, about once a minute. Certificate and key are two files, and who renews them writes one after the other: what does not fit together
   * is left for the next look.
   */
  look(): void {
    if (this.#inUse === undefined) return;
    const found = this.#read();
    if (found === undefined) return;
    const { faults, validUntilMs } = examineCertificate(found, this.#hosts, this.#options.clock.nowMs());
    const fatal = faults.find(({ isFatal }) => isFatal);
    if (fatal !== undefined) return this.#complain(fatal.what);
    this.#inUse = found;
    this.#complaint = "";
    const until = validUntilMs === undefined ? "" : rfc3339(validUntilMs);
    this.#options.log.info("readers are shown a renewed certificate", { valid_until: until });
    for (const { what } of faults) this.#options.log.warn(what);
    this.#options.renewed(found);
  }

  /** Undefined where nothing is new, or the files can't be read. */
  #read(): Certificate | undefined {
    try {
      const found = readCertificate(this.#options.config.edge);
      if (found?.cert !== this.#inUse?.cert || found?.key !== this.#inUse?.key) return found;
      this.#complaint = "";
    } catch (thrown) {
      this.#complain(messageOf(thrown));
    }
    return undefined;
  }

  #complain(reason: string): void {
    if (reason === this.#complaint) return;
    this.#complaint = reason;
    this.#options.log.warn("renewed certificate files are not taken; the old ones stay in use", { reason });
  }
}
