/** The judge of one worker, made from the configuration. */
import type { Clock } from "../../base/clock.ts";
import type { Log } from "../../base/log.ts";
import type { DataFolder } from "../../config/data-folder.ts";
import type { Config } from "../../config/settings.ts";
import { documentLimits } from "../../guard/reading/read.ts";
import { BlobStore } from "../../store/blobs.ts";
import type { BlobFault, SignedBlob } from "../blob-fault.ts";
import type { Languages } from "../errors.ts";
import { laneAddress } from "../lane/address.ts";
import type { PreparedErrors } from "../prepared-errors.ts";
import { BaselineMemory } from "./baseline-memory.ts";
import { Comparing } from "./comparing.ts";
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
  readonly log: Log;
  readonly monotonicMs: () => number;
  readonly reportFault: (blob: SignedBlob, fault: BlobFault) => void;
  readonly reportReading: (reading: Reading) => void;
}

/** For approved copies in each worker, and as much again for what is known of pages. */
const baselineBytesMax = 16 * 1024 * 1024;

/** Of a configuration with an origin. */
export function createJudge(options: CreateJudgeOptions): OriginJudge {
  const { config, data, errors, languages, clock, log, monotonicMs, reportFault, reportReading } = options;
  const { origin, edge } = config;
  const tls = edge.tls === "files";
  const staff = new Staff(origin);
  const telling = new Telling({ tell: reportReading, monotonicMs });
  const address = laneAddress(origin.url);
  const memory = new BaselineMemory({
    blobs: new BlobStore(data.blobs),
    bytesMax: baselineBytesMax,
    reportFault,
  });
  const { judge_bytes_max: bytesMax, judge_ms_max: msMax } = origin;
  return new OriginJudge({
    mode: origin.judge,
    bytesMax,
    comparing: new Comparing({
      limits: { ...documentLimits, bytesMax, msMax, monotonicMs },
      memory,
      ownHosts: new Set([...config["site.portal"].hosts, new URL(address.origin).host]),
      log,
    }),
    memory,
    passed: new PassedHeaders({ staff, origin: address.origin, tls }),
    staff,
    gathering: new Gathering({ bytesMax, msMax: origin.gather_timeout_s * 1_000 }),
    tls,
    languages,
    errors,
    clock,
    monotonicMs,
    told: (reading, head, body) => telling.tell(reading, head, body),
  });
}
