/** @jsxImportSource hono/jsx */
/** The two questions to whoever gives a role: which, and where. */
import type { InterfaceLanguage } from "../language/tags.ts";
import { Checkbox, Select } from "../web/components.tsx";
import { studioWords } from "../web/words/index.ts";
import { placeOptions } from "./grant-words.ts";
import type { PeopleParts } from "./parts.ts";
import type { RoleAt } from "./permissions.ts";
import { roles } from "./person.ts";
import { peopleWords } from "./words/index.ts";

export interface GrantFieldsProps {
  /** By whoever gives. */
  readonly held: readonly RoleAt[];
  readonly parts: PeopleParts;
  readonly language: InterfaceLanguage;
}

/** The role that may least is chosen until somebody chooses. */
export function GrantFields({ held, parts, language }: GrantFieldsProps) {
  const words = peopleWords(language);
  return (
    <>
      <fieldset>
        <legend>{words.people.role}</legend>
        {roles.map((role) => (
          <Checkbox
            type="radio"
            name="role"
            value={role}
            label={studioWords(language).roles[role]}
            hint={words.roles[role]}
            checked={role === "contributor"}
          />
        ))}
      </fieldset>
      <Select name="place" label={words.people.place} options={placeOptions(held, parts, language)} />
    </>
  );
}
