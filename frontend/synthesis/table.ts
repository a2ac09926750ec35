/** Makes the headers of a table into buttons that sort it; without a script the table stands in its first order. */

import { make } from "../shared/dom.ts";
import { WORDS } from "./words.ts";

interface Order {
  readonly column: number;
  readonly ascending: boolean;
}

let kept: Order | null = null;

/** Give the actors' table its buttons, and the order the reader had chosen. */
export function startTable(): void {
  const table = document.querySelector<HTMLTableElement>("table.actors");
  if (table === null) return;
  const headers = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  headers.forEach((header, column) => {
    if (header.querySelector("button")) return;
    const name = header.textContent.trim();
    const button = make("button", "sort", name);
    button.type = "button";
    button.title = WORDS.sort(name);
    button.addEventListener("click", () => {
      const before = header.getAttribute("aria-sort");
      const ascending = before === null ? header.dataset["sort"] === "text" : before === "descending";
      kept = { column, ascending };
      sort(table, headers, kept);
    });
    header.replaceChildren(button);
  });
  if (kept) sort(table, headers, kept);
}

function sort(table: HTMLTableElement, headers: readonly HTMLTableCellElement[], { column, ascending }: Order): void {
  const numeric = headers[column]?.dataset["sort"] === "number";
  const body = table.tBodies[0];
  if (!body) return;
  const value = (row: HTMLTableRowElement): string => row.cells[column]?.dataset["value"] ?? "";
  const compare = (one: HTMLTableRowElement, other: HTMLTableRowElement): number =>
    numeric ? Number(value(one)) - Number(value(other)) : value(one).localeCompare(value(other), "fr");
  const rows = [...body.rows].sort((one, other) => (ascending ? compare(one, other) : compare(other, one)));
  body.append(...rows);
  headers.forEach((header, index) => {
    if (index === column) header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    else header.removeAttribute("aria-sort");
  });
}
