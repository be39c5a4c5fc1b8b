/** Makes what the studio sends smaller, in a coding that the client takes (RFC 9110, section 12.5.3). On threads of zlib's. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Coding = "br" | "gzip";

/** `quick` takes a millisecond for a page, `best` most of a second for half a megabyte, and is a tenth smaller. */
export type Effort = "quick" | "best";

const brotliQuality = { quick: 5, best: constants.BROTLI_MAX_QUALITY } as const;

/** The better of what the client takes; undefined where it takes neither. */
export function codingFor({ headers }: Request): Coding | undefined {
  const taken = new Set(
    (headers.get("accept-encoding") ?? "").split(",").flatMap((each) => {
      const [name = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
      return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
    }),
  );
  return (["br", "gzip"] as const).find((coding) => taken.has(coding));
}

export async function compress(
  body: Uint8Array,
  coding: Coding,
  effort: Effort,
): Promise<Uint8Array<ArrayBuffer>> {
  if (coding === "gzip") return new Uint8Array(await promisify(gzip)(body));
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality[effort] };
  return new Uint8Array(await promisify(brotliCompress)(body, { params }));
}
