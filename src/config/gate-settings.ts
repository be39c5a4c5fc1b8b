/** The settings of the gates: what work has to show at the protected site while there isn't enough for all. A section of the settings table. */
import { choice, list, text } from "./setting.ts";

export const gateSettings = {
  mode: choice({
    choices: ["auto", "off"],
    default: "auto",
    prose:
      '"auto" asks nothing of anybody in calm. While the protected site has more to do than it can, or an operator orders siege, whoever asks it for work waits on a page that comes back by itself, or has their browser solve a puzzle. The same holds before the studio under its public name, while more people without a session come than have a turn; who is signed in there goes first. "off" lets everybody into the one queue, and to the studio as they come.',
  }),
  shared_networks: list<string>({
    of: "cidr",
    default: [],
    prose:
      "Networks whose addresses are very many people's, like Tor's exits or a carrier's. Who waits behind them without a script has a lane of its own, so that all of them are not taken for one.",
  }),
  tor_exits: text({
    default: "",
    form: "file",
    prose:
      "A list of Tor's exits, which are shared networks as well: one address a line, as https://check.torproject.org/torbulkexitlist gives it out. Read again when it changes; Kasbah itself asks nobody for it.",
  }),
};
