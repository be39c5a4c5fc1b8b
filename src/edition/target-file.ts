/** A target as the metadata writes it, and back: everything about an answer but its bytes (TUF 1.0, section 4.5). */
import type { TargetFile } from "@tufjs/models";
import { z } from "zod";
import { isSha256 } from "../base/bytes.ts";
import { limits } from "./limits.ts";
import { type Area, areas, type Target, targetHeaders, targetName } from "./target.ts";

/** Neither control characters nor what `targetName` separates by. */
const line = /^[^\p{Cc}\u2028\u2029]*$/u;
/** What may stand in a header (RFC 9110, section 5.5), without obsolete bytes. */
const headerText = /^[\u0020-\u007e]*$/;

const customSchema = z.strictObject({
  site: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(limits.site),
  path: z.string().startsWith("/").regex(line).max(limits.path),
  query: z.string().min(1).regex(line).max(limits.query).exactOptional(),
  status: z.int().min(200).max(599),
  type: z.string().min(1).regex(headerText).max(limits.type),
  headers: z.partialRecord(z.enum(targetHeaders), z.string().regex(headerText).max(limits.headerValue)),
});

const fileSchema = z.strictObject({
  length: z.int().nonnegative().max(limits.blobBytes),
  hashes: z.strictObject({ sha256: z.string().refine(isSha256) }),
  custom: customSchema.refine(
    ({ status, headers }) => isRedirect(status) === (headers.location !== undefined),
    {
      error: "a location belongs to a redirect, and a redirect has one",
    },
  ),
});

/** Throws where an edition may not have such a target. */
export function encodeTarget(target: Target): z.infer<typeof fileSchema> {
  const { area: _area, sha256, length, ...custom } = target;
  return fileSchema.parse({ length, hashes: { sha256 }, custom });
}

/** Throws where the entry is not of its form, or stands under a name that is not its address's. */
export function decodeTarget(name: string, file: TargetFile): Target {
  const { length, hashes, custom } = fileSchema.parse(file.toJSON());
  const area = areaOf(name);
  const target: Target = { area, ...custom, sha256: hashes.sha256, length };
  if (targetName(area, target) !== name) throw new Error(`${name} is not the name of ${target.path}`);
  return target;
}

/** Most targets are in one edition after the other, and a name takes a hash. */
const names = new WeakMap<Target, string>();

export function nameOf(target: Target): string {
  const name = names.get(target) ?? targetName(target.area, target);
  names.set(target, name);
  return name;
}

/** True where both give the same answer at the same address. */
export function sameTarget(left: Target | undefined, right: Target | undefined): boolean {
  if (left === right) return true;
  return (
    left !== undefined &&
    right !== undefined &&
    left.sha256 === right.sha256 &&
    left.length === right.length &&
    left.status === right.status &&
    left.type === right.type &&
    left.area === right.area &&
    left.site === right.site &&
    left.path === right.path &&
    left.query === right.query &&
    targetHeaders.every((name) => left.headers[name] === right.headers[name])
  );
}

function areaOf(name: string): Area {
  const area = areas.find((candidate) => name.startsWith(`${candidate}/`));
  if (area === undefined) throw new Error(`${name} belongs to no area`);
  return area;
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
