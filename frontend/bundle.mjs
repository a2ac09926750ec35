// Turns the sources of the browser side into hashed files under static/, and static/manifest.json that names them.
//
// One convention, so that a new room needs no line here: `frontend/<room>/main.ts` becomes `<room>.js` and
// `frontend/<room>/main.css` becomes `<room>.css`; `frontend/style/main.css` is `base.css`, which every page but the
// capture page loads. Each text file is also written compressed, for servers that hand over `.br` or `.gz` as they are.

import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = resolve(process.env.RESTITUTION_STATIC ?? join(root, "static"));

// Packages whose words or glyphs travel to the reader, and whose licence asks to travel with them.
const CARRIED = ["idb", "cytoscape", "@fontsource-variable/atkinson-hyperlegible-next", "@fontsource-variable/source-serif-4"];

async function exists(path) {
  return stat(path).then(() => true, () => false);
}

async function entryPoints() {
  const found = {};
  for (const room of (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
    const name = room === "style" ? "base" : room;
    for (const [source, suffix] of [["main.ts", "js"], ["main.css", "css"]]) {
      const path = join(here, room, source);
      if (await exists(path)) found[`${name}.${suffix}`] = path;
    }
  }
  return found;
}

async function bundle(name, source) {
  const result = await build({
    entryPoints: { [basename(name, name.endsWith(".js") ? ".js" : ".css")]: source },
    outdir: out,
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    charset: "utf8",
    target: ["chrome100", "firefox100", "safari15.4"],
    loader: { ".woff2": "file" },
    logLevel: "warning",
    absWorkingDir: root,
  });
  const files = Object.entries(result.metafile.outputs).map(([path, output]) => ({ path: resolve(root, path), entry: output.entryPoint }));
  const main = files.find((file) => file.entry !== undefined);
  return { name, main: basename(main.path), files: files.map((file) => basename(file.path)) };
}

// The same bytes in give the same bytes out: gzip's own clock is left at zero by Node.
async function compress(file) {
  const bytes = await readFile(join(out, file));
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await writeFile(join(out, `${file}.br`), brotliCompressSync(bytes, best));
  await writeFile(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }));
}

async function carryLicences() {
  await mkdir(join(out, "licences"), { recursive: true });
  for (const name of CARRIED) {
    const kept = `${name.replace("@", "").replace("/", "-")}.txt`;
    await cp(join(root, "node_modules", name, "LICENSE"), join(out, "licences", kept));
  }
}

// A server that is running still names yesterday's files, and so do the pages it sent: they go a day later.
async function sweep(kept) {
  for (const file of await readdir(out)) {
    const { mtimeMs } = await stat(join(out, file));
    if (!kept.has(file) && Date.now() - mtimeMs > 86_400_000) await rm(join(out, file), { recursive: true, force: true });
  }
}

async function main() {
  await mkdir(out, { recursive: true });
  const built = await Promise.all(Object.entries(await entryPoints()).map(([name, source]) => bundle(name, source)));
  const kept = new Set(["manifest.json", "licences"]);
  for (const file of new Set(built.flatMap((one) => one.files))) {
    kept.add(file);
    if (/\.(js|css)$/.test(file)) {
      await compress(file);
      kept.add(`${file}.br`).add(`${file}.gz`);
    }
  }
  await carryLicences();
  const manifest = Object.fromEntries(built.map((one) => [one.name, one.main]));
  // Written aside and moved into place, so that a server never reads half of it.
  const aside = join(out, `manifest.${process.pid}.tmp`);
  await writeFile(aside, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(aside, join(out, "manifest.json"));
  await sweep(kept);
  for (const { name, main: file } of built) {
    const { size } = await stat(join(out, file));
    const packed = await stat(join(out, `${file}.br`));
    console.log(`${name.padEnd(16)} ${relative(root, join(out, file))}  ${(size / 1024).toFixed(1)} KB, ${(packed.size / 1024).toFixed(1)} KB compressed`);
  }
}

await main();
