/** Which address of the baseline a request means: one spelling for each, and no parameters that only say where a reader came from. Pure. */
import { canonicalSpelling, isTracking, parameterNames } from "../paths.ts";

export interface Place {
  readonly path: string;
  readonly query?: string | undefined;
}

/** Path and query in the spelling in which addresses are compared. */
export function addressOf({ path, query }: Place): string {
  const spelled = canonicalSpelling(path);
  const kept = query === undefined ? "" : withoutTracking(query);
  return kept === "" ? spelled : `${spelled}?${kept}`;
}

function withoutTracking(query: string): string {
  const kept = query.split("&").filter((parameter) => {
    const [name = ""] = parameterNames(parameter);
    return parameter !== "" && !isTracking(name);
  });
  return kept.map(canonicalSpelling).join("&");
}
