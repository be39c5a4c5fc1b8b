/** The database of countries and networks. */
import { messageOf, OperatorError } from "../../base/errors.ts";
import { openGeo } from "../../edge/geo.ts";
import { type Checkup, fine, wrong } from "./checkup.ts";

export const geo: Checkup = {
  name: "geo data",
  needsSettings: true,
  look({ config }) {
    try {
      openGeo(config.geo);
      return [
        fine(
          `${config.geo.database === "" ? "the one that comes with Kasbah" : config.geo.database} can be read`,
        ),
      ];
    } catch (thrown) {
      const hint = thrown instanceof OperatorError ? thrown.hint : "leave geo.database empty";
      return [wrong(messageOf(thrown), hint)];
    }
  },
};
