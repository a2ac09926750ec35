import assert from "node:assert/strict";
import { test } from "node:test";
import { isBuiltFile, isOffered, isWayIn } from "../worker/shell.ts";

test("a captive portal's page is not kept in the place of a script", () => {
  const ours = { "Cache-Control": "public, max-age=31536000, immutable" };
  assert.equal(isBuiltFile(new Response("export {}", { headers: ours })), true);
  assert.equal(isBuiltFile(new Response("<h1>Acceptez les conditions</h1>", { headers: { "Content-Type": "text/html" } })), false);
  assert.equal(isBuiltFile(new Response("", { status: 503, headers: ours })), false);
});

test("a link, whatever its signature, leads to what is kept; a file and a door for scripts do not", () => {
  for (const path of ["/", "/suivre/a1.DQbsgY2bwvwHBZUMRgDnYkfbxvi", "/rejoindre/DQbsgY2bwvw.HBZUMRgDnYkfbxviZzMO1QLsKBI", "/r/synthese/rapport", "/r/organisation"]) assert.equal(isWayIn(path), true, path);
  for (const path of ["/r/rapport.pdf", "/r/donnees/graph.graphml", "/api/v1/r/stage"]) assert.equal(isWayIn(path), false, path);
  assert.deepEqual(["/r/ateliers/a", "/r/synthese", "/r/pupitre", "/r/synthese/themes/t"].map(isOffered), [true, true, true, false]);
});
