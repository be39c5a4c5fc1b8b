/** Where an answer comes from, known for every one of them (DESIGN.md, principle 2). */

/** `dynamic` also stands for the edge's own words: refusals and errors without a signed page. */
export type Provenance = "signed" | "judged" | "uncertain" | "dynamic";
