import { at, onKeys, say, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const boxes = [...document.querySelectorAll(".out")];
const isSeen = (box) => { const picture = box.parentElement.querySelector("img"); return picture.complete && picture.naturalWidth > 0; };
let busy = false;

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  if (at("but")) at("but").textContent = count ? ` but the ${count} taken out` : "";
}

function go(step) {
  const now = boxes.indexOf(document.activeElement);
  boxes[Math.min(Math.max(now + step, 0), boxes.length - 1)].focus();
}

/** Gives how many crops are beside each other. */
function across() {
  const top = boxes[0].parentElement.offsetTop;
  return boxes.filter((box) => box.parentElement.offsetTop === top).length;
}

async function confirm() {
  const { page, state, text } = at("sheet").dataset;
  const seen = boxes.filter(isSeen);
  if (busy || !seen.length) return say("Wait until the pictures are here.", true);
  busy = true;
  const decisions = seen.map((box) => ({
    image: box.dataset.image, answer: box.dataset.answer,
    ...(box.checked ? { state: "open" } : { state, text, why: "seen on a contact sheet" }),
  }));
  const found = await send("/settle", { page, decisions });
  busy = false;
  if (found) location.reload();
}

if (boxes.length) {
  for (const box of boxes) box.addEventListener("change", tell);
  at("right").addEventListener("click", confirm);
  boxes[0].focus({ focusVisible: true });
}
at("undo").addEventListener("click", undo);
onKeys(!boxes.length ? { u: undo } : {
  Enter: confirm, u: undo, x: () => document.activeElement.matches(".out") && document.activeElement.click(),
  ArrowRight: () => go(1), ArrowLeft: () => go(-1), ArrowDown: () => go(across()), ArrowUp: () => go(-across()),
});
