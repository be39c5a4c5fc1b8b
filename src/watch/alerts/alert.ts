/** Something that people are told of, as it waits in the queue: facts only. Words are made when it is sent, in each channel's language. */
import { z } from "zod";
import { type Incident, incidentSchema } from "../../bus/facts.ts";
import { type Question, questionSchema } from "../../bus/origin-facts.ts";

/** Attacks and outages that somebody may have to do something about; probes and abuse can wait for a look at the register. */
export const alertedKinds = ["defacement", "outage", "tampering", "bypass", "flood"] as const;
export type AlertedKind = (typeof alertedKinds)[number];

const briefSchema = incidentSchema
  .pick({
    id: true,
    status: true,
    host: true,
    started_at: true,
    ended_at: true,
    outcome: true,
    responses: true,
    readers: true,
  })
  .extend({ kind: z.enum(alertedKinds) });

export const alertSchema = z.discriminatedUnion("about", [
  z.object({
    about: z.literal("incident"),
    change: z.enum(["opened", "breached", "closed"]),
    at: z.iso.datetime(),
    incident: briefSchema,
  }),
  z.object({
    about: z.literal("question"),
    at: z.iso.datetime(),
    question: questionSchema.pick({ id: true, link: true, alarm: true }).extend({ pages: z.number() }),
  }),
  /** Instead of many: more than is told one by one. */
  z.object({ about: z.literal("digest"), at: z.iso.datetime(), of: z.enum([...alertedKinds, "question"]) }),
]);
export type Alert = z.infer<typeof alertSchema>;
export type Topic = Extract<Alert, { about: "digest" }>["of"];

export function topicOf(alert: Alert): Topic {
  switch (alert.about) {
    case "incident":
      return alert.incident.kind;
    case "question":
      return "question";
    case "digest":
      return alert.of;
  }
}

/** The same for the same news, so that it is told once. */
export function keyOf(alert: Alert): string {
  switch (alert.about) {
    case "incident":
      return `incident ${alert.incident.id} ${alert.change}`;
    case "question":
      return `question ${alert.question.id}`;
    case "digest":
      return `digest ${alert.of} ${alert.at}`;
  }
}

/** Undefined: nobody is told of it. `isKnown`: its beginning was told; then its end is, whatever it has turned out to be. */
export function ofIncident(incident: Incident, isKnown: boolean, at: string): Alert | undefined {
  if (incident.drill) return undefined;
  const known = briefSchema.safeParse(incident);
  const brief = known.data ?? (isKnown ? briefSchema.parse({ ...incident, kind: "flood" }) : undefined);
  return brief && { about: "incident", change: changeOf(incident), at, incident: brief };
}

function changeOf({ status, outcome }: Incident): "opened" | "breached" | "closed" {
  if (status === "closed") return "closed";
  return outcome === "breached" ? "breached" : "opened";
}

export function ofQuestion(
  { id, link, alarm, addresses, addresses_more: more }: Question,
  at: string,
): Alert {
  return { about: "question", at, question: { id, link, alarm, pages: addresses.length + more } };
}
