/** `kasbah people`: who works here. Inviting prints a link that works once; the rest of it happens in a browser. */
import { type Command, Option } from "commander";
import { OperatorError } from "../base/errors.ts";
import type { Answer } from "../bus/bus.ts";
import { type PeopleFacts, type PersonFacts, roleAtSchema } from "../bus/people-subjects.ts";
import { moment, table } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";
import { withNewsroom } from "./newsroom-role.ts";

const roleSchema = roleAtSchema.shape.role;
type RoleAt = PersonFacts["grants"][number];

export const define: Define = (command) => {
  invite(withJson(command.command("invite").description("print a link that lets somebody in, once")));
  list(withJson(command.command("list").description("who may do what, and who is on their way in")));
  revoke(withJson(command.command("revoke").description("end somebody's sessions, passkeys and roles")));
};

interface InviteOptions {
  readonly role?: RoleAt["role"];
  readonly site?: string;
  readonly section?: string;
  readonly again?: boolean;
}

function invite(command: Command): void {
  command
    .argument("<name>", "that colleagues know; a pseudonym is fine")
    .addOption(new Option("--role <role>", "what they may do").choices(roleSchema.options))
    .option("--site <site>", "portal or blog (default: both)")
    .option("--section <section>", "one section of the site, as its address has it (default: all)")
    .addOption(
      new Option("--again", "for somebody who is here and lost their passkey").conflicts([
        "role",
        "site",
        "section",
      ]),
    );
  command.action(async (name: string, options: InviteOptions) => {
    const invocation = invocationOf(command);
    const asked = options.again === true ? undefined : grantFrom(options);
    const link = await withNewsroom(invocation, async (ask): Promise<Answer<"newsroom.people.invite">> =>
      asked === undefined
        ? await ask("newsroom.people.invite-again", { who: name })
        : await ask("newsroom.people.invite", { name, grant: asked }),
    );
    show(invocation, link, () => [link.url, `works once, until ${moment(link.expires_at)}`]);
  });
}

function grantFrom({ role, site, section }: InviteOptions): RoleAt {
  if (role !== undefined) return { role, site: site ?? null, section: section ?? null };
  throw new OperatorError("what they may do is missing", {
    hint: `give --role with ${roleSchema.options.join(", ")}`,
    exitCode: 2,
  });
}

function list(command: Command): void {
  command.action(async () => {
    const invocation = invocationOf(command);
    const facts = await withNewsroom(invocation, (ask) => ask("newsroom.people.list", {}));
    show(invocation, facts, () => describe(facts));
  });
}

function revoke(command: Command): void {
  command.argument("<who>", "a name, or an id as `kasbah people list` shows it");
  command.action(async (who: string) => {
    const invocation = invocationOf(command);
    const { person } = await withNewsroom(invocation, (ask) => ask("newsroom.people.revoke", { who }));
    show(invocation, person, () => [`${person.name} may do nothing here any more; what they wrote stays`]);
  });
}

function describe({ people, invitations }: PeopleFacts): string[] {
  if (people.length + invitations.length === 0) return ["nobody is here yet"];
  const rows = people.map((person) => [person.name, person.id, inWords(person.grants), standing(person)]);
  const waiting = invitations.map(({ name, grants, expires_at: until }) => [
    name,
    "",
    inWords(grants),
    `invited, until ${moment(until)}`,
  ]);
  return table([...rows, ...waiting]);
}

function standing({ revoked_at: at, passkeys }: PersonFacts): string {
  if (at !== null) return `let go on ${moment(at)}`;
  return passkeys === 0 ? "can't sign in: no passkey" : "";
}

function inWords(grants: readonly RoleAt[]): string {
  const words = ({ role, site, section }: RoleAt): string =>
    [role, site === null ? "" : [site, section].filter((part) => part !== null).join("/")]
      .filter(Boolean)
      .join(" of ");
  return grants.map(words).join(", ");
}
