/** `kasbah init` and the settings in `kasbah help`. */
import { describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { kasbah } from "../../test/cli.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { defaultConfig, loadConfig, parseConfig } from "../config/load.ts";
import { interview } from "./interview.ts";

describe("without a terminal", () => {
  test("--yes writes the defaults, once", async () => {
    await using folder = temporaryFolder();
    const config = join(folder.path, "kasbah.toml");
    const first = await kasbah("init", "--yes", "--config", config);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(loadConfig(config, { mustExist: true })).toEqual(defaultConfig());

    await Bun.write(config, '[site]\nname = "Ours"\n');
    const second = await kasbah("init", "--yes", "--config", config);
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain("is there already and was left alone");
    expect(await readFile(config, "utf8")).toContain("Ours");

    expect((await kasbah("init", "--yes", "--overwrite", "--config", config)).exitCode).toBe(0);
    expect(await readFile(`${config}.old`, "utf8")).toContain("Ours");
    expect(loadConfig(config, { mustExist: true })).toEqual(defaultConfig());
  });

  test("nothing is asked", async () => {
    await using folder = temporaryFolder();
    const { exitCode, stderr } = await kasbah("init", "--config", join(folder.path, "kasbah.toml"));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "kasbah: there is no terminal to ask questions on; say --yes to take the defaults, then edit the file\n",
    });
  });
});

describe("the interview", () => {
  test("takes what is typed, and the default where nothing is", async () => {
    const { text } = await interviewed([
      "Mamfakinch!",
      "fr ar",
      "fr",
      "example.org www.example.org",
      "",
      "0.0.0.0:80",
      "",
    ]);
    const { site, edge, ...rest } = parseConfig(text, "kasbah.toml");
    expect(site).toMatchObject({ name: "Mamfakinch!", languages: ["fr", "ar"], default_language: "fr" });
    expect(rest["site.portal"].hosts).toEqual(["example.org", "www.example.org"]);
    expect(rest["site.blog"].hosts).toEqual(["blog.localhost"]);
    expect(edge.listen).toEqual(["0.0.0.0:80"]);
    expect(text).toContain('#hosts = [ "blog.localhost" ]');
  });

  test("asks again where an answer does not fit, and says what does", async () => {
    const { text, shown } = await interviewed(["", "", "", "https://example.org", "example.org", "", "", ""]);
    expect(parseConfig(text, "kasbah.toml")["site.portal"].hosts).toEqual(["example.org"]);
    expect(shown.join("\n")).toContain('"https://example.org" does not fit; it takes a host name');
  });

  test("asks once more where answers do not fit together", async () => {
    const { text, shown } = await interviewed([
      "",
      "fr",
      "ar",
      "",
      "",
      "",
      "",
      "go on",
      "",
      "",
      "fr",
      "",
      "",
      "",
      "",
    ]);
    expect(parseConfig(text, "kasbah.toml").site).toMatchObject({
      languages: ["fr"],
      default_language: "fr",
    });
    expect(shown.join("\n")).toContain('site.default_language is "ar", which is not among site.languages');
  });
});

describe("help settings", () => {
  test("explains every section, or one", async () => {
    const [all, one] = await Promise.all([kasbah("help", "settings"), kasbah("help", "settings", "metrics")]);
    expect(all.stdout).toContain("[edge]\n\n  listen\n    Where readers are answered.");
    expect(one.stdout).toStartWith("[metrics]\n\n  listen\n");
    expect(all.stdout).toContain(one.stdout.trim());
  });

  test("knows what there is", async () => {
    expect(await kasbah("help", "settings", "nonsense")).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

async function interviewed(answers: string[]): Promise<{ text: string; shown: string[] }> {
  const shown: string[] = [];
  const text = await interview(async (words) => {
    shown.push(words);
    const next = answers.shift();
    if (next === undefined) throw new Error(`nothing more to answer to: ${words}`);
    return next;
  }, "kasbah.toml");
  return { text, shown };
}
