// Reads {css, words, leftOut} from standard input and writes the stylesheet without what no word asks for: see stylesheet.py.
import { PurgeCSS } from "purgecss";

let given = "";
for await (const part of process.stdin.setEncoding("utf8")) given += part;
const { css, words, leftOut } = JSON.parse(given);
const [{ css: cut }] = await new PurgeCSS().purge({
  content: [{ raw: words.join(" "), extension: "html" }],
  css: [{ raw: css }],
  blocklist: leftOut,
  keyframes: true,
  fontFace: true,
});
process.stdout.write(cut);
