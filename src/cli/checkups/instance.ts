/** The running instance: whether its roles answer, and what they have given up. */
import { BusError } from "../../bus/bus.ts";
import { type Checkup, type Finding, fine, note, type Patient, wrong } from "./checkup.ts";

const patience = { timeoutMs: 2_000 };

export const roles: Checkup = {
  name: "roles",
  async look({ instance, invocation }) {
    if (instance === undefined) return [note(`no Kasbah runs on ${invocation.data.root}`)];
    const [edge, newsroom, watch] = await Promise.all([
      heard("edge", () => instance.request("edge.status", {}, patience)),
      heard("newsroom", () => instance.request("newsroom.status", {}, patience)),
      heard("watch", () => instance.request("watch.status", {}, patience)),
    ]);
    return [edge, newsroom, watch];
  },
};

async function heard(role: string, ask: () => Promise<unknown>): Promise<Finding> {
  try {
    await ask();
    return fine(`the ${role} answers`);
  } catch (thrown) {
    if (!(thrown instanceof BusError)) throw thrown;
    return wrong(
      `the ${role} does not answer (${thrown.message})`,
      "see the log of `kasbah up` for why it stopped",
    );
  }
}

export const jobs: Checkup = {
  name: "jobs",
  async look({ instance }: Patient) {
    if (instance === undefined) return [];
    try {
      const { jobs_dead: dead } = await instance.request("newsroom.status", {}, patience);
      if (dead === 0) return [fine("none has failed for good")];
      return [wrong(`${dead} failed for good`, "see the newsroom's log for the reasons")];
    } catch (thrown) {
      if (thrown instanceof BusError) return [];
      throw thrown;
    }
  },
};
