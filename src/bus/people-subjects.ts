/** What a command asks the newsroom about its people. */
import { z } from "zod";

export const roleAtSchema = z.object({
  role: z.enum(["contributor", "editor", "moderator", "steward"]),
  /** Null: everywhere. */
  site: z.string().max(100).nullable(),
  section: z.string().max(200).nullable(),
});

const linkSchema = z.object({ url: z.string(), expires_at: z.iso.datetime() });

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.iso.datetime(),
  /** Since when they may nothing any more. */
  revoked_at: z.iso.datetime().nullable(),
  grants: z.array(roleAtSchema),
  passkeys: z.int().nonnegative(),
});
export type PersonFacts = z.infer<typeof personSchema>;

const invitationSchema = z.object({
  name: z.string(),
  grants: z.array(roleAtSchema),
  expires_at: z.iso.datetime(),
});

const peopleSchema = z.object({ people: z.array(personSchema), invitations: z.array(invitationSchema) });
export type PeopleFacts = z.infer<typeof peopleSchema>;

/** A name, or an id where a name belongs to several. */
const who = z.string().min(1).max(200);

export const peopleRequests = {
  "newsroom.people.invite": { ask: z.object({ name: who, grant: roleAtSchema }), answer: linkSchema },
  /** For somebody who lost their passkey. */
  "newsroom.people.invite-again": { ask: z.object({ who }), answer: linkSchema },
  "newsroom.people.list": { ask: z.object({}), answer: peopleSchema },
  "newsroom.people.revoke": { ask: z.object({ who }), answer: z.object({ person: personSchema }) },
} as const;
