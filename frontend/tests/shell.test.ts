import assert from "node:assert/strict";
import { test } from "node:test";
import { isBuiltFile } from "../worker/shell.ts";

test("a captive portal's page is not kept in the place of a script", () => {
  const ours = { "Cache-Control": "public, max-age=31536000, immutable" };
  assert.equal(isBuiltFile(new Response("export {}", { headers: ours })), true);
  assert.equal(isBuiltFile(new Response("<h1>Acceptez les conditions</h1>", { headers: { "Content-Type": "text/html" } })), false);
  assert.equal(isBuiltFile(new Response("", { status: 503, headers: ours })), false);
});
