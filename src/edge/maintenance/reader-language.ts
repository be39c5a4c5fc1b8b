/** Which language of the interface a reader takes, from Accept-Language (RFC 9110, section 12.5.4). For answers that nobody stores. Pure. */
import { type InterfaceLanguage, interfaceLanguages } from "../../language/tags.ts";

/** What browsers send is far shorter. */
const readMax = 400;
const entriesMax = 20;
/** Who reads Tamazight or Darija on a screen that speaks it: the interface's nearest. */
const nearest: Readonly<Record<string, InterfaceLanguage>> = {
  ary: "ar",
  zgh: "fr",
  ber: "fr",
  shi: "fr",
  tzm: "fr",
};

/** `otherwise`: where the reader takes none of ours, or does not say. */
export function readerLanguage(header: string, otherwise: InterfaceLanguage): InterfaceLanguage {
  let best: { readonly language: InterfaceLanguage; readonly weight: number } | undefined;
  for (const entry of header.slice(0, readMax).split(",", entriesMax)) {
    const [, main = "", weight = "1"] =
      /^\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*$/i.exec(entry) ?? [];
    const language = spokenAs(main.toLowerCase());
    const value = Number(weight);
    if (language !== undefined && value > (best?.weight ?? 0)) best = { language, weight: value };
  }
  return best?.language ?? otherwise;
}

function spokenAs(main: string): InterfaceLanguage | undefined {
  return (
    interfaceLanguages.find((one) => one === main) ??
    (Object.hasOwn(nearest, main) ? nearest[main] : undefined)
  );
}
