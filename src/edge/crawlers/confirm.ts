/** Forward-confirmed reverse DNS: an address has a name under the engine's domain, and that name has the address. */
import { codeOf } from "../../base/errors.ts";
import { type IpAddress, parseAddress } from "../../decision/address.ts";
import { type Engine, isOf } from "./engines.ts";

/** What is asked of node:dns; `Resolver` of node:dns/promises has it. */
export interface Names {
  resolvePtr(name: string): Promise<string[]>;
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
}

/** A crawler has one name. Whoever answers with thousands makes us ask no more than this. */
const namesMax = 2;

/** False only where DNS said so; where it said nothing in time, or failed, nobody knows. */
export type Confirmed = "verified" | "false" | "unknown";

export async function confirm(
  address: IpAddress,
  engine: Engine,
  names: Names,
  timeoutMs: number,
): Promise<Confirmed> {
  const { promise: late, resolve } = Promise.withResolvers<"unknown">();
  const timer = setTimeout(() => resolve("unknown"), timeoutMs);
  try {
    return await Promise.race([ask(address, engine, names), late]);
  } catch {
    return "unknown";
  } finally {
    clearTimeout(timer);
  }
}

async function ask(address: IpAddress, engine: Engine, names: Names): Promise<Confirmed> {
  const claimed = await found(names.resolvePtr(reverseName(address)));
  for (const name of claimed.filter((each) => isOf(engine, each)).slice(0, namesMax)) {
    const isV4 = address.bytes.length === 4;
    const addresses = await found(isV4 ? names.resolve4(name) : names.resolve6(name));
    if (addresses.some((each) => parseAddress(each)?.text === address.text)) return "verified";
  }
  return "false";
}

/** RFC 1035, section 3.5; RFC 3596, section 2.5. (`reverse` of Bun takes a name server that fails for one that knows nobody.) */
function reverseName({ bytes }: IpAddress): string {
  if (bytes.length === 4) return `${[...bytes].reverse().join(".")}.in-addr.arpa`;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits.split("").reverse().join(".")}.ip6.arpa`;
}

/** That there is nothing is an answer. */
async function found(asked: Promise<string[]>): Promise<string[]> {
  try {
    return await asked;
  } catch (thrown) {
    if (["ENOTFOUND", "ENODATA"].includes(codeOf(thrown) ?? "")) return [];
    throw thrown;
  }
}
