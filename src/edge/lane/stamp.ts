/** The field with the secret that tells the server behind the edge who asks it. Whatever a client said under that name is taken out first. Pure. */

export interface Stamp {
  /** In lower case. */
  readonly name: string;
  /** Visible ASCII. */
  readonly value: string;
}

/** `head`: of a request, as request-head.ts writes it, with its empty line. */
export function stamped(head: Uint8Array, { name, value }: Stamp): Uint8Array {
  const [line = "", ...fields] = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString("latin1", 0, head.length - 4)
    .split("\r\n");
  const others = fields.filter((field) => !isOf(field, name));
  return Buffer.from([line, ...others, `${name}: ${value}`, "", ""].join("\r\n"), "latin1");
}

/** CGI makes one variable of `X_Secret` and `X-Secret`. */
function isOf(field: string, name: string): boolean {
  return field.slice(0, field.indexOf(":")).toLowerCase().replaceAll("_", "-") === name.replaceAll("_", "-");
}
