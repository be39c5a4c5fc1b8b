// What is learned of parameters: what never changed an answer, what did, what nobody used; and what no attacker may teach.
import { describe, expect, test } from "bun:test";
import { ParameterLearning } from "./parameter-learning.ts";
import { counts, fingerprintOf, noRules, type ParameterRules, parametersOf } from "./parameters.ts";

const minuteMs = 60_000;
const startMs = 1_000_000;

/** Which of a query's parameters count. */
function kept(path: string, query: string, rules: ParameterRules, isFlooded: boolean): string {
  return parametersOf(query)
    .filter((parameter) => counts(parameter, path, { rules, isFlooded }))
    .map(({ text }) => text)
    .join("&");
}

/** So many answers, one a minute, to queries that differ. */
function learn(
  learning: ParameterLearning,
  path: string,
  query: (nth: number) => string,
  says: (nth: number) => string = () => "same",
  many = 15,
): void {
  for (let nth = 0; nth < many; nth += 1) {
    learning.see({ path, query: query(nth), fingerprint: says(nth) }, startMs + nth * minuteMs);
  }
}

describe("in calm", () => {
  test("all count but those that only say where a reader came from", () => {
    expect(kept("/", "utm_source=x&a=1&fbclid=y&r=2&UTM_Medium=z", noRules, false)).toBe("a=1&r=2");
  });
});

describe("in a flood", () => {
  test("what nobody used before counts for nothing; what picks pages does", () => {
    expect(kept("/", "r=123&p=7&x", noRules, true)).toBe("p=7");
  });

  test("what readers used on this path counts, but for what made no difference there", () => {
    const learning = new ParameterLearning();
    learn(learning, "/a", (nth) => `idle=${nth}`);
    learn(
      learning,
      "/a",
      (nth) => `edition=${nth % 3}`,
      (nth) => `${nth % 3}`,
    );
    learn(learning, "/a", () => "once=1", undefined, 1);
    expect(kept("/a", "idle=9&edition=9&once=9&r=9", learning.rules, true)).toBe("edition=9&once=9");
  });

  test("what picks pages on one path may do so on a new one", () => {
    const learning = new ParameterLearning();
    learn(
      learning,
      "/a",
      (nth) => `edition=${nth % 3}`,
      (nth) => `${nth % 3}`,
    );
    expect(kept("/new", "edition=9&r=9", learning.rules, true)).toBe("edition=9");
  });

  test("a page that changes now and then does not make its parameters pick", () => {
    const learning = new ParameterLearning();
    learn(
      learning,
      "/a",
      (nth) => `idle=${nth}`,
      (nth) => `${Math.floor(nth / 20)}`,
      60,
    );
    expect(kept("/a", "idle=9", learning.rules, true)).toBe("");
  });

  test("a few values, or a few minutes, teach nothing", () => {
    const learning = new ParameterLearning();
    learn(learning, "/a", (nth) => `few=${nth % 3}`);
    learn(learning, "/b", (nth) => `quick=${nth}`, undefined, 8);
    expect(kept("/a", "few=9", learning.rules, true)).toBe("few=9");
    expect(kept("/b", "quick=9", learning.rules, true)).toBe("quick=9");
  });

  test("nobody can teach that page=2 is page=1 by asking for page=01, page=001", () => {
    const learning = new ParameterLearning();
    learn(learning, "/", (nth) => `page=${"0".repeat(nth)}1`);
    expect(kept("/", "page=2", learning.rules, true)).toBe("page=2");
  });
});

test("what was learned survives a restart; what somebody got at is as if nothing had been", () => {
  const learning = new ParameterLearning();
  learn(learning, "/a", (nth) => `idle=${nth}&b=1`);
  const again = new ParameterLearning(learning.save());
  expect(again.rules).toEqual(learning.rules);
  for (const bad of ["", "{", "[1]", '[{"path":"/","names":[{}]}]']) {
    expect(new ParameterLearning(bad).rules.kept.size).toBe(0);
  }
});

test("it is bounded, whatever is asked for", () => {
  const learning = new ParameterLearning();
  for (let nth = 0; nth < 3_000; nth += 1) {
    const query = Array.from({ length: 40 }, (_, at) => `n${nth}-${at}=${"x".repeat(50)}`).join("&");
    learning.see({ path: `/${nth}`, query, fingerprint: "x" }, startMs);
    learning.see({ path: "/one", query, fingerprint: "x" }, startMs);
  }
  expect(learning.rules.kept.size).toBeLessThanOrEqual(1_024);
  expect(learning.rules.kept.get("/one")?.length).toBeLessThanOrEqual(16);
  expect(learning.save().length).toBeLessThan(4_000_000);
});

test("a page says the same whatever changes in it by itself, and whatever it repeats of the query", () => {
  const page = (nonce: string, repeated: string): Buffer =>
    Buffer.from(`<p>text</p><input value="${nonce}"><a href="/a?${repeated}">12 comments</a>`);
  const print = (body: Buffer, query: string): string => fingerprintOf(body, query);
  expect(print(page("0a1b2c3d4e", "r=random"), "r=random")).toBe(
    print(page("ffffffffff", "r=other"), "r=other"),
  );
  expect(print(Buffer.from("<p>first"), "page=1")).not.toBe(print(Buffer.from("<p>second"), "page=2"));
});
