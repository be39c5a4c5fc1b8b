/** Whether those who should be told of an attack can be reached, and what became of what they were sent. */
import { messageOf } from "../../base/errors.ts";
import { isLoopbackHost } from "../../base/network.ts";
import { BusError } from "../../bus/bus.ts";
import type { AlertState } from "../../bus/facts.ts";
import type { Config } from "../../config/settings.ts";
import { inert } from "../../language/inert.ts";
import { configuredOrigin, linkOrigin } from "../../people/origins.ts";
import { type Channel, channelsOf } from "../../watch/alerts/channel.ts";
import { counted } from "../format.ts";
import { type Checkup, type Finding, fine, note, type Patient, wrong } from "./checkup.ts";

const patienceMs = 10_000;

export const alerts: Checkup = {
  name: "alerts",
  needsSettings: true,
  async look({ config, clock, instance }) {
    const channels = channelsOf(config, clock);
    if (channels.length === 0)
      return [note("nobody is told of an attack", "name somebody in watch.alerts: `kasbah help settings`")];
    const [reached, states] = await Promise.all([Promise.all(channels.map(probe)), statesOf(instance)]);
    return [...reached, ...states.flatMap(undelivered), ...unsigned(config), ...farFromPhones(config)];
  },
};

/** Nothing is sent: whether somebody reads it, only an alert can show. */
async function probe(channel: Channel): Promise<Finding> {
  const { name } = channel;
  try {
    await channel.probe(AbortSignal.timeout(patienceMs));
    return fine(`${name} can be reached`);
  } catch (thrown) {
    return wrong(
      `${name} can't be reached: ${inert(messageOf(thrown), 200)}`,
      "mend its entry in watch.alerts, or outbound.proxy; what waits for it is tried again for hours",
    );
  }
}

function undelivered({ channel, waiting, dead, error }: AlertState): Finding[] {
  if (dead === 0 && (waiting === 0 || error === null)) return [];
  const left = `${counted(waiting, "alert")} wait, ${dead} given up within a day`;
  return [
    wrong(
      `${channel}: ${left}: ${inert(error ?? "", 200)}`,
      "see the watch's log; tell people by other means",
    ),
  ];
}

function unsigned({ watch }: Config): Finding[] {
  const bare = watch.alerts.filter(({ kind, secret }) => kind === "webhook" && secret === undefined).length;
  if (bare === 0) return [];
  return [
    note(
      `${counted(bare, "webhook")} without a signature`,
      'anybody could pretend to be Kasbah there: give it a secret = "…"',
    ),
  ];
}

function farFromPhones(config: Config): Finding[] {
  const origin = linkOrigin(config, configuredOrigin(config));
  if (!isLoopbackHost(new URL(origin).hostname)) return [];
  return [
    note(
      `links in alerts lead to ${origin}, which opens on this machine alone`,
      "set studio.hostname to decide from a phone",
    ),
  ];
}

async function statesOf(instance: Patient["instance"]): Promise<readonly AlertState[]> {
  try {
    return (await instance?.request("watch.status", {}, { timeoutMs: 2_000 }))?.alerts ?? [];
  } catch (thrown) {
    // Whether the watch answers at all is looked at elsewhere.
    if (thrown instanceof BusError) return [];
    throw thrown;
  }
}
