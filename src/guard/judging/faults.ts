/** Pages by which software says that it doesn't work: outages, not defacements, though a reader is not to see them either. */
import type { Facts } from "../facts.ts";

interface Fault {
  readonly name: string;
  /** Over the title. */
  readonly title?: RegExp;
  /** Over the beginning of a short text, in lower case and without punctuation, as facts have it. */
  readonly text?: RegExp;
}

const faults: readonly Fault[] = [
  {
    name: "installer",
    title:
      /wordpress (›|&rsaquo;|>) (installation|setup)|^(choose language|select an installation profile|set up database|choose profile) \| drupal|joomla.{0,3}\b(web )?installer|typo3 .{0,20}install tool|spip.{0,12}install/i,
    text: /famous five minute wordpress installation|create a wp config php file/,
  },
  {
    name: "directory listing",
    title: /^(index of|directory listing for|index de) \//i,
    text: /^index of( |$)|to parent directory/,
  },
  {
    name: "database",
    title: /^(database error|erreur de base de données)$/i,
    text: /error establishing a database connection|erreur lors de la connexion (à|a) la base de données|خطأ في (إنشاء )?الاتصال بقاعدة البيانات|(unable|could not|cannot|can t|impossible) .{0,30}(connect|connecter|connexion) .{0,30}(database|mysql|base de données)|sqlstate |site off line|database connection (failed|error)|mysql server has gone away/,
  },
  {
    name: "program error",
    text: /there has been a critical error on this website|il y a eu une erreur critique sur (ce|votre) site|حدث خطأ فادح في هذا الموقع|the website encountered an unexpected error|(fatal|parse) error .{1,400} (on line|in) .{0,200}\d/,
  },
  {
    name: "hosting suspended",
    title: /account (has been )?suspended|suspended (page|account|domain)|compte suspendu|site suspendu/i,
    text: /this (account|site|domain|website) has been suspended|ce (compte|site) (a été|est) suspendu|contact your hosting provider for more|bandwidth limit exceeded/,
  },
  {
    name: "parking",
    title: /^(domain (parking|for sale)|parked domain)|is for sale!?$|est à vendre$/i,
    text: /(this|the) domain (name )?(is|may be) for sale|domain is parked|this domain has expired|ce (nom de )?domaine est (à vendre|parqu|expir)|buy this domain/,
  },
  {
    name: "default page",
    title:
      /^(welcome to nginx!?|apache2 .{1,30} default page.*|test page for .{1,60}|iis windows server|default web site page|plesk .{0,30}default page)$/i,
    text: /^it works$|if you see this page the nginx web server is successfully installed/,
  },
  {
    name: "server error",
    title:
      /^(50[0-4]\b.{0,60}|internal server error|bad gateway|service (temporarily )?unavailable|gateway time-?out|error 5\d\d.*)$/i,
    text: /^(internal server error|bad gateway|service unavailable|upstream connect error|no healthy upstream)/,
  },
  {
    name: "maintenance",
    title:
      /^(maintenance( mode)?|site en maintenance|under maintenance|under construction|en construction)$/i,
    text: /briefly unavailable for scheduled maintenance|momentanément indisponible pour (cause de )?maintenance|غير متاح مؤقتا/,
  },
];

/** Longer texts are pages about such things. */
const wordsMax = 300;
const beginning = 1_500;
/** What a program prints before a page of any length. */
const printedWithin = 500;
const printed = /(fatal|parse) error (uncaught |syntax error |allowed memory ).{0,400} on line \d/;

/** What it prints into a page that it then makes all the same. */
const warned =
  /\b(warning|notice|deprecated|strict standards) .{1,300} in .{1,200} on line \d|wordpress database error/;

export function hasWarning(words: string): boolean {
  return warned.test(words.slice(0, beginning)) || warned.test(words.slice(-printedWithin));
}

/** Where a CMS sends everybody when it finds no settings or no tables. */
const installers =
  /^\/([\w-]+\/)?(wp-admin\/(install|setup-config)\.php|core\/install\.php|install(ation)?\/(index\.php)?$|typo3\/install\.php|ecrire\/\?exec=install)/;

/** Its name, where a document is such a page, or leads to one. */
export function faultIn({ title, words, text, location }: Facts): string | undefined {
  if (installers.test(location)) return "installer";
  const start = words.slice(0, beginning);
  if (printed.test(words.slice(0, printedWithin))) return "program error";
  if (text.count > wordsMax) return undefined;
  const name = title.trim();
  return faults.find((fault) => fault.title?.test(name) === true || fault.text?.test(start) === true)?.name;
}
