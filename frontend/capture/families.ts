/** Families of people that any workshop names, offered by `@` after the organiser's own list. Names as the synthesis calls them. */

import type { Candidate } from "./complete.ts";

const NAMES = [
  "Habitant·es",
  "Élu·es",
  "Citoyen·nes",
  "Technicien·nes et agents",
  "Animateur·rices",
  "Associations",
  "Entreprises",
  "Agriculteur·rices",
  "Commerçant·es",
  "Artisan·es",
  "Jeunes",
  "Enfants et élèves",
  "Parents et familles",
  "Étudiant·es",
  "Bénévoles",
  "Chercheur·es",
  "Enseignant·es",
  "Formateur·rices",
  "État et ses services",
  "Collectivités",
  "Partenaires",
  "Financeurs",
  "Bailleurs sociaux",
  "Usager·ères",
  "Femmes",
  "Salarié·es",
  "Travailleurs sociaux",
  "Soignant·es",
  "Coopératives",
  "Syndicats",
];

/** In a sentence they are common nouns: « les habitant·es », « l'État ». */
export const FAMILIES: readonly Candidate[] = NAMES.map((name) => ({
  name,
  acronym: "",
  written: name.startsWith("État") ? name : name.charAt(0).toLowerCase() + name.slice(1),
}));

/** Return the organiser's list with the families, each name once. */
export function withFamilies(listed: readonly Candidate[]): readonly Candidate[] {
  const families = new Map(FAMILIES.map((family) => [family.name, family]));
  const names = new Set(listed.map((actor) => actor.name));
  return [...listed.map((actor) => families.get(actor.name) ?? actor), ...FAMILIES.filter((family) => !names.has(family.name))];
}
