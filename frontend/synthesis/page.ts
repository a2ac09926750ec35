/** What the server tells every page of the synthesis, and what it can be asked for. */

export interface ThemeName {
  readonly id: string;
  readonly label: string;
  readonly notes: number;
}

export interface PageData {
  /** The address of the doors, ending with a slash. */
  readonly doors: string;
  /** The journal's head when the page was made: the stream goes on from there. */
  readonly head: number;
  readonly edition: number;
  /** The journal position that the themes were read from. */
  readonly position: number;
  readonly made_at: number;
  /** When the server made this page. */
  readonly read_at: number;
  readonly themes: readonly ThemeName[];
}

/** Read the data of a page that was fetched, or of the one that is open. */
export function dataOf(page: Document): PageData {
  return JSON.parse(page.getElementById("page-data")?.textContent ?? "{}") as PageData;
}
