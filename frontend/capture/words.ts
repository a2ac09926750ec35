/** Every word that the capture page's script writes, in French and in English, chosen by the page's own language. */

import { french } from "../shared/typography.ts";

export interface Words {
  readonly allReceived: (count: number) => string;
  readonly noNotes: string;
  readonly noneYet: string;
  readonly waiting: (count: number) => string;
  readonly waitingInPage: (count: number) => string;
  readonly toReview: (count: number) => string;
  readonly left: (minutes: number) => string;
  readonly startsIn: (minutes: number) => string;
  readonly over: string;
  readonly closed: string;
  readonly others: (count: number) => string;
  readonly alone: string;
  readonly cut: (count: number) => string;
  readonly serverAway: (count: number) => string;
  readonly slow: string;
  readonly seatClosed: (sentence: string) => string;
  readonly noStorage: string;
  readonly leaving: string;
  readonly arrived: (count: number) => string;
  readonly kept: string;
  readonly received: string;
  readonly here: string;
  readonly review: string;
  readonly colleague: string;
  readonly changed: string;
  readonly actions: (kind: string, time: string, mine: boolean) => string;
  readonly correct: string;
  readonly remove: string;
  readonly restore: string;
  readonly removed: string;
  readonly removedByOther: string;
  readonly again: string;
  readonly setAside: string;
  readonly yourVersion: string;
  readonly twoVersions: string;
  readonly thisOne: string;
  readonly keepThis: string;
  readonly editing: (time: string) => string;
  readonly stopEditing: string;
  readonly notInLast: (from: string) => string;
  readonly noLast: string;
  readonly tooLong: (length: number, limit: number) => string;
  readonly pasted: (count: number) => string;
  readonly onePerLine: string;
  readonly asOne: string;
  readonly madeNotes: (count: number) => string;
  readonly suggestions: (count: number) => string;
  readonly unmark: (name: string) => string;
  readonly question: (index: number, count: number) => string;
  readonly copied: (count: number) => string;
  readonly notCopied: string;
  readonly offline: (line: string) => string;
  readonly newer: string;
  readonly takeNewer: string;
  readonly reopens: string;
  readonly doesNotReopen: string;
  readonly stayHere: string;
  readonly nearlyFull: (megabytes: number) => string;
  readonly wrongClock: (minutes: number) => string;
  readonly privateWindow: string;
  readonly notKept: string;
  readonly uncorrect: string;
  readonly yours: string;
  readonly undone: string;
  readonly nothingToUndo: string;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count >= 2 ? many : one}`;
}

function lasting(minutes: number, hour: string, minute: string): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [...(hours > 0 ? [`${hours} ${hour}`] : []), ...(rest > 0 || hours === 0 ? [`${rest} ${minute}`] : [])];
  return parts.join(" ");
}

const FR: Words = {
  allReceived: (count) => (count === 1 ? "1 note, reçue" : `${count} notes, toutes reçues`),
  noNotes: "en ligne, prêt",
  noneYet: "prêt",
  waiting: (count) => `${count} en attente, ${count >= 2 ? "gardées" : "gardée"} sur cet appareil`,
  waitingInPage: (count) => `${count} en attente, dans cette page seulement`,
  toReview: (count) => `${count} à revoir`,
  left: (minutes) => (minutes >= 60 ? `encore ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}` : `encore ${minutes} min`),
  startsIn: (minutes) => `commence dans ${minutes} min`,
  over: "l'heure est passée",
  closed: "fermé aux notes",
  others: (count) => (count === 1 ? "1 autre ici" : `${count} autres ici`),
  alone: "personne d'autre ici",
  cut: (count) =>
    count === 0
      ? "Le réseau a coupé. Vous pouvez continuer : vos notes seront gardées sur cet appareil et partiront seules."
      : count === 1
        ? "Le réseau a coupé. Votre note est gardée sur cet appareil et partira seule."
        : `Le réseau a coupé. Vos ${count} notes sont gardées sur cet appareil et partiront seules.`,
  serverAway: (count) =>
    count <= 1
      ? "Le serveur ne répond pas. Ce que vous écrivez est gardé sur cet appareil et partira seul."
      : `Le serveur ne répond pas. Vos ${count} notes sont gardées sur cet appareil et partiront seules.`,
  slow: "Beaucoup d'envois à la fois : le serveur demande un instant. Vos notes partent toutes seules.",
  seatClosed: (sentence) => `${sentence} Vous pouvez toujours les copier ou les télécharger.`,
  noStorage:
    "Ce navigateur ne garde rien sur l'appareil (navigation privée, ou stockage plein). Vos notes partent tant que cette page reste ouverte : ne la fermez pas avant « toutes reçues », ou ouvrez le lien dans un autre navigateur.",
  leaving: "Des notes ne sont pas encore reçues et ce navigateur ne les garde pas.",
  arrived: (count) => `${plural(count, "note arrivée", "notes arrivées")} · afficher`,
  kept: "Note gardée.",
  received: "reçue",
  here: "sur cet appareil",
  review: "à revoir",
  colleague: "d'un·e co-rapporteur·e",
  changed: "modifiée à l'instant",
  actions: (kind, time, mine) => `${mine ? "Corriger ou supprimer" : "Corriger"} : ${kind}, ${time}`,
  correct: "Corriger",
  remove: "Supprimer",
  restore: "Rétablir",
  removed: "Note supprimée.",
  removedByOther: "Note supprimée par un·e co-rapporteur·e.",
  again: "Renvoyer",
  setAside: "Écarter",
  yourVersion: "Votre version, gardée sur cet appareil :",
  twoVersions: "Cette note a été modifiée à deux endroits. Gardez une version ; l'autre s'efface.",
  thisOne: "La version en place",
  keepThis: "Garder celle-ci",
  editing: (time) => `Vous corrigez la note de ${time}.`,
  stopEditing: "Ne rien changer",
  notInLast: (from) => `« ${from} » n'est pas dans votre dernière note. Rien n'a changé.`,
  noLast: "Vous n'avez pas encore de note à corriger.",
  tooLong: (length, limit) => `Cette note compte ${length} caractères ; une note en garde au plus ${limit}. Coupez-la : votre texte est toujours là.`,
  pasted: (count) => `Vous avez collé ${count} lignes.`,
  onePerLine: "Une note par ligne",
  asOne: "Une seule note",
  madeNotes: (count) => `${count} notes gardées.`,
  suggestions: (count) => `${plural(count, "proposition", "propositions")} : flèches pour choisir, Entrée pour prendre.`,
  unmark: (name) => `Retirer ${name}`,
  question: (index, count) => `Question ${index} sur ${count}`,
  copied: (count) => (count === 1 ? "1 note copiée." : `${count} notes copiées.`),
  notCopied: "La copie n'est pas permise ici : sélectionnez le texte ci-dessous et copiez-le, ou téléchargez-le.",
  offline: (line) => `hors ligne · ${line}`,
  newer: "Une version plus récente est prête.",
  takeNewer: "Recharger",
  reopens: "Cette page se rouvre sur cet appareil même sans réseau.",
  doesNotReopen: "Ce navigateur ne saura pas rouvrir cette page sans réseau : gardez-la ouverte.",
  stayHere: "Ne fermez pas cette page : ce navigateur ne saura pas la rouvrir sans réseau.",
  nearlyFull: (megabytes) =>
    `Il reste ${megabytes} Mo sur cet appareil pour cette page. Libérez de la place : si elle venait à manquer, vos notes ne seraient plus gardées que dans la page ouverte.`,
  wrongClock: (minutes) =>
    `L'horloge de cet appareil ${minutes > 0 ? "avance" : "retarde"} de ${lasting(Math.abs(minutes), "h", "min")}. Cela ne gêne pas vos notes : les heures montrées sont celles du serveur.`,
  privateWindow:
    "Cette fenêtre semble privée : elle oublie tout dès qu'on la ferme. Ne la fermez pas avant « toutes reçues », ou ouvrez le lien dans une fenêtre ordinaire.",
  notKept: "Cet appareil n'a pas pu garder ces mots. Ils sont toujours dans le champ : copiez-les, puis rechargez la page.",
  uncorrect: "Annuler ma correction",
  yours: "la vôtre",
  undone: "C'est annulé.",
  nothingToUndo: "Rien à annuler.",
};

