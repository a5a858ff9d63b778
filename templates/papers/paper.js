const form = document.getElementById("paper"), kept = document.getElementById("kept");
const { exam, checksum, student, paper } = form.dataset;
const place = ["examgen", exam, paper, checksum].join("/");
let unsaved = false;

function typed() {
  const answers = {};
  for (const field of form.elements) if (field.name) answers[field.name.split(":")[0]] ??= "";
  for (const [name, text] of new FormData(form)) {
    const [answer, row] = name.split(":");
    const one = row ? row + ": " + text : text;
    answers[answer] = answers[answer] ? answers[answer] + "; " + one : one;
  }
  return answers;
}

function fill(field, name, text) {
  const row = name.split(":")[1];
  if (field.type === "checkbox") field.checked = text.split("; ").includes(field.value);
  else if (!row && field.type !== "radio") field.value = text;
  else field.checked = row ? text.split("; ").includes(row + ": " + field.value) : text === field.value;
}

function say(what) {
  for (const note of kept.children) note.hidden = note.dataset.says !== what;
  kept.hidden = what === "";
}

function keep() {
  try {
    localStorage.setItem(place, JSON.stringify(typed()));
  } catch {
    say("unavailable");
  }
}

function restore() {
  let answers = null;
  try {
    localStorage.setItem(place + "/try", "");
    localStorage.removeItem(place + "/try");
    answers = JSON.parse(localStorage.getItem(place));
  } catch {
    return say("unavailable");
  }
  if (answers === null || !Object.values(answers).some((text) => text)) return;
  for (const field of form.elements) {
    const text = answers[(field.name ?? "").split(":")[0]];
    if (field.name && text !== undefined) fill(field, field.name, text);
  }
  unsaved = true;
  say("restored");
}

form.addEventListener("input", () => {
  unsaved = true;
  keep();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const link = document.createElement("a");
  const saved = new Date().toISOString();
  const all = { exam, checksum, student, paper, saved, answers: typed() };
  const text = JSON.stringify(all, null, 2) + "\n";
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = paper + ".json";
  link.click();
  unsaved = false;
});

kept.querySelector("button").addEventListener("click", (event) => {
  if (!confirm(event.target.dataset.asks)) return;
  form.reset();
  localStorage.removeItem(place);
  unsaved = false;
  say("");
});

addEventListener("beforeunload", (event) => {
  if (!unsaved) return;
  event.preventDefault();
  event.returnValue = "";
});

restore();
