/** What the newsroom can be asked about the protected site, by name. */
import { OperatorError } from "../base/errors.ts";
import type { Operations } from "../bus/role.ts";
import type { Origin } from "./origin.ts";

/** `origin` undefined: none is configured. */
export function originOperations(origin: Origin | undefined): Operations {
  const configured = (): Origin => origin ?? noOrigin();
  const withBaseline = (): Origin => {
    const { options } = configured();
    return options.baseline.version() === "" ? noBaseline() : configured();
  };
  return {
    "newsroom.snapshot": () => ({ snapshot: configured().snapshot.facts() }),
    "newsroom.snapshot.begin": ({ afresh }) => ({ snapshot: configured().beginSnapshot(afresh) }),
    "newsroom.snapshot.approve": async ({ include }) => ({ snapshot: await configured().approve(include) }),
    "newsroom.origin.questions": () => ({ questions: configured().questions.list() }),
    "newsroom.origin.accept": ({ question }) => withBaseline().deciding.accept(question),
    "newsroom.origin.quarantine": async ({ question, reason }) => ({
      refused: await withBaseline().deciding.quarantine(question, reason),
    }),
    "newsroom.origin.release": ({ anyway }) => withBaseline().deciding.release(anyway),
  };
}

function noOrigin(): never {
  throw new OperatorError("no site is protected: origin.url is empty", {
    hint: 'name it in kasbah.toml: [origin] url = "http://127.0.0.1:9000"',
    exitCode: 2,
  });
}

function noBaseline(): never {
  throw new OperatorError("there is no baseline yet, so that nothing can be judged", {
    hint: "`kasbah snapshot` makes one",
    exitCode: 2,
  });
}
