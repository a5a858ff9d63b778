import { at, note, onKeys, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const rows = [...document.querySelectorAll(".row")];
const page = at("rows")?.dataset.page, chosen = at("rows")?.dataset.chosen, isSecond = page === "/second";
const fieldOf = (row) => row.querySelector(".typed input, .typed textarea");
const isDone = (row) => !row.querySelector(".decided").hidden;
const WAIT = 150; // milliseconds without a key until the judge is asked
let now = null, timer = 0, asked = 0;

function show(row) {
  now = row;
  for (const one of rows) one.classList.toggle("now", one === row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function next() {
  const after = [...rows.slice(rows.indexOf(now) + 1), ...rows].find((row) => !isDone(row));
  if (after) show(after); else location.reload();
}

/** Keeps a decision at the server, then goes on. */
async function settle(row, state, text, why) {
  if (row.dataset.busy) return;
  row.dataset.busy = "yes";
  const { image, answer } = row.dataset;
  const found = await send("/settle", { page, again: isSecond, decisions: [{ image, answer, state, text, why }] });
  delete row.dataset.busy;
  if (!found) return;
  const said = row.querySelector(".decided");
  said.hidden = false;
  said.textContent = `✓ ${state === "typed" ? text : state === "blank" ? say("nothing") : say("illegible")}`;
  if (row === now) next();
}

function typed(row) {
  const text = fieldOf(row).value;
  if (text.trim()) settle(row, "typed", text, ""); else note(say("Type what is written, or leave the field and press b for nothing."), true);
}

/** Says what the judge makes of what is typed so far. */
async function judge(row) {
  const number = asked += 1, { image, answer } = row.dataset, text = fieldOf(row).value, place = row.querySelector(".verdict");
  if (!text.trim()) { place.textContent = ""; return; }
  const found = await send("/judge", { image, answer, text });
  if (!found || number !== asked) return;
  place.className = `verdict ${found.verdict === "correct" ? "good" : found.verdict === "wrong" ? "bad" : ""}`;
  const shown = [found.heading, found.marks, found.says].filter(Boolean);
  place.textContent = shown.join(" · ") + (found.read_as ? ` — ${say("read as {}", found.read_as)}` : "");
}

const press = (name) => now?.querySelector(`[data-key="${name}"]`)?.click();
const go = (step) => show(rows[Math.min(Math.max(rows.indexOf(now) + step, 0), rows.length - 1)]);

for (const row of rows) {
  row.addEventListener("click", () => { if (now !== row) show(row); });
  for (const one of row.querySelectorAll("[data-key]")) {
    const { state = "typed", text = "" } = one.dataset;
    one.addEventListener("click", () => settle(row, state, text, state === "typed" ? chosen : ""));
  }
  const field = fieldOf(row);
  field.addEventListener("focus", () => { if (now !== row) show(row), field.focus(); });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (!isSecond) timer = setTimeout(judge, WAIT, row);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") show(row);
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); typed(row); }
  });
}
at("undo").addEventListener("click", undo);
const keys = { u: undo, n: () => location.reload() };
for (const name of "0123456789kbi") keys[name] = () => press(name);
Object.assign(keys, {
  " ": () => press("k"), ArrowDown: () => go(1), ArrowUp: () => go(-1), j: () => go(1),
  t: () => fieldOf(now).focus(), Enter: () => fieldOf(now).focus(),
  q: () => { const all = now.querySelector(".question"); all.open = !all.open; },
  p: () => now.querySelector(".page").click(),
});
onKeys(rows.length ? keys : { u: undo });
if (rows.length) show(rows[0]);
