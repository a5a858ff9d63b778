import { at, note, onKeys, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const boxes = [...document.querySelectorAll(".out")];
const isSeen = (box) => { const picture = box.parentElement.querySelector("img"); return picture.complete && picture.naturalWidth > 0; };
let busy = false;

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  if (at("but")) at("but").textContent = count ? ` ${say("but the {} taken out", count)}` : "";
}

function go(step) {
  const now = boxes.indexOf(document.activeElement);
  boxes[Math.min(Math.max(now + step, 0), boxes.length - 1)].focus();
}

/** Goes to the nearest crop of the next or previous line. */
function line(step) {
  const now = boxes.indexOf(document.activeElement), own = boxes[Math.max(now, 0)].parentElement;
  const far = (box) => Math.abs(box.parentElement.offsetLeft - own.offsetLeft);
  const beyond = boxes.filter((box) => (box.parentElement.offsetTop - own.offsetTop) * step > 0);
  if (!beyond.length) return;
  const top = step > 0 ? beyond[0].parentElement.offsetTop : beyond.at(-1).parentElement.offsetTop;
  beyond.filter((box) => box.parentElement.offsetTop === top).sort((a, b) => far(a) - far(b))[0].focus();
}

async function confirm() {
  const { page, why } = at("sheet").dataset;
  const seen = boxes.filter(isSeen);
  if (busy || !seen.length) return note(say("Wait until the pictures are here."), true);
  busy = true;
  const decisions = seen.map((box) => {
    const { image, answer, state, text } = box.dataset;
    return box.checked ? { image, answer, state: "open" } : { image, answer, state, text, why };
  });
  const found = await send("/settle", { page, decisions });
  busy = false;
  if (found) location.reload();
}

if (boxes.length) {
  for (const box of boxes) box.addEventListener("change", tell);
  at("right").addEventListener("click", confirm);
  boxes[0].focus({ focusVisible: true });
}
const letters = Object.fromEntries(boxes.filter((box) => box.dataset.letter).map((box) => [box.dataset.letter, () => box.click()]));
at("undo").addEventListener("click", undo);
onKeys(!boxes.length ? { u: undo } : {
  ...letters, Enter: confirm, u: undo, x: () => document.activeElement.matches(".out") && document.activeElement.click(),
  ArrowRight: () => go(1), ArrowLeft: () => go(-1), ArrowDown: () => line(1), ArrowUp: () => line(-1),
});
