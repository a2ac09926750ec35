/** Every word that the scripts of the atlas write, in French and in English, chosen by the page's own language. */

import { french } from "../shared/typography.ts";

const FRENCH = {
  save: "Enregistrer",
  cancel: "Annuler",
  undo: "Défaire",
  renameTitle: (name: string) => `Renommer « ${name} »`,
  newName: "Nom de l’acteur",
  renamed: "Nom enregistré.",
  mergeTitle: (name: string) => `Réunir « ${name} » avec un autre acteur`,
  search: "Chercher un acteur",
  other: "Avec quel acteur ?",
  keep: (name: string) => `Le nom gardé est « ${name} ».`,
  join: "Réunir",
  joined: "Les deux acteurs sont réunis.",
  apart: "C’est noté : ce sont deux acteurs.",
  splitTitle: (name: string) => `Séparer ce que « ${name} » réunit`,
  spellings: "Lesquels de ces noms désignent un autre acteur ?",
  partName: "Nom de cet autre acteur",
  split: "Séparer",
  parted: "Les deux acteurs sont séparés.",
  familyTitle: (name: string) => `Famille de « ${name} »`,
  family: "À quelle famille appartient cet acteur ?",
  classified: "Famille enregistrée.",
  ignoreTitle: (name: string) => `« ${name} » n’est pas un acteur`,
  why: "Pourquoi ?",
  person: "C’est une personne : son nom ne sera pas écrit dans le journal.",
  nothing: "Ce n’est pas un acteur : un lieu, un document, un mot.",
  ignore: "Mettre de côté",
  ignored: "Mis de côté. Les notes restent.",
  undone: "La décision est défaite.",
  removed: "Le scénario est mis de côté.",
  settled: "Cette version est gardée.",
  away: "Le réseau n’a pas répondu. Ce que vous écrivez est toujours là : réessayez.",
  found: (count: number) => (count === 0 ? "Aucun acteur de ce nom." : count === 1 ? "1 acteur" : `${count} acteurs`),
};

export type Words = typeof FRENCH;

const ENGLISH: Words = {
  save: "Save",
  cancel: "Cancel",
  undo: "Undo",
  renameTitle: (name) => `Rename “${name}”`,
  newName: "Name of the actor",
  renamed: "Name saved.",
  mergeTitle: (name) => `Join “${name}” with another actor`,
  search: "Find an actor",
  other: "With which actor?",
  keep: (name) => `The name that stays is “${name}”.`,
  join: "Join",
  joined: "The two actors are joined.",
  apart: "Noted: they are two actors.",
  splitTitle: (name) => `Part what “${name}” holds together`,
  spellings: "Which of these names belong to another actor?",
  partName: "Name of that other actor",
  split: "Part",
  parted: "The two actors are parted.",
  familyTitle: (name) => `Family of “${name}”`,
  family: "To which family does this actor belong?",
  classified: "Family saved.",
  ignoreTitle: (name) => `“${name}” is not an actor`,
  why: "Why?",
  person: "It is a person: the name will not be written in the journal.",
  nothing: "It is not an actor: a place, a document, a word.",
  ignore: "Set aside",
  ignored: "Set aside. The notes stay.",
  undone: "The decision is taken back.",
  removed: "The scenario is set aside.",
  settled: "This wording stays.",
  away: "The network did not answer. What you write is still there: try again.",
  found: (count) => (count === 0 ? "No actor of that name." : count === 1 ? "1 actor" : `${count} actors`),
};

function typeset(words: Words): Words {
  const set = (value: unknown): unknown => {
    if (typeof value === "string") return french(value);
    if (typeof value === "function") return (...given: never[]) => french((value as (...all: never[]) => string)(...given));
    return value;
  };
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, set(value)])) as unknown as Words;
}

export const WORDS: Words = document.documentElement.lang.startsWith("en") ? ENGLISH : typeset(FRENCH);
