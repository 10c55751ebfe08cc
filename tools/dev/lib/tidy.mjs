// node tidy.mjs BUILD_TREE [PATH_PART...]: clang-tidy over the files of a built tree, as many at once as there are cores.
// A file that was clean is not looked at again until something changes that could change the answer: the file, a header of
// ours that it includes (Ninja knows which), its command, the rules, or the tool. What is remembered lies in the user's own
// cache folder, as ccache's does, and holds no path of this checkout: a fresh clone begins with what is known already.
import { createHash } from "node:crypto";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, readdirSync, utimesSync, statSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { join, relative, resolve } from "node:path";

const tool = "clang-tidy-19";
const root = process.cwd();
const tree = process.argv[2];
const wanted = process.argv.slice(3);
const cache = resolve(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "doorstep/tidy");
mkdirSync(cache, { recursive: true });

const ours = /^(src|tests|bench)\//;
const commands = JSON.parse(readFileSync(`${tree}/compile_commands.json`, "utf8"))
  .map((entry) => ({ ...entry, path: relative(root, resolve(entry.directory, entry.file)) }))
  .filter((entry) => ours.test(entry.path) && (!wanted.length || wanted.some((part) => entry.path.includes(part))));

// `ninja -t deps` prints an object, then what it was compiled from, one a line, until an empty line.
const headers = new Map();
const listing = execFileSync("ninja", ["-C", tree, "-t", "deps"], { encoding: "utf8", maxBuffer: 1 << 30 });
for (const block of listing.split("\n\n")) {
  const [first, ...rest] = block.replace(/^ninja: .*\n/, "").split("\n");
  const files = rest.map((line) => relative(root, resolve(tree, line.trim())));
  headers.set(first.replace(/: #deps.*/, ""), files.filter((file) => ours.test(file) || file.startsWith(tree)));
}

const hashes = new Map();
function contentHash(file) {
  if (!hashes.has(file)) hashes.set(file, createHash("sha256").update(readFileSync(file)).digest("hex"));
  return hashes.get(file);
}

const setting = execFileSync(tool, ["--version"], { encoding: "utf8" }) + readFileSync(".clang-tidy", "utf8");
function key(entry) {
  const hash = createHash("sha256").update(setting).update(entry.command.replaceAll(root, ".")).update(contentHash(entry.path));
  for (const file of headers.get(entry.output) ?? []) if (existsSync(file)) hash.update(file).update(contentHash(file));
  return hash.digest("hex");
}

// g++'s own warnings mean nothing to clang, and the build has already heeded them.
const extra = ["--quiet", `-p=${tree}`, "--extra-arg=-Wno-everything", "--extra-arg=-Qunused-arguments"];

function run(entry) {
  return new Promise((done) => {
    const child = spawn("nice", [tool, ...extra, entry.path], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "", errors = "";
    child.stdout.on("data", (part) => (said += part));
    child.stderr.on("data", (part) => (errors += part));
    child.on("close", (status) => done({ status, said: said.trim() || errors.trim() }));
  });
}

const waiting = commands.map((entry) => ({ entry, stamp: `${cache}/${key(entry)}` })).filter(({ stamp }) => {
  if (!existsSync(stamp)) return true;
  utimesSync(stamp, new Date(), new Date());
  return false;
});
console.log(`   clang-tidy: ${waiting.length} of ${commands.length} files to look at`);

// A fault in a header is found again by everyone who includes it; it is shown once.
const shown = new Set();
function unseen(said) {
  return said.split(/^(?=\S+:\d+:\d+: (?:error|warning):)/m).filter((finding) => {
    const title = finding.split("\n", 1)[0];
    return !shown.has(title) && shown.add(title);
  }).join("").trim();
}

let faulty = 0;
async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const started = Date.now();
    const { status, said } = await run(next.entry);
    if (status === 0) {
      writeFileSync(next.stamp, `${next.entry.path} ${Date.now() - started} ms\n`);
    } else {
      faulty++;
      console.log(`   ${next.entry.path}\n${unseen(said)}`);
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, worker));

// Stamps that nothing asked for in a month are of code that is gone.
for (const name of readdirSync(cache)) {
  if (Date.now() - statSync(`${cache}/${name}`).mtimeMs > 30 * 86_400_000) rmSync(`${cache}/${name}`);
}
process.exit(faulty ? 1 : 0);
