/** Every word that the pages of the speech write by themselves, in French and in English. */

import { french } from "../shared/typography.ts";

const FRENCH = {
  notes: (count: number) => (count < 2 ? `${count} note` : `${count} notes`),
  workshops: (count: number) => (count < 2 ? `${count} atelier` : `${count} ateliers`),
  themes: (count: number) => (count < 2 ? `${count} thème` : `${count} thèmes`),
  part: (one: number, all: number) => `${one} sur ${all}`,
  cited: (count: number) => (count < 2 ? "cité dans 1 thème" : `cité dans ${count} thèmes`),
  moreThemes: (count: number) => (count < 1 ? "" : count === 1 ? "et 1 autre thème" : `et ${count} autres thèmes`),
  moreWorkshops: (count: number) => (count < 1 ? "" : count === 1 ? "et 1 autre atelier" : `et ${count} autres ateliers`),
  tableName: "Les thèmes dans les ateliers",
  notHere: "Cette note n’est plus là.",
  empty: "Les notes arrivent.",
  received: "l’écran suit",
  sending: "envoi en cours",
  cutSpeaker: "Réseau coupé : l’écran ne suit plus. À son clavier : → ← B. Vos repères sont tous ici.",
  cutScreen: "réseau coupé",
  cutReader: "Réseau coupé : tout ce qui est ici reste lisible.",
  followed: "en direct",
  nothing: "L’orateur n’affiche rien en ce moment.",
  echo: "Ça rejoint ce que j’ai vécu",
  echoed: "Ça rejoint ce que j’ai vécu : noté",
  echoes: (count: number) => (count === 0 ? "" : count === 1 ? "1 personne l’a dit" : `${count} personnes l’ont dit`),
  star: (label: string) => `Ajouter à mes repères : ${label}`,
  starred: (label: string) => `Retirer de mes repères : ${label}`,
  thisNote: "cette note",
  held: (count: number) => (count === 1 ? "1 geste gardé ici, pas encore reçu" : `${count} gestes gardés ici, pas encore reçus`),
  allReceived: "tout est reçu",
  up: "Monter",
  down: "Descendre",
  drop: "Retirer",
  line: "Ma ligne",
  minutes: "Temps",
  noTime: "sans durée",
  minute: (seconds: number) => (seconds < 60 ? `${seconds} s` : seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60}`),
  total: (seconds: number) => `en tout ${clock(seconds)}`,
  of: (place: number, all: number) => `Repère ${place} sur ${all}`,
  next: (words: string) => `Ensuite : ${words}`,
  last: "C’est le dernier.",
  noLandmark: "Aucun repère : l’écran suit l’ordre des thèmes.",
  begin: "Commencer",
  forward: "Suivant",
  start: "Démarrer",
  pause: "Arrêter",
  over: (words: string) => `${words} de trop`,
  left: (words: string) => `reste ${words}`,
  whole: (gone: string, all: string) => (all === "" ? `en tout ${gone}` : `en tout ${gone} sur ${all}`),
  title: "Titre",
  table: "Tous les thèmes",
  black: "Écran noir",
  lit: "Rallumer",
  beside: "l’autre grand témoin vient de changer cette feuille",
  keptHere: "lisible sans réseau",
  onScreen: (words: string) => `À l’écran : ${words}`,
  behind: "Réseau revenu : l’écran est resté où il était.",
};

export type Words = typeof FRENCH;

const ENGLISH: Words = {
  notes: (count) => (count === 1 ? "1 note" : `${count} notes`),
  workshops: (count) => (count === 1 ? "1 workshop" : `${count} workshops`),
  themes: (count) => (count === 1 ? "1 theme" : `${count} themes`),
  part: (one, all) => `${one} of ${all}`,
  cited: (count) => (count === 1 ? "cited in 1 theme" : `cited in ${count} themes`),
  moreThemes: (count) => (count < 1 ? "" : count === 1 ? "and 1 more theme" : `and ${count} more themes`),
  moreWorkshops: (count) => (count < 1 ? "" : count === 1 ? "and 1 more workshop" : `and ${count} more workshops`),
  tableName: "The themes in the workshops",
  notHere: "This note is no longer here.",
  empty: "Notes are arriving.",
  received: "the screen follows",
  sending: "sending",
  cutSpeaker: "The network is down: the screen no longer follows. At its keyboard: → ← B. All your landmarks are here.",
  cutScreen: "the network is down",
  cutReader: "The network is down: all that is here stays readable.",
  followed: "live",
  nothing: "The speaker shows nothing at the moment.",
  echo: "This joins what I have lived",
  echoed: "This joins what I have lived: noted",
  echoes: (count) => (count === 0 ? "" : count === 1 ? "1 person said so" : `${count} people said so`),
  star: (label) => `Add to my landmarks: ${label}`,
  starred: (label) => `Take off my landmarks: ${label}`,
  thisNote: "this note",
  held: (count) => (count === 1 ? "1 act kept here, not received yet" : `${count} acts kept here, not received yet`),
  allReceived: "all is received",
  up: "Up",
  down: "Down",
  drop: "Remove",
  line: "My line",
  minutes: "Time",
  noTime: "no time set",
  minute: (seconds) => (seconds < 60 ? `${seconds} s` : seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60}`),
  total: (seconds) => `${clock(seconds)} in all`,
  of: (place, all) => `Landmark ${place} of ${all}`,
  next: (words) => `Next: ${words}`,
  last: "This is the last one.",
  noLandmark: "No landmark: the screen follows the order of the themes.",
  begin: "Begin",
  forward: "Next",
  start: "Start",
  pause: "Stop",
  over: (words) => `${words} over`,
  left: (words) => `${words} left`,
  whole: (gone, all) => (all === "" ? `${gone} in all` : `${gone} of ${all} in all`),
  title: "Title",
  table: "All themes",
  black: "Black screen",
  lit: "Light again",
  beside: "the other witness has just changed this sheet",
  keptHere: "readable without a network",
  onScreen: (words) => `On the screen: ${words}`,
  behind: "The network is back: the screen stayed where it was.",
};

/** Say a time as a clock does: « 4:05 ». */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function typeset(words: Words): Words {
  const set = (value: unknown): unknown => {
    if (typeof value === "string") return french(value);
    return (...given: never[]) => french((value as (...all: never[]) => string)(...given));
  };
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, set(value)])) as unknown as Words;
}

const language = typeof document === "undefined" ? "fr" : document.documentElement.lang;

/** The words of the page's language. */
export const WORDS: Words = language.startsWith("en") ? ENGLISH : typeset(FRENCH);
