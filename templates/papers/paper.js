const form = document.getElementById("paper"), kept = document.getElementById("kept");
const { exam, checksum, student, paper } = form.dataset;
const place = ["examgen", exam, paper, checksum].join("/");
let unsaved = false;

function typed() {
  const answers = {};
  for (const field of form.elements) if (field.name) answers[field.name] ??= "";
  for (const [name, text] of new FormData(form)) answers[name] = text;
  return answers;
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
  for (const [name, text] of Object.entries(answers)) {
    const field = form.elements.namedItem(name);
    if (field !== null) field.value = text;
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
