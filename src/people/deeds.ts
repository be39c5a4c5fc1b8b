/** What people do with people, as the record tells it; whom it was done to stands after the words. */
import type { DeedTold } from "../web/feature.ts";

function told(ar: string, fr: string, en: string): DeedTold {
  return { words: { ar, fr, en } };
}

export const peopleDeeds: Readonly<Record<string, DeedTold>> = {
  "person.invite": told("دعا شخصا", "A invité quelqu’un", "Invited somebody"),
  "person.invite-again": told(
    "أعطى رابطا لمفتاح مرور جديد:",
    "A donné un lien pour une nouvelle clé d’accès :",
    "Gave a link for a new passkey:",
  ),
  "person.join": told("انضم إلى الفريق:", "A rejoint l’équipe :", "Came in:"),
  "person.return": told(
    "عاد بمفتاح جديد:",
    "Est revenu avec une nouvelle clé :",
    "Came back with a new passkey:",
  ),
  "person.revoke": told("أنهى عضوية:", "A retiré de l’équipe :", "Let go:"),
  "invitation.void": told("سحب دعوة", "A repris une invitation", "Took an invitation back"),
  "grant.give": told("أعطى دورا إلى:", "A donné un rôle à :", "Gave a role to:"),
  "grant.take": told("سحب دورا من:", "A repris un rôle à :", "Took a role back from:"),
  "passkey.add": told("أضاف مفتاح مرور:", "A ajouté une clé d’accès :", "Added a passkey:"),
  "passkey.remove": told("أزال مفتاح مرور:", "A retiré une clé d’accès :", "Removed a passkey:"),
  "session.refuse": told(
    "أُنهيت جلسة ظهرت في متصفّح آخر:",
    "Une session apparue dans un autre navigateur a été fermée :",
    "A session that turned up in another browser was ended:",
  ),
  "session.end-all": told("خرج من كل الأجهزة:", "S’est déconnecté partout :", "Signed out everywhere:"),
};
