// What the pages of a site share: messages to the server, and keys that can be switched off.

export const at = (id) => document.getElementById(id);

export function note(text, isBad = false) {
  at("said").textContent = text;
  at("said").classList.toggle("bad", isBad);
}

/** Sends a message and gives what the server answers; says what is wrong and gives null. */
export async function send(path, message) {
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(message) });
    const found = await answer.json().catch(() => ({}));
    if (answer.ok) return found;
    note(found.error || say("The server refused this ({}).", answer.status), true);
  } catch {
    note(say("The server does not answer. What was decided before this is kept: start it again, and open its new link."), true);
  }
  return null;
}

const store = "examgen-keys";
const off = () => !at("keys").checked;

/** Calls what belongs to a key, unless keys are off or something is being typed. */
export function onKeys(keys) {
  at("keys").checked = sessionStorage.getItem(store) !== "off";
  at("keys").addEventListener("change", () => sessionStorage.setItem(store, off() ? "off" : "on"));
  document.addEventListener("keydown", (event) => {
    const isOther = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    const isButton = event.target.matches("button, a, summary") && ["Enter", " "].includes(event.key);
    const isBox = event.target.matches("input[type=checkbox]") && event.key === " ";
    if (off() || isOther || isButton || isBox || event.target.matches("input[type=text], textarea, select")) return;
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(event); }
  });
}
