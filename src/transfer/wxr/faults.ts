/** Why a whole file is refused: one line each, with the line of the file, and what to do. Nothing of it is imported then. */
import { OperatorError } from "../../base/errors.ts";

const exportAgain = "export it again from WordPress (Tools → Export) or copy it again, whole";

function refused(message: string, hint: string): OperatorError {
  return new OperatorError(message, { hint, exitCode: 2 });
}

export const faults = {
  breaksOff: (file: string, line: number, items: number): OperatorError =>
    refused(
      `${file} breaks off at line ${line}, after ${items} whole items: nothing was imported`,
      exportAgain,
    ),
  malformed: (file: string, line: number, what: string): OperatorError =>
    refused(`${file} is not well-formed XML at line ${line} (${what}): nothing was imported`, exportAgain),
  notXml: (file: string): OperatorError =>
    refused(`${file} is not XML`, "give the .xml file that WordPress writes under Tools → Export"),
  compressed: (file: string): OperatorError => refused(`${file} is compressed`, "unpack it first"),
  notRss: (file: string, root: string): OperatorError =>
    refused(
      `${file} is XML, but no WordPress export: it begins with <${root}>`,
      "give the .xml file that WordPress writes under Tools → Export",
    ),
  notWordPress: (file: string): OperatorError =>
    refused(
      `${file} is an RSS feed, but no WordPress export: it has no wp:wxr_version`,
      "a feed holds the last few posts only; export the site under Tools → Export",
    ),
  homeless: (file: string): OperatorError =>
    refused(
      `${file} does not say where its site stood (channel/link): nothing was imported`,
      "add the site's address as <link> to its <channel>",
    ),
  declaresTypes: (file: string, line: number): OperatorError =>
    refused(
      `${file} declares a document type or entities at line ${line}, which no WordPress export does: nothing was imported`,
      "find out where the file comes from; remove the declaration if you trust it",
    ),
  encoding: (file: string, encoding: string): OperatorError =>
    refused(
      `${file} says that it is written in ${encoding}; only UTF-8 is read`,
      `convert it: iconv -f ${encoding} -t UTF-8`,
    ),
  notUtf8: (file: string, line: number): OperatorError =>
    refused(
      `${file} is not valid UTF-8 at line ${line}: nothing was imported`,
      "convert it with iconv, or export it again",
    ),
  tooLarge: (file: string, bytes: number): OperatorError =>
    refused(
      `${file} is larger than ${bytes} bytes`,
      "raise import.file_bytes_max in kasbah.toml, or export in parts",
    ),
  tooMany: (file: string, line: number, items: number): OperatorError =>
    refused(
      `${file} has more than ${items} items (line ${line}): nothing was imported`,
      "raise import.items_max in kasbah.toml, or export in parts",
    ),
  endless: (file: string, line: number): OperatorError =>
    refused(
      `${file} has one piece of text or markup that does not end, from line ${line}: nothing was imported`,
      exportAgain,
    ),
  tooDeep: (file: string, line: number): OperatorError =>
    refused(
      `${file} nests elements deeper than any WordPress export (line ${line}): nothing was imported`,
      "find out where the file comes from",
    ),
  changed: (file: string): OperatorError =>
    refused(
      `${file} changed while it was read`,
      "wait until it is complete, then import it again: what is in already stays once",
    ),
  missing: (file: string): OperatorError => refused(`there is no file ${file}`, "check the path"),
  notFile: (file: string): OperatorError => refused(`${file} is not a file`, "give the .xml file itself"),
} as const;
