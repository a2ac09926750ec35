import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

declare const FRONTEND: string;

const read = (...path: string[]): string => readFileSync(join(FRONTEND, "..", ...path), "utf8");

test("each package has its reason in docs/dependencies.md, and each reason its package", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string> | undefined>;
  const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort();
  const explained = [...read("docs", "dependencies.md").matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!).sort();
  assert.deepEqual(explained, named);
});

test("versions are exact, and the lock names no registry", () => {
  const manifest = JSON.parse(read("package.json")) as { devDependencies: Record<string, string> };
  for (const version of Object.values(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.doesNotMatch(read("package-lock.json"), /"resolved"/);
});
