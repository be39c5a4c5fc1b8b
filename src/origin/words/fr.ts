/** The protected site's pages in French. Before « : », « ; », « ! » and « ? » stands a narrow no-break space (U+202F). */
import { plural } from "../../language/messages/messages.ts";
import type { OriginWords } from "../words.ts";

const counted = plural("fr-MA");

export const fr: OriginWords = {
  title: "Site protégé",
  now: {
    heading: "Maintenant",
    states: {
      live: "Le site est montré : chaque page est contrôlée avant d’arriver aux lecteurs.",
      held: "Le site est retenu : il contient quelque chose qui n’est pas de vous.",
      gone: "Le serveur qui est derrière ne répond pas.",
      maintenance: "Le site est en maintenance.",
    },
    working: (until) => `Travaux sur le site jusqu’au ${until}.`,
    noBaseline: "Rien n’est encore approuvé, donc rien n’est contrôlé.",
    silent: "Personne ne dit où en est le site.",
    silentNote: "La façade ne répond pas au studio. Prévenez la personne qui s’occupe du serveur.",
    readers: {
      live: "Les lecteurs voient les pages telles que le serveur qui est derrière les fait.",
      held: "Les lecteurs ne voient que les copies approuvées. Le serveur qui est derrière est laissé tranquille.",
      gone: "Les lecteurs voient les dernières copies approuvées, avec une ligne qui dit depuis quand.",
      maintenance: "Les lecteurs voient une page qui le dit, et quand revenir.",
    },
    unjudged: "Les lecteurs voient tout ce que le serveur envoie. Commencez un instantané ci-dessous.",
    heldPages: (count) =>
      counted(count, {
        one: "De # page ils voient la copie approuvée.",
        many: "De # de pages ils voient la copie approuvée.",
        other: "De # pages ils voient la copie approuvée.",
      }),
    since: (time) => `Depuis le ${time}.`,
    by: { edge: "Kasbah l’a fait automatiquement.", operator: "Quelqu’un l’a décidé." },
    because: "Raison :",
    until: (time) => `Jusqu’au ${time}.`,
    untilEnded: "Jusqu’à ce que quelqu’un y mette fin.",
    message: "On dit aux lecteurs :",
    healths: {
      well: "Le serveur qui est derrière répond bien.",
      slow: "Le serveur qui est derrière est lent.",
      failing: "Le serveur qui est derrière répond par des erreurs.",
      away: "Le serveur qui est derrière ne répond pas.",
    },
    took: (wait) => `Il met ${wait}.`,
    waiting: (count) =>
      counted(count, {
        one: "# requête l’attend.",
        many: "# de requêtes l’attendent.",
        other: "# requêtes l’attendent.",
      }),
  },
  questions: {
    heading: "À décider",
    none: "Rien : aucune question n’est ouverte.",
    open: "Ouverte",
    alarm: "Alarme",
    toOrigin: "Au site protégé",
  },
  acts: {
    heading: "Ce que vous pouvez faire",
    quarantine: {
      label: "Retenir tout le site",
      what: "Dès maintenant, les lecteurs ne voient que les copies approuvées, sur toutes les pages, jusqu’à ce que vous remontriez le site. Les questions ouvertes reçoivent la réponse « pas de nous ».",
    },
    release: {
      label: "Contrôler, puis remontrer le site",
      what: "Kasbah relit les pages. Si rien n’y est faux, les lecteurs revoient le site tel quel ; sinon, vous verrez ce qui ne va pas encore.",
    },
    releaseAnyway: {
      label: "Remontrer le site sans contrôle",
      what: "Les lecteurs verraient le site même si quelque chose de faux s’y trouve encore. Seulement si vous en savez plus que le contrôle.",
    },
    working: {
      label: "Nous travaillons sur le site",
      what: "Pour une refonte ou une mise à jour : ce qui est nouveau est montré tout de suite, et on ne vous demande rien. Ce qu’aucun responsable ne ferait reste retenu. Pour combien de temps ?",
    },
    endWorking: {
      label: "Les travaux sont finis",
      what: "Dès maintenant, on vous demande de nouveau ce qui est de vous.",
    },
    hours: (count) => counted(count, { one: "# heure", many: "# d’heures", other: "# heures" }),
    maintenance: {
      label: "Mettre la page de maintenance",
      what: "Les lecteurs reçoivent une courte page dans leur langue à la place du site. Les flux et les textes approuvés restent lisibles.",
    },
    endMaintenance: { label: "Finir la maintenance", what: "Les lecteurs revoient le site." },
    until: "Pour combien de temps",
    untilEnded: "Jusqu’à ce que quelqu’un y mette fin",
    message: "Ce qu’on dit en plus aux lecteurs (facultatif)",
    messageHint: "Du texte simple, dans la langue de vos lecteurs.",
    purge: {
      label: "Vider le cache",
      what: "Chaque page est redemandée au serveur qui est derrière. Utile si les lecteurs voient encore quelque chose d’ancien ; le site est plus lent pendant un moment.",
    },
  },
  baseline: {
    heading: "Ce qui est approuvé",
    none: "Rien n’est encore approuvé.",
    approved: (time) => `Dernière approbation le ${time}.`,
    crawling: (done, known) =>
      `Un instantané est en cours : ${done} visites faites sur ${known} connues jusqu’ici.`,
    crawlingNote:
      "Chaque page est chargée plusieurs fois, lentement, pour apprendre ce qui y change de soi-même. Vous pouvez quitter cette page.",
    lookAgain: "Regarder de nouveau",
    fault: "Il n’avance plus :",
    toApprove: "Un instantané est complet et attend que quelqu’un l’approuve.",
    pages: "Pages",
    assets: "Fichiers dont les pages sont faites",
    failed: "Adresses impossibles à charger",
    languages: "Pages par langue",
    unnamed: "Sans langue",
    volatile: "Ce qui change de soi-même",
    volatileNote: "Sur tant de pages. Ce n’est pas pris pour une attaque.",
    nothingVolatile: "Rien.",
    suspicious: "Ce que vous devriez regarder",
    suspiciousNote:
      "Ces pages ne ressemblent pas aux autres. Ouvrez-les sur le site. Celles qui ont une case ne sont approuvées que si vous la cochez.",
    nothingSuspicious: "Rien ne paraît suspect.",
    begin: {
      label: "Commencer un instantané",
      what: "Kasbah visite toutes les pages du site et apprend à quoi elles ressemblent. Rien n’est approuvé avant que vous le disiez.",
    },
    beginAgain: {
      label: "Commencer un nouvel instantané",
      what: "Nécessaire seulement si tout le site a changé : les changements isolés sont appris automatiquement.",
    },
    approve: {
      label: "Approuver : c’est bien notre site",
      what: "Ensuite, chaque page sera comparée à cet instantané. N’approuvez que ce que vous avez regardé.",
    },
  },
  question: {
    title: "Est-ce de vous ?",
    alarmTitle: "Alarme : est-ce de vous ?",
    asked: (time) => `Demandé le ${time}.`,
    statuses: {
      open: "Pas encore de réponse.",
      accepted: "Réponse : c’est de nous.",
      refused: "Réponse : ce n’est pas de nous.",
      over: "Plus rien à décider : ce n’est plus sur le site.",
    },
    alarm:
      "Le site montre quelque chose qui ressemble à une attaque. Les lecteurs voient la copie approuvée.",
    maybe:
      "Le site montre quelque chose de nouveau qui est peut-être de vous. En attendant votre réponse, les lecteurs voient la copie approuvée.",
    newHeading: "Ce qui est nouveau",
    notThere: "aucune trace dans la copie approuvée",
    from: "venant de",
    before: "— avant :",
    nothingNamed: "Rien de particulier n’est nommé.",
    moreFacts: (count) => counted(count, { one: "# autre", many: "# d’autres", other: "# autres" }),
    addresses: (count) =>
      counted(count, { one: "# page touchée", many: "# de pages touchées", other: "# pages touchées" }),
    addressesMore: (count) =>
      counted(count, {
        one: "et # autre adresse.",
        many: "et # d’autres adresses.",
        other: "et # autres adresses.",
      }),
    shownHere: "comparée ci-dessous",
    decide: "Votre décision",
    accept: {
      label: "C’est de nous : le montrer",
      what: "Quelqu’un de chez vous l’a fait. Les pages sont relues, et les lecteurs les voient telles qu’elles sont maintenant. Cela peut prendre une minute.",
    },
    quarantine: {
      label: "Ce n’est pas de nous : garder la page approuvée",
      what: "Les lecteurs ne voient que les copies approuvées, sur tout le site, jusqu’à ce que vous le remontriez. Rien n’est perdu. Dans le doute, choisissez ceci.",
    },
    sibling: {
      alarm: (host) =>
        `${host} montre quelque chose qui ressemble à une attaque. Kasbah n’est pas devant ce nom : ses lecteurs le voient.`,
      accept: {
        label: "C’est de nous",
        what: "Cette page d’accueil est apprise à nouveau, telle qu’elle est maintenant.",
      },
      quarantine: {
        label: "Ce n’est pas de nous",
        what: "Plus personne n’est interrogé, et l’incident continue jusqu’à ce que la page soit de nouveau juste. Appelez qui s’occupe de ce serveur. Le site qui est derrière Kasbah reste tel quel.",
      },
    },
    mayNot: "Un éditeur ou un responsable de tout le site en décide. Montrez-lui cette page.",
    compare: "Les deux côte à côte",
    compareNote:
      "Seulement le texte, pour que rien ne puisse nuire. Barré : disparu. Souligné : nouveau. Une partie peut changer de soi-même.",
    approved: (time) => `Copie approuvée du ${time}`,
    noApproved: "Rien n’est approuvé à cette adresse",
    now: (time) => `Sur le serveur qui est derrière, le ${time}`,
    asFound: "Tel que rencontré ; le serveur qui est derrière ne répond pas maintenant",
    away: "Le serveur qui est derrière ne répond pas maintenant",
    gone: "Le serveur qui est derrière n’a plus rien à cette adresse",
    rightAgain: "À l’instant, la page comparée ci-dessous était telle qu’approuvée.",
    noText: (size) => `Pas un texte, mais un fichier de ${size}.`,
    unchanged: (count) =>
      counted(count, {
        one: "# ligne inchangée",
        many: "# de lignes inchangées",
        other: "# lignes inchangées",
      }),
    cut: "La page continue.",
    added: "Nouveau :",
    removed: "Disparu :",
    picture: "Ce qu’un navigateur montrait",
    pictureNote: "Une image prise par Kasbah : on ne peut rien y actionner.",
    pictureApproved: "La copie approuvée",
    pictureFound: "Ce qui a été trouvé sur le serveur",
  },
  said: {
    "no answer":
      "La façade n’a pas répondu. Peut-être que rien n’a été fait : regardez sous « Maintenant », puis réessayez.",
    busy: "Une autre décision est en cours. Attendez qu’elle soit finie, puis décidez de nouveau.",
    suspicious:
      "Pas d’instantané tant que le site est retenu ou qu’une alarme est ouverte : il apprendrait ce qui est faux. Nettoyez le site, remontrez-le, puis commencez.",
    purged: "Le cache est vide.",
  },
  running: {
    accept: "Les pages sont relues et apprises.",
    quarantine: "Le site est en train d’être retenu.",
    release: "Le site est relu.",
    approve: "L’instantané est en train d’être signé.",
  },
  runningNote: (since) => `Depuis le ${since}. Vous pouvez quitter cette page.`,
  outcomes: {
    accepted: (pages) =>
      counted(pages, {
        one: "C’est fait : # page est apprise et montrée.",
        many: "C’est fait : # de pages sont apprises et montrées.",
        other: "C’est fait : # pages sont apprises et montrées.",
      }),
    refused: "C’est fait : les lecteurs ne voient que les copies approuvées.",
    released: "C’est fait : le site est de nouveau montré tel quel.",
    releasedPartly:
      "C’est fait : le site est de nouveau montré tel quel. De ces pages, les lecteurs voient la copie approuvée jusqu’à ce que vous répondiez aux questions :",
    stillHeld: "Toujours retenu. Ces pages ne sont pas ce qui a été approuvé :",
    approved: "C’est fait : l’instantané est approuvé. Chaque page est contrôlée à partir de maintenant.",
    failed: "Cela n’a rien donné :",
  },
};
