// node bench-table.mjs FILE: the rows of a benchmark's JSON as a table, each judged by its goal.
// A row: {name, value, unit, limit?, ratio?, goal?}. A goal is ">=0.5", "<100" and the like; it speaks of the ratio to the
// limit where there is one, else of the value. Ends with status 1 when a goal is missed or there is no row.
import { readFileSync } from "node:fs";

const read = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rows = Array.isArray(read) ? read : (read.rows ?? []);

function verdict({ value, ratio, goal }) {
  if (goal === undefined || goal === null || goal === "") return "";
  const [, sign, text] = /^\s*(<=|>=|<|>)\s*([0-9.eE+-]+)\s*$/.exec(goal) ?? [];
  const measured = ratio ?? value;
  const bound = Number(text);
  if (sign === undefined || !Number.isFinite(bound) || typeof measured !== "number") return "unreadable goal";
  const met = { "<": measured < bound, "<=": measured <= bound, ">": measured > bound, ">=": measured >= bound }[sign];
  return met ? "met" : "missed";
}

const number = (value) =>
  typeof value !== "number"
    ? (value ?? "")
    : value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 1 ? 4 : Math.abs(value) < 100 ? 2 : 0 });

const head = ["name", "value", "unit", "limit", "ratio", "goal", ""];
const table = rows.map((row) => [row.name, number(row.value), row.unit ?? "", number(row.limit),
  row.ratio === undefined || row.ratio === null ? "" : row.ratio.toFixed(3), row.goal ?? "", verdict(row)].map(String));
const widths = head.map((title, column) => Math.max(title.length, ...table.map((cells) => cells[column].length)));
const right = new Set([1, 3, 4]);
for (const cells of [head, widths.map((width) => "-".repeat(width)), ...table]) {
  console.log(cells.map((cell, i) => (right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd());
}

const bad = table.filter((cells) => cells[6] !== "" && cells[6] !== "met").length;
const judged = table.filter((cells) => cells[6] !== "").length;
console.log(`\n${table.length} measured, ${judged - bad} of ${judged} goals met`);
process.exit(bad || !table.length ? 1 : 0);
