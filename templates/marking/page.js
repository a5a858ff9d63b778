const { opinion, groups } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const store = "examgen-marking-" + opinion; // a group is called the same in pages that are written later
let given = {}, place = 0;
try { given = JSON.parse(localStorage.getItem(store)) ?? {}; } catch { /* marks are then kept by saving */ }

const number = (text) => /^\d{1,6}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
const shown = (value) => String(Math.round(value * 1e4) / 1e4);
const isMarked = (group) => Boolean(given[group.id]?.marks);

function keep() {
  const group = groups[place];
  const points = [...at("criteria").querySelectorAll("input[inputmode]")].map((field) => field.value.trim());
  const marks = at("marks").value.trim(), remark = at("remark").value.trim();
  const isWhole = !points.some(Boolean);
  given[group.id] = { marks, remark, criteria: isWhole ? [] : points.map((text) => text || "0") };
  const most = [Number(group.out_of), ...group.criteria.map((item) => Number(item.marks))];
  const numbers = [marks, ...(isWhole ? [] : given[group.id].criteria)];
  const wrong = numbers.some((text, i) => text && !(number(text) <= most[i]));
  const lost = remark && !marks ? "A remark without marks is not saved." : "";
  at("fault").textContent = wrong ? "Marks are numbers from 0 to what can be earned." : lost;
  if (wrong) given[group.id].marks = "";
  try { localStorage.setItem(store, JSON.stringify(given)); } catch { /* see above */ }
  tell();
}

function add() {
  const points = [...at("criteria").querySelectorAll("input[inputmode]")].map((field) => number(field.value.trim() || "0"));
  at("marks").value = points.some(Number.isNaN) ? "" : shown(points.reduce((a, b) => a + b, 0));
  keep();
}

function criterion(item, index, value, says) {
  const label = document.createElement("label"), box = document.createElement("input");
  const field = document.createElement("input");
  box.type = "checkbox";
  box.checked = value === item.marks;
  says.prepend(`${index + 1}. `);
  says.append(` (${item.marks})`);
  field.inputMode = "decimal";
  field.autocomplete = "off";
  field.value = value;
  field.setAttribute("aria-label", "marks for criterion " + (index + 1));
  box.addEventListener("change", () => { field.value = box.checked ? item.marks : "0"; add(); });
  field.addEventListener("input", () => { box.checked = field.value === item.marks; add(); });
  label.append(box, says, field);
  return label;
}

function tell() {
  const done = groups.filter(isMarked).length;
  at("progress").textContent = groups.length ? `${place + 1} of ${groups.length}; ${done} marked` : "Nothing waits.";
}

function show(to) {
  if (!groups.length) return tell();
  place = Math.min(Math.max(to, 0), groups.length - 1);
  const group = groups[place], own = given[group.id] ?? { marks: "", criteria: [], remark: "" };
  for (const part of ["label", "answer", "text", "out_of", "expected", "why"]) at(part).textContent = group[part];
  if (!group.text) at("text").textContent = "(nothing was written)";
  at("pattern").textContent = group.pattern && "With the paper's numbers by name: " + group.pattern;
  at("about").textContent = group.papers.length === 1 ? "paper " + group.papers[0] : group.papers.length + " papers with this answer";
  for (const part of ["model", "question"]) at(part).replaceChildren(at(part + "-" + group[part]).content.cloneNode(true));
  at("asked").hidden = !at("question").textContent;
  for (const blank of at("question").querySelectorAll(".blank")) blank.classList.toggle("own", blank.textContent === group.answer);
  const answer = group.criteria.length ? "Model answer" : "Right answer";
  at("right_of").textContent = group.pattern && group.papers.length > 1 ? answer + ", for the numbers above" : answer;
  at("right").hidden = !at("model").textContent && !group.expected;
  const looks = [...at("looks-" + group.looks).content.cloneNode(true).children];
  at("criteria").replaceChildren(...group.criteria.map((item, i) => criterion(item, i, own.criteria[i] ?? "", looks[i])));
  at("marks").value = own.marks;
  at("remark").value = own.remark;
  at("fault").textContent = "";
  tell();
}

function whole(share) {
  const group = groups[place], points = at("criteria").querySelectorAll("input[inputmode]");
  points.forEach((field, i) => { field.value = share ? group.criteria[i].marks : "0"; });
  at("criteria").querySelectorAll("input[type=checkbox]").forEach((box) => { box.checked = share; });
  at("marks").value = share ? group.out_of : "0";
  keep();
}

function open() {
  const after = [...groups.keys()].map((i) => (place + 1 + i) % groups.length);
  show(after.find((i) => !isMarked(groups[i])) ?? place);
}

function save() {
  const lines = groups.filter(isMarked).map((group) => JSON.stringify({
    group: group.id, answer: group.answer, papers: group.papers, opinion, ...given[group.id],
  }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.map((line) => line + "\n").join("")], { type: "application/jsonl" }));
  link.download = `marks-${opinion}.jsonl`;
  link.click();
}

const keys = {
  n: () => show(place + 1), p: () => show(place - 1), u: open, s: save,
  f: () => whole(true), z: () => whole(false), m: () => at("marks").select(), r: () => at("remark").focus(),
};
document.addEventListener("keydown", (event) => {
  const isWriting = event.target.matches("input[inputmode], textarea");
  if (event.key === "Escape" && isWriting) event.target.blur();
  if (isWriting || event.ctrlKey || event.altKey || event.metaKey || !groups.length) return;
  const box = at("criteria").querySelectorAll("input[type=checkbox]")[Number(event.key) - 1];
  const act = box ? () => box.click() : keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
at("form").addEventListener("submit", (event) => event.preventDefault());
at("marks").addEventListener("input", keep);
at("remark").addEventListener("input", keep);
for (const [id, act] of [["previous", keys.p], ["next", keys.n], ["open", open], ["save", save]]) at(id).addEventListener("click", act);
show(0);
