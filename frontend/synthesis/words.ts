/** Every word that the scripts of the synthesis write, in French and in English, chosen by the page's own language. */

import { french } from "../shared/typography.ts";

const FRENCH = {
  now: "à jour à l’instant",
  seconds: (count: number) => `à jour il y a ${count} s`,
  minutes: (count: number) => `à jour il y a ${count} min`,
  arriving: (count: number) => (count === 1 ? "1 note arrive" : `${count} notes arrivent`),
  cut: (time: string) => `réseau coupé : ce que vous lisez est de ${time}`,
  connecting: "liaison en cours",
  refused: "votre lien a été fermé : ce que vous lisez n’est plus tenu à jour",
  newName: "Nouveau nom du thème",
  save: "Enregistrer",
  cancel: "Annuler",
  renamed: "Nom enregistré.",
  noNetwork: "Le réseau a coupé. Rien n’est enregistré ; votre texte est toujours là : réessayez.",
  notDone: "Le serveur n’a pas pu enregistrer. Votre texte est toujours là : réessayez dans un instant.",
  mergeTitle: (label: string) => `Réunir « ${label} » avec un autre thème`,
  search: "Chercher un thème",
  otherTheme: "Avec quel thème ?",
  keptName: "Quel nom garder ?",
  together: (count: number) => `Les ${count} notes seront ensemble, pour tous.`,
  merge: "Réunir",
  merged: "Les deux thèmes sont réunis.",
  noOther: "Il n’y a pas d’autre thème.",
  keys: "Touches du clavier",
  keysWhere: "Quand un thème est choisi dans la liste :",
  keysList: [
    ["j", "thème suivant"],
    ["k", "thème précédent"],
    ["Entrée", "ouvrir"],
    ["r", "renommer"],
    ["m", "réunir avec un autre"],
  ],
  keysEverywhere: [["?", "montrer ces touches"]],
  close: "Fermer",
  untold: (count: number) =>
    count === 1 ? "1 acteur, moins cité, est dans le tableau" : `${count} acteurs, moins cités, sont dans le tableau`,
  theme: (notes: number, actors: number) =>
    `${notes === 1 ? "1 note" : `${notes} notes`}, ${actors === 1 ? "1 acteur cité" : `${actors} acteurs cités`}`,
  open: "Ouvrir le thème",
  all: "Revoir tous les acteurs",
  sort: (column: string) => `Trier par : ${column}`,
  more: (count: number) => (count === 0 ? "" : count === 1 ? "et un autre thème" : `et ${count} autres thèmes`),
  halt: "Arrêter le défilement",
  go: "Reprendre le défilement",
};

export type Words = typeof FRENCH;

const ENGLISH: Words = {
  now: "up to date just now",
  seconds: (count) => `up to date ${count} s ago`,
  minutes: (count) => `up to date ${count} min ago`,
  arriving: (count) => (count === 1 ? "1 note is arriving" : `${count} notes are arriving`),
  cut: (time) => `network cut: what you read is from ${time}`,
  connecting: "connecting",
  refused: "your link was closed: what you read is no longer kept up to date",
  newName: "New name of the theme",
  save: "Save",
  cancel: "Cancel",
  renamed: "Name saved.",
  noNetwork: "The network is down. Nothing is saved; your text is still here: try again.",
  notDone: "The server could not save. Your text is still here: try again in a moment.",
  mergeTitle: (label) => `Join “${label}” with another theme`,
  search: "Find a theme",
  otherTheme: "With which theme?",
  keptName: "Which name to keep?",
  together: (count) => `The ${count} notes will stand together, for everybody.`,
  merge: "Join",
  merged: "The two themes are joined.",
  noOther: "There is no other theme.",
  keys: "Keys",
  keysWhere: "When a theme of the list is chosen:",
  keysList: [
    ["j", "next theme"],
    ["k", "previous theme"],
    ["Enter", "open"],
    ["r", "rename"],
    ["m", "join with another"],
  ],
  keysEverywhere: [["?", "show these keys"]],
  close: "Close",
  untold: (count) => (count === 1 ? "1 actor, cited less, is in the table" : `${count} actors, cited less, are in the table`),
  theme: (notes, actors) =>
    `${notes === 1 ? "1 note" : `${notes} notes`}, ${actors === 1 ? "1 actor cited" : `${actors} actors cited`}`,
  open: "Open the theme",
  all: "See all actors again",
  sort: (column) => `Sort by: ${column}`,
  more: (count) => (count === 0 ? "" : count === 1 ? "and one more theme" : `and ${count} more themes`),
  halt: "Stop turning",
  go: "Go on turning",
};

/** French typography for what is written in French, whatever stands in it. */
function typeset(words: Words): Words {
  const set = (value: unknown): unknown => {
    if (typeof value === "string") return french(value);
    if (typeof value === "function") return (...given: never[]) => french((value as (...all: never[]) => string)(...given));
    return value;
  };
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, set(value)])) as unknown as Words;
}

/** The words of the page's language. */
export const WORDS: Words = document.documentElement.lang.startsWith("en") ? ENGLISH : typeset(FRENCH);
