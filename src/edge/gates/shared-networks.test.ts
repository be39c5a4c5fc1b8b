// Addresses that very many people share: named in the settings, or in a file that is renewed, breaks and comes back.
import { expect, test } from "bun:test";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import type { Log } from "../../base/log.ts";
import { parseAddress, parseNetwork } from "../../decision/address.ts";
import { SharedNetworks } from "./shared-networks.ts";

const minuteMs = 60_000;

function has(shared: SharedNetworks, text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return shared.has(address);
}

test("the file is read again when it changes; a broken one leaves what was known, and is told once", async () => {
  await using folder = temporaryFolder();
  const file = join(folder.path, "exits");
  const warned: unknown[] = [];
  const log = { warn: (_: string, about: unknown) => void warned.push(about) } as unknown as Log;
  const carrier = parseNetwork("198.51.100.0/24");
  const shared = new SharedNetworks({ named: carrier === undefined ? [] : [carrier], file, log });
  const write = (text: string, at: number): void => {
    writeFileSync(file, text);
    utimesSync(file, at, at);
  };

  write("192.0.2.7\n", 1);
  shared.tend(0);
  expect([has(shared, "192.0.2.7"), has(shared, "192.0.2.8"), has(shared, "198.51.100.9")]).toEqual([
    true,
    false,
    true,
  ]);
  write("192.0.2.8\n", 2);
  shared.tend(minuteMs - 1);
  expect(has(shared, "192.0.2.8")).toBe(false);
  shared.tend(minuteMs);
  expect([has(shared, "192.0.2.7"), has(shared, "192.0.2.8")]).toEqual([false, true]);
  write("<h1>404</h1>", 3);
  shared.tend(2 * minuteMs);
  rmSync(file);
  shared.tend(3 * minuteMs);
  shared.tend(4 * minuteMs);
  expect([has(shared, "192.0.2.8"), warned.length]).toEqual([true, 2]);
});
