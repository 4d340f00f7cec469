// Parses mermaid diagrams with mermaid's own parser, in a document without a browser.
// standard input: [[place, text], ...]   standard output: [[place, problem or null], ...]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const load = createRequire(pathToFileURL(process.argv[2] + "/"));
const { window } = new (load("jsdom").JSDOM)("<body></body>");
Object.assign(globalThis, { window, document: window.document });
const entry = load.resolve("mermaid").replace(/[^/]*$/, "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(entry));
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

const results = [];
for (const [place, text] of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(text);
    results.push([place, null]);
  } catch (e) {
    results.push([place, String(e.message ?? e)]);
  }
}
console.log(JSON.stringify(results));
process.exit(0);
