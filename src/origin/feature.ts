/** What the newsroom keeps of the protected site: the snapshot that is being made, the approved baseline, questions about what is new. */
import type { DeedTold, Feature } from "../web/feature.ts";
import { type OriginPagesParts, originRoutes } from "./routes.ts";
import { words } from "./words/index.ts";

/** What is known of an address that was learned; the same in a snapshot and in the baseline. Its facts are null for what pages are made of. */
const entryColumns = `
  address TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  status INTEGER NOT NULL,
  type TEXT NOT NULL,
  headers TEXT NOT NULL CHECK (json_valid(headers)),
  copy TEXT NOT NULL,
  length INTEGER NOT NULL,
  facts BLOB,
  facts_sha256 TEXT,
  taken_at TEXT NOT NULL,
  language TEXT NOT NULL,
  volatile TEXT NOT NULL CHECK (json_valid(volatile)),
  note TEXT,
  kept_out INTEGER NOT NULL CHECK (kept_out IN (0, 1))`;

function told(ar: string, fr: string, en: string): DeedTold {
  return { words: { ar, fr, en }, path: (id) => (id === "site" ? "/origin" : `/origin/questions/${id}`) };
}

export const feature: Feature<OriginPagesParts> = {
  name: "origin",
  routes: originRoutes,
  menu: [
    { path: "/origin", act: "watch", words: { ar: words.ar.title, fr: words.fr.title, en: words.en.title } },
  ],
  deeds: {
    "origin.accept": told(
      "قال عن تغيير في الموقع: هذا منّا",
      "A dit d’un changement\u202f: c’est de nous",
      "Said of a change: it is ours",
    ),
    "origin.quarantine": told("حجز الموقع المحميّ", "A retenu le site protégé", "Held the protected site"),
    "origin.release": told(
      "طلب إعادة عرض الموقع كما هو",
      "A demandé de remontrer le site tel quel",
      "Asked for the site to be shown as it is again",
    ),
    "origin.working": told(
      "أعلن أنّ العمل جار على الموقع",
      "A annoncé des travaux sur le site",
      "Said that the site is being worked on",
    ),
    "origin.working.end": told(
      "أعلن نهاية العمل على الموقع",
      "A annoncé la fin des travaux sur le site",
      "Said that work on the site is over",
    ),
    "origin.maintenance": told(
      "وضع صفحة الصيانة",
      "A mis la page de maintenance",
      "Put up the maintenance page",
    ),
    "origin.maintenance.end": told(
      "رفع صفحة الصيانة",
      "A retiré la page de maintenance",
      "Took the maintenance page down",
    ),
    "origin.purge": told("أفرغ النسخ المؤقّتة", "A vidé le cache", "Emptied the cache"),
    "origin.snapshot": told(
      "بدأ أخذ لقطة للموقع",
      "A commencé un instantané du site",
      "Began a snapshot of the site",
    ),
    "origin.approve": told(
      "اعتمد لقطة الموقع",
      "A approuvé l’instantané du site",
      "Approved the snapshot of the site",
    ),
  },
  migrations: [
    {
      id: "origin/1-baseline",
      sql: `
        -- Every address that the snapshot being made has heard of. "form": what addresses of one kind share, so that a calendar is not the whole snapshot.
        CREATE TABLE origin_found (
          address TEXT PRIMARY KEY,
          part TEXT NOT NULL CHECK (part IN ('page', 'asset')),
          form TEXT NOT NULL,
          hops INTEGER NOT NULL,
          state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'learned', 'failed', 'left out')),
          loads INTEGER NOT NULL DEFAULT 0,
          wanted INTEGER NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          due_ms INTEGER NOT NULL,
          reason TEXT
        ) STRICT;
        CREATE INDEX origin_found_next ON origin_found (state, loads, hops);
        CREATE INDEX origin_found_form ON origin_found (form);

        -- Loads of addresses that are not learned yet. "facts": compressed JSON, null for what pages are made of.
        CREATE TABLE origin_load (
          address TEXT NOT NULL,
          number INTEGER NOT NULL,
          kind TEXT NOT NULL,
          status INTEGER NOT NULL,
          type TEXT NOT NULL,
          headers TEXT NOT NULL CHECK (json_valid(headers)),
          copy TEXT NOT NULL,
          length INTEGER NOT NULL,
          facts BLOB,
          taken_at TEXT NOT NULL,
          PRIMARY KEY (address, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE origin_learned (${entryColumns}) STRICT;
        CREATE TABLE origin_baseline (${entryColumns}) STRICT;

        -- Every blob that a baseline named, by the address that it showed; "retired_ms": since when none does.
        CREATE TABLE origin_blob (
          sha256 TEXT NOT NULL,
          address TEXT NOT NULL,
          retired_ms INTEGER,
          PRIMARY KEY (sha256, address)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX origin_blob_address ON origin_blob (address);

        -- When the newsroom looked at a page of the baseline last, and since when it has not been there.
        CREATE TABLE origin_visit (
          address TEXT PRIMARY KEY,
          at_ms INTEGER NOT NULL,
          missing_since_ms INTEGER
        ) STRICT, WITHOUT ROWID;

        -- One decision that a person is asked for, and what it is about. "facts": what is new, the same for all its findings.
        CREATE TABLE origin_question (
          id TEXT PRIMARY KEY,
          signature TEXT NOT NULL,
          alarm INTEGER NOT NULL CHECK (alarm IN (0, 1)),
          status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'refused', 'over')),
          facts TEXT NOT NULL CHECK (json_valid(facts)),
          asked_at TEXT NOT NULL,
          ended_ms INTEGER
        ) STRICT;
        CREATE INDEX origin_question_signature ON origin_question (signature, status);
        CREATE TABLE origin_finding (
          id TEXT NOT NULL,
          question TEXT NOT NULL REFERENCES origin_question (id),
          address TEXT NOT NULL,
          -- How often in a row the address was found to be right again.
          cleared INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (id, question)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX origin_finding_address ON origin_finding (address);
        CREATE INDEX origin_finding_question ON origin_finding (question, address);

        CREATE TABLE origin_state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
      `,
    },
    {
      id: "origin/2-looking",
      sql: `
        -- What was gathered about a finding. "manifest": SHA-256 of what names its files; "bytes": of all of them, 0 once they have made room.
        CREATE TABLE origin_evidence (
          finding TEXT PRIMARY KEY,
          manifest TEXT NOT NULL,
          at_ms INTEGER NOT NULL,
          bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX origin_evidence_at ON origin_evidence (at_ms);

        -- What a watched name leads to, as it is right. "next": what a person is asked about; null: nothing.
        CREATE TABLE origin_name (
          name TEXT PRIMARY KEY,
          record TEXT NOT NULL CHECK (json_valid(record)),
          next TEXT CHECK (json_valid(next)),
          finding TEXT
        ) STRICT, WITHOUT ROWID;
      `,
    },
    {
      id: "origin/3-siblings",
      sql: `
        -- The front of a name beside the site's own, as its first readings have it; null: to be learned. "finding": what is told of it; null: nothing.
        CREATE TABLE origin_sibling (
          name TEXT PRIMARY KEY,
          page BLOB,
          finding TEXT
        ) STRICT, WITHOUT ROWID;
      `,
    },
    {
      id: "origin/4-findings-left",
      sql: `
        -- Of a question about thousands of addresses, those that keep it open.
        CREATE INDEX origin_finding_left ON origin_finding (question) WHERE cleared < 2;
      `,
    },
  ],
};
