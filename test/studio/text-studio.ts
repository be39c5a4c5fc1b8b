/** A whole newsroom on a disk with its pages about texts behind the real front door, and people with the grants that a test gives. */
import { mkdirSync } from "node:fs";
import { silentLog } from "../../src/base/log.ts";
import { ManualClock } from "../../src/base/clock.ts";
import type { Bus } from "../../src/bus/bus.ts";
import { startHub } from "../../src/bus/hub.ts";
import { connectBus } from "../../src/bus/local.ts";
import { type DataFolder, dataFolder } from "../../src/config/data-folder.ts";
import { defaultConfig } from "../../src/config/load.ts";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { deeds } from "../../src/newsroom/features.ts";
import { openNewsroom } from "../../src/newsroom/newsroom.ts";
import type { Newsroom, StudioParts } from "../../src/newsroom/parts.ts";
import { mayWith } from "../../src/people/permissions.ts";
import type { Role } from "../../src/people/person.ts";
import type { People } from "../../src/people/store.ts";
import { feature } from "../../src/pieces/feature.ts";
import { ClientScripts } from "../../src/web/client-scripts.ts";
import type { Person, Route } from "../../src/web/route.ts";
import { modelStart } from "../model/model.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { openStudio, type Studio } from "./studio.ts";

export interface TextStudio extends AsyncDisposable {
  readonly studio: Studio;
  readonly newsroom: Newsroom;
  readonly people: People;
  readonly data: DataFolder;
  readonly clock: ManualClock;
  /** Of the edge's side; an edge that serves answers there. */
  readonly bus: Bus;
  /** Somebody with an account, who holds that role at that place (default: everywhere), and is signed in from now on. */
  signIn(role: Role, site?: string | null, section?: string | null): Person;
}

/** `others`: routes of other features that a page of this one needs. */
export async function openTextStudio(
  language: InterfaceLanguage = "en",
  others: (parts: StudioParts) => readonly Route[] = () => [],
): Promise<TextStudio> {
  const folder = temporaryFolder("memory");
  const data = dataFolder(folder.path);
  const clock = new ManualClock(modelStart);
  mkdirSync(data.run, { recursive: true });
  const hub = await startHub(data.busSocket);
  const bus = await connectBus(data.busSocket);
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await Promise.resolve();
  };
  const onPublished = (version: number): void => bus.publish("edition.published", { version });
  const options = { config: defaultConfig(), data, clock, wait, log: silentLog, onPublished };
  const newsroom = await openNewsroom(options);
  const scripts = new ClientScripts();
  const parts: StudioParts = {
    ...newsroom,
    bus,
    scripts,
    origins: () => [],
    deeds,
    kasbah: [],
    evidence: "",
  };
  const { people } = newsroom;
  const routes = [...(feature.routes?.(parts) ?? []), ...others(parts)];
  const studio = openStudio({ routes, menu: feature.menu ?? [], language, scripts });
  return {
    studio,
    newsroom,
    people,
    data,
    clock,
    bus,
    signIn(role, site = null, section = null) {
      const { id, name } = people.addAccount(`${role} of ${site ?? "all"}`);
      people.grant({ account: id, role, site, section });
      const person = { id, name, may: mayWith(id, [{ role, site, section }]) };
      studio.become(person);
      return person;
    },
    async [Symbol.asyncDispose]() {
      await studio[Symbol.asyncDispose]();
      await newsroom[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
      await folder.remove();
    },
  };
}
