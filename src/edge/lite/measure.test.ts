// What serving costs, as it is added up: films count as they are taken, refusals apart, a silent worker as late; and what Linux says of its lines.
import { expect, test } from "bun:test";
import { WorkerTally } from "../../decision/tally.ts";
import { sentToElsewhere } from "./line-bytes.ts";
import { Measure, type Reported } from "./measure.ts";

const counts = new WorkerTally({ first: 1, second: 2 }).take();
const noLite = { texts: 0, textBytes: 0, work: 0, workBytes: 0 };
const quiet: Reported = { lagMs: 4, counts, lite: noLite, large: { countedBytes: 0, takenBytes: 0 } };

function measure(lineBytes: () => number | undefined = () => undefined): Measure {
  return new Measure({ cpuShare: () => 0.5, lineBytes }, 0);
}

test("a film is what readers took of it, not what it weighs", () => {
  const measured = measure();
  const begun = { ...counts, requests: 1, bytes: 50_000_000 };
  measured.hear({ ...quiet, counts: begun, large: { countedBytes: 50_000_000, takenBytes: 300_000 } });
  expect(measured.take(1_000)?.bytes).toBeLessThan(320_000);
  measured.hear({ ...quiet, large: { countedBytes: 0, takenBytes: 400_000 } });
  expect(measured.take(2_000)?.bytes).toBe(420_000);
});

test("refused and told to wait are apart from what was served; lag is the mean, and silence is lag", () => {
  const measured = measure();
  measured.hear({ ...quiet, counts: { ...counts, requests: 10, refused: 3, challenged: 2, pages: 1 } });
  measured.hear({ ...quiet, lagMs: 8, lite: { ...noLite, texts: 2, work: 1 } });
  expect(measured.take(1_000)).toMatchObject({
    seconds: 1,
    requests: 10,
    refused: 5,
    pages: 1,
    lagMs: 6,
    cpuShare: 0.5,
    texts: 2,
    work: 1,
  });
  expect(measured.take(1_100)).toBeUndefined();
  expect(measured.take(3_000)).toMatchObject({ lagMs: 2_000, requests: 0, bytes: 0 });
  expect([measured.texts, measured.workRefused]).toEqual([2, 1]);
});

test("where the machine counts its lines, that is what is believed", () => {
  let sent = 1_000;
  const measured = measure(() => sent);
  measured.hear({ ...quiet, counts: { ...counts, requests: 1, bytes: 9_999_999 } });
  sent = 251_000;
  expect(measured.take(1_000)?.bytes).toBe(250_000);
});

test("of /proc/net/dev what was transmitted counts, but not to itself", () => {
  const table = [
    "Inter-|   Receive                                                |  Transmit",
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs",
    "    lo: 5000     10    0    0    0     0          0         0    77777     10    0",
    "  eth0: 1000     10    0    0    0     0          0         0     2000     20    0",
    "wlan0:9999999999 1 0 0 0 0 0 0 40 1 0",
  ].join("\n");
  expect(sentToElsewhere(() => table)).toBe(2_040);
  expect(sentToElsewhere(() => "nothing here")).toBeUndefined();
  expect(
    sentToElsewhere(() => {
      throw new Error("no such file");
    }),
  ).toBeUndefined();
});
