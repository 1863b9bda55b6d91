// Reads a JSON list of flowcharts on standard input and asks the real Mermaid whether each parses.
// Prints a JSON list: null for one that does, else what Mermaid says.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const folder = process.argv[2];
const require = createRequire(path.join(folder, "index.js"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;

const entry = path.join(folder, "mermaid", "dist", "mermaid.core.mjs");
const mermaid = (await import(pathToFileURL(entry).href)).default;
let input = "";
for await (const chunk of process.stdin) input += chunk;
const verdicts = [];
for (const source of JSON.parse(input)) {
  try {
    await mermaid.parse(source);
    verdicts.push(null);
  } catch (error) {
    verdicts.push(String(error.message ?? error));
  }
}
process.stdout.write(JSON.stringify(verdicts));
