import { at, note, onKeys, send } from "/own/base.js";
import { undo } from "/own/undo.js";

const image = at("page")?.dataset.image;
let turn = 0, busy = false;

async function place(of, said) {
  if (busy) return;
  busy = true;
  note(say("Reading ..."));
  const found = await send("/place", { image: of, said });
  busy = false;
  if (!found) return;
  if (found.why) { note(say("It was taken as {}: {}", found.says, found.why), true); setTimeout(() => location.reload(), 2500); } else location.reload();
}

/** Lets one of two images count: the others are called duplicates. */
async function choose(counts) {
  const others = [...document.querySelectorAll("[data-counts]")].map((one) => one.dataset.counts).filter((one) => one !== counts);
  for (const other of others.slice(0, -1)) await send("/place", { image: other, said: "duplicate" });
  await place(others.at(-1), "duplicate");
}

function turnOn() {
  turn = (turn + 1) % 4;
  for (const one of document.querySelectorAll(".whole")) one.className = `whole turn${turn}`;
}

const keys = { r: turnOn, u: undo, s: () => at("later")?.click() };
for (const one of document.querySelectorAll("[data-said], [data-counts]")) {
  one.addEventListener("click", () => one.dataset.said ? place(image, one.dataset.said) : choose(one.dataset.counts));
  keys[one.dataset.key] = () => one.click();
  if (one.classList.contains("first")) keys.Enter = () => one.click();
}
at("other")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const said = at("said").value.trim();
  if (said) place(image, said);
});
at("open")?.addEventListener("click", async () => {
  const { image: of, answer } = at("open").dataset;
  const decisions = [{ image: of, answer, state: "open" }];
  if (await send("/settle", { page: "/ink", decisions })) location.reload();
});
at("turn")?.addEventListener("click", turnOn);
at("undo")?.addEventListener("click", undo);
onKeys(keys);
