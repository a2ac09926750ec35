/** Regions and départements, offered by `#` after what the notes have named: 2 KB that every phone can carry. */

import { ask } from "../shared/door.ts";

/** Communes and intercommunalités are 36,000 names: the server looks them up, and what notes have named is kept offline. */
export const WIDE: readonly string[] = [
  "Auvergne-Rhône-Alpes",
  "Bourgogne-Franche-Comté",
  "Bretagne",
  "Centre-Val de Loire",
  "Corse",
  "Grand Est",
  "Guadeloupe",
  "Guyane",
  "Hauts-de-France",
  "La Réunion",
  "Martinique",
  "Mayotte",
  "Normandie",
  "Nouvelle-Aquitaine",
  "Nouvelle-Calédonie",
  "Occitanie",
  "Pays de la Loire",
  "Polynésie française",
  "Provence-Alpes-Côte d'Azur",
  "Saint-Barthélemy",
  "Saint-Martin",
  "Saint-Pierre-et-Miquelon",
  "Terres australes et antarctiques françaises",
  "Wallis et Futuna",
  "Île de Clipperton",
  "Île-de-France",
  "Ain",
  "Aisne",
  "Allier",
  "Alpes-Maritimes",
  "Alpes-de-Haute-Provence",
  "Ardennes",
  "Ardèche",
  "Ariège",
  "Aube",
  "Aude",
  "Aveyron",
  "Bas-Rhin",
  "Bouches-du-Rhône",
  "Calvados",
  "Cantal",
  "Charente",
  "Charente-Maritime",
  "Cher",
  "Corrèze",
  "Corse-du-Sud",
  "Creuse",
  "Côte-d'Or",
  "Côtes-d'Armor",
  "Deux-Sèvres",
  "Dordogne",
  "Doubs",
  "Drôme",
  "Essonne",
  "Eure",
  "Eure-et-Loir",
  "Finistère",
  "Gard",
  "Gers",
  "Gironde",
  "Haut-Rhin",
  "Haute-Corse",
  "Haute-Garonne",
  "Haute-Loire",
  "Haute-Marne",
  "Haute-Savoie",
  "Haute-Saône",
  "Haute-Vienne",
  "Hautes-Alpes",
  "Hautes-Pyrénées",
  "Hauts-de-Seine",
  "Hérault",
  "Ille-et-Vilaine",
  "Indre",
  "Indre-et-Loire",
  "Isère",
  "Jura",
  "Landes",
  "Loir-et-Cher",
  "Loire",
  "Loire-Atlantique",
  "Loiret",
  "Lot",
  "Lot-et-Garonne",
  "Lozère",
  "Maine-et-Loire",
  "Manche",
  "Marne",
  "Mayenne",
  "Meurthe-et-Moselle",
  "Meuse",
  "Morbihan",
  "Moselle",
  "Nièvre",
  "Nord",
  "Oise",
  "Orne",
  "Paris",
  "Pas-de-Calais",
  "Puy-de-Dôme",
  "Pyrénées-Atlantiques",
  "Pyrénées-Orientales",
  "Rhône",
  "Sarthe",
  "Savoie",
  "Saône-et-Loire",
  "Seine-Maritime",
  "Seine-Saint-Denis",
  "Seine-et-Marne",
  "Somme",
  "Tarn",
  "Tarn-et-Garonne",
  "Territoire de Belfort",
  "Val-d'Oise",
  "Val-de-Marne",
  "Var",
  "Vaucluse",
  "Vendée",
  "Vienne",
  "Vosges",
  "Yonne",
  "Yvelines",
];

/** What the server found for what was typed; without a network nothing is added, and what was found stays. */
export class Places {
  #doors: string;
  #names = new Set<string>();
  #asked = new Set<string>();

  constructor(doors: string) {
    this.#doors = doors;
  }

  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Look for what starts so; true when something new was found. */
  async seek(query: string): Promise<boolean> {
    const wanted = query.trim().toLowerCase();
    if (wanted.length < 2 || this.#asked.has(wanted) || !navigator.onLine) return false;
    this.#asked.add(wanted);
    const answer = await ask<{ names: readonly string[] }>(`${this.#doors}territories?q=${encodeURIComponent(wanted)}`);
    if (!answer.ok) {
      this.#asked.delete(wanted);
      return false;
    }
    const before = this.#names.size;
    for (const name of answer.value.names) this.#names.add(name);
    return this.#names.size > before;
  }
}