const EN: Words = {
  allReceived: (count) => (count === 1 ? "1 note, received" : `${count} notes, all received`),
  noNotes: "online, ready",
  noneYet: "ready",
  waiting: (count) => `${count} waiting, kept on this device`,
  waitingInPage: (count) => `${count} waiting, in this page only`,
  toReview: (count) => `${count} to review`,
  left: (minutes) => (minutes >= 60 ? `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} left` : `${minutes} min left`),
  startsIn: (minutes) => `starts in ${minutes} min`,
  over: "time is over",
  closed: "closed to notes",
  others: (count) => (count === 1 ? "1 other here" : `${count} others here`),
  alone: "nobody else here",
  cut: (count) =>
    count === 0
      ? "The network is down. You can go on: your notes will be kept on this device and leave by themselves."
      : `The network is down. Your ${plural(count, "note is", "notes are")} kept on this device and will leave by themselves.`,
  serverAway: () => "The server does not answer. What you write is kept on this device and will leave by itself.",
  slow: "Many are sending at once: the server asks for a moment. Your notes leave by themselves.",
  seatClosed: (sentence) => `${sentence} You can still copy or download them.`,
  noStorage:
    "This browser keeps nothing on the device (private browsing, or storage is full). Your notes leave as long as this page stays open: do not close it before “all received”, or open the link in another browser.",
  leaving: "Some notes are not received yet, and this browser does not keep them.",
  arrived: (count) => `${plural(count, "new note", "new notes")} · show`,
  kept: "Note kept.",
  received: "received",
  here: "on this device",
  review: "to review",
  colleague: "by a co-note-taker",
  changed: "changed just now",
  actions: (kind, time, mine) => `${mine ? "Correct or delete" : "Correct"}: ${kind}, ${time}`,
  correct: "Correct",
  remove: "Delete",
  restore: "Restore",
  removed: "Note deleted.",
  removedByOther: "Note deleted by a co-note-taker.",
  again: "Send again",
  setAside: "Set aside",
  yourVersion: "Your version, kept on this device:",
  twoVersions: "This note was changed in two places. Keep one version; the other goes.",
  thisOne: "The version in place",
  keepThis: "Keep this one",
  editing: (time) => `You are correcting the note of ${time}.`,
  stopEditing: "Change nothing",
  notInLast: (from) => `“${from}” is not in your last note. Nothing changed.`,
  noLast: "You have no note to correct yet.",
  tooLong: (length, limit) => `This note has ${length} characters; a note keeps at most ${limit}. Cut it: your text is still here.`,
  pasted: (count) => `You pasted ${count} lines.`,
  onePerLine: "One note per line",
  asOne: "A single note",
  madeNotes: (count) => `${count} notes kept.`,
  suggestions: (count) => `${plural(count, "suggestion", "suggestions")}: arrows to choose, Enter to take.`,
  unmark: (name) => `Remove ${name}`,
  question: (index, count) => `Question ${index} of ${count}`,
  copied: (count) => `${plural(count, "note", "notes")} copied.`,
  notCopied: "Copying is not allowed here: select the text below and copy it, or download it.",
  offline: (line) => `offline · ${line}`,
  newer: "A newer version is ready.",
  takeNewer: "Reload",
  reopens: "This page opens again on this device even without a network.",
  doesNotReopen: "This browser will not be able to open this page again without a network: keep it open.",
  stayHere: "Do not close this page: this browser will not be able to open it again without a network.",
  nearlyFull: (megabytes) =>
    `${megabytes} MB are left on this device for this page. Make some room: should it run out, your notes would only be kept in the open page.`,
  wrongClock: (minutes) =>
    `This device's clock is ${lasting(Math.abs(minutes), "h", "min")} ${minutes > 0 ? "fast" : "slow"}. Your notes do not mind: the hours shown are the server's.`,
  privateWindow:
    "This window seems to be private: it forgets everything when it is closed. Do not close it before “all received”, or open the link in an ordinary window.",
  notKept: "This device could not keep these words. They are still in the field: copy them, then reload the page.",
  uncorrect: "Undo my correction",
  yours: "yours",
  undone: "Undone.",
  nothingToUndo: "Nothing to undo.",
};

/** Set French words as French is printed, whether they are plain or made of a number. */
function typeset(plain: Words): Words {
  const entries = Object.entries(plain).map(([name, value]: [string, unknown]) => {
    if (typeof value !== "function") return [name, french(value as string)];
    return [name, (...given: unknown[]) => french((value as (...given: unknown[]) => string)(...given))];
  });
  return Object.fromEntries(entries) as unknown as Words;
}

export function wordsFor(language: string): Words {
  return language.toLowerCase().startsWith("en") ? EN : typeset(FR);
}
