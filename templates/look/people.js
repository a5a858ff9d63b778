import { at, onKeys, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const cover = at("cover");
let timer = 0, asked = 0;

const text = (what) => at(what)?.value.trim() ?? "";

/** Keeps what is on the cover: each box with what is typed, or as a student of the roster has it. */
async function take(known, why) {
  const { image } = cover.dataset;
  const decisions = ["number", "name"].filter(at).map((what) => {
    const said = known[what] ?? text(what);
    return { image, answer: at(what).dataset.answer, state: said ? "typed" : "blank", text: said, why };
  });
  if (await send("/settle", { page: "/people", decisions })) location.reload();
}

async function propose() {
  const number = asked += 1;
  const found = await send("/owners", { number: text("number"), name: text("name") });
  if (!found || number !== asked) return;
  at("owners").replaceChildren(...found.owners.map((one, place) => {
    const button = document.createElement("button"), key = document.createElement("kbd");
    button.type = "button";
    key.textContent = `Alt ${place + 1}`;
    button.append(key, ` ${one.id} ${one.name}${one.has ? ` (${say("has paper {}", one.has)})` : ""}`);
    button.addEventListener("click", () => take({ number: one.id, name: text("name") || one.name }, "chosen from the roster"));
    return button;
  }));
}

if (cover) {
  at("who").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(propose, 150); });
  at("who").addEventListener("submit", (event) => { event.preventDefault(); take({}, ""); });
  document.addEventListener("keydown", (event) => {
    const chosen = event.altKey && at("owners").children[Number(event.key) - 1];
    if (chosen) { event.preventDefault(); chosen.click(); }
  });
  document.querySelector("#who input").focus();
}
at("undo").addEventListener("click", undo);
onKeys({ u: undo });
