/** How much a sum has risen since it was last heard. It begins anew where its edge, or what it counts, does. */
export function rise(before: number, now: number): number {
  return now < before ? now : now - before;
}
