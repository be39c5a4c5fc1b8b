/** The judge of one worker, made from the configuration. */
import type { Clock } from "../../base/clock.ts";
import type { DataFolder } from "../../config/data-folder.ts";
import type { Config } from "../../config/settings.ts";
import { BlobStore } from "../../store/blobs.ts";
import type { BlobFault, SignedBlob } from "../blob-fault.ts";
import type { Languages } from "../errors.ts";
import { laneAddress } from "../lane/address.ts";
import type { PreparedErrors } from "../prepared-errors.ts";
import { BaselineMemory } from "./baseline-memory.ts";
import { OriginJudge } from "./origin-judge.ts";
import { PassedHeaders } from "./passed-headers.ts";
import { Staff } from "./staff.ts";
import { Telling } from "./telling.ts";
import type { Reading } from "./told.ts";
import { Gathering } from "./whole-body.ts";

export interface CreateJudgeOptions {
  readonly config: Config;
  readonly data: DataFolder;
  readonly errors: PreparedErrors;
  readonly languages: Languages;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  readonly reportFault: (blob: SignedBlob, fault: BlobFault) => void;
  readonly reportReading: (reading: Reading) => void;
}

/** For approved copies in each worker, and as much again for what is known of pages. */
const baselineBytesMax = 16 * 1024 * 1024;
/** Far more than a page has that people wrote; few enough to be read in moments. */
const elementsMax = 100_000;
const depthMax = 512;

/** Of a configuration with an origin. */
export function createJudge(options: CreateJudgeOptions): OriginJudge {
  const { config, data, errors, languages, clock, monotonicMs, reportFault, reportReading } = options;
  const { origin, edge } = config;
  const tls = edge.tls === "files";
  const staff = new Staff(origin);
  const telling = new Telling({ tell: reportReading, monotonicMs });
  const address = laneAddress(origin.url);
  return new OriginJudge({
    mode: origin.judge,
    limits: {
      bytesMax: origin.judge_bytes_max,
      elementsMax,
      depthMax,
      msMax: origin.judge_ms_max,
      monotonicMs,
    },
    memory: new BaselineMemory({ blobs: new BlobStore(data.blobs), bytesMax: baselineBytesMax, reportFault }),
    passed: new PassedHeaders({ staff, origin: address.origin, tls }),
    staff,
    gathering: new Gathering({ bytesMax: origin.judge_bytes_max, msMax: origin.gather_timeout_s * 1_000 }),
    ownHosts: new Set([...config["site.portal"].hosts, new URL(address.origin).host]),
    tls,
    languages,
    errors,
    clock,
    told: (reading, head, body) => telling.tell(reading, head, body),
  });
}
