/** What comes back from a page of the gates: a ticket, a proof where there was a script, and the form that was kept in the page. Pure. */
import { fields } from "./names.ts";

export interface GateForm {
  readonly ticket: string;
  readonly proof: string | undefined;
  /** Undefined: the address is to be read, nothing was to be sent. */
  readonly sealed: string | undefined;
}

/** 64 kB and what was sealed with them, in base64url. */
const sealedCharactersMax = 96 * 1024;
const proofCharactersMax = 1_000;
const ticketCharactersMax = 200;
/** Of the whole body. */
export const gateFormBytesMax = sealedCharactersMax + proofCharactersMax + ticketCharactersMax + 100;

const start = `${fields.ticket}=`;
const base64url = /^[\w-]*$/;

/** Whether a body that begins so is to be read here, and not by the site. */
export function isGateForm(beginning: string): boolean {
  return beginning.startsWith(start);
}

/** Undefined where it is none, or nothing that a page of ours sends. */
export function readGateForm(body: string): GateForm | undefined {
  if (!isGateForm(body) || body.length > gateFormBytesMax) return undefined;
  const sent = new URLSearchParams(body);
  const ticket = field(sent, fields.ticket, ticketCharactersMax);
  if (ticket === undefined) return undefined;
  return {
    ticket,
    proof: field(sent, fields.proof, proofCharactersMax),
    sealed: field(sent, fields.sealed, sealedCharactersMax),
  };
}

/** Without a script the proof is there and empty. */
function field(sent: URLSearchParams, name: string, charactersMax: number): string | undefined {
  const value = sent.get(name) ?? "";
  return value === "" || value.length > charactersMax || !base64url.test(value) ? undefined : value;
}
