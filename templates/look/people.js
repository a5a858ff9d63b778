import { at, onKeys, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const cover = at("cover");
let timer = 0, asked = 0;

async function take(number, name, why) {
  const { image, number: numbers, name: names } = cover.dataset;
  const line = (answer, text) => ({ image, answer, state: text.trim() ? "typed" : "blank", text, why });
  const decisions = [line(numbers, number), ...(names ? [line(names, name)] : [])];
  if (await send("/settle", { page: "/people", decisions })) location.reload();
}

async function propose() {
  const number = asked += 1;
  const found = await send("/owners", { number: at("number").value, name: at("name").value });
  if (!found || number !== asked) return;
  at("owners").replaceChildren(...found.owners.map((one, place) => {
    const button = document.createElement("button"), key = document.createElement("kbd");
    button.type = "button";
    key.textContent = `Alt ${place + 1}`;
    button.append(key, ` ${one.id} ${one.name}${one.has ? ` (has paper ${one.has})` : ""}`);
    button.addEventListener("click", () => take(one.id, at("name").value || one.name, "chosen from the roster"));
    return button;
  }));
}

if (cover) {
  at("who").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(propose, 150); });
  at("who").addEventListener("submit", (event) => { event.preventDefault(); take(at("number").value, at("name").value, ""); });
  document.addEventListener("keydown", (event) => {
    const chosen = event.altKey && at("owners").children[Number(event.key) - 1];
    if (chosen) { event.preventDefault(); chosen.click(); }
  });
  at("number").focus();
}
at("undo").addEventListener("click", undo);
onKeys({ u: undo });
