/** @jsxImportSource hono/jsx */
/** What somebody sees who can't have what they asked the studio for. */
import type { Refusal } from "../web/answers.ts";
import type { Visit } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";

export function RefusalPage({ visit, refusal }: { readonly visit: Visit; readonly refusal: Refusal }) {
  return (
    <StudioFrame visit={visit} title={String(refusal.status)}>
      <p>{refusal.message}</p>
    </StudioFrame>
  );
}
