/**
 * Error pages that were put together before. A flood that is refused gets the same few answers again and again, so each is made
 * once for as long as what it says and the page that says it exist.
 */
import type { LanguageTag } from "../language/tags.ts";
import { type ErrorAnswer, errorHeaders, plainPage, type Prepared } from "./errors.ts";
import type { Form } from "./forms.ts";

export class PreparedErrors {
  readonly #tls: boolean;
  readonly #signed = new WeakMap<Form, WeakMap<ErrorAnswer, Prepared>>();
  readonly #plain = new WeakMap<ErrorAnswer, Map<LanguageTag, Prepared>>();

  constructor(tls: boolean) {
    this.#tls = tls;
  }

  /** The edition's page with this case's headers. */
  signed(error: ErrorAnswer, form: Form): Prepared {
    const known = this.#signed.get(form) ?? new WeakMap<ErrorAnswer, Prepared>();
    const prepared = known.get(error) ?? withHeaders(form, error);
    this.#signed.set(form, known.set(error, prepared));
    return prepared;
  }

  /** The one that is compiled in. */
  plain(error: ErrorAnswer, language: LanguageTag): Prepared {
    const known = this.#plain.get(error) ?? new Map<LanguageTag, Prepared>();
    const prepared = known.get(language) ?? plainPage(error, language, this.#tls);
    this.#plain.set(error, known.set(language, prepared));
    return prepared;
  }
}

function withHeaders(form: Form, error: ErrorAnswer): Prepared {
  const headers = new Headers(form.whole.headers);
  for (const name of ["etag", "accept-ranges"]) headers.delete(name);
  for (const [name, value] of Object.entries(errorHeaders(error))) headers.set(name, value);
  return { body: form.body, init: { status: error.status, headers }, provenance: "signed" };
}
