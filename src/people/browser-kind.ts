/**
 * Which kind of browser a request comes from, without versions, which change with every update. A session belongs to the
 * kind that it began in (docs/threat-model.md says what that is worth).
 */
export function browserKind(request: Request): string {
  return (request.headers.get("user-agent") ?? "").replaceAll(/\d+([._]\d+)*/g, "").slice(0, 1_000);
}
