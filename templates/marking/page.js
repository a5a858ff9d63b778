const { opinion, groups, bank } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const store = "examgen-marking-" + opinion; // a group is called the same in pages that are written later
let given = {}, place = 0;
try { given = JSON.parse(localStorage.getItem(store)) ?? {}; } catch { /* marks are then kept by saving */ }

const number = (text) => /^[-−]?\d{1,6}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".").replace("−", "-")) : NaN;
const shown = (value) => local(Math.round(value * 1e4) / 1e4);
const isMarked = (group) => Boolean(given[group.id]?.marks);

const fields = () => [...at("criteria").querySelectorAll("input[inputmode]")];
const boxes = () => [...at("criteria").querySelectorAll("input[type=checkbox]")];
const inside = (value, whole) => value >= Math.min(0, whole) && value <= Math.max(0, whole);

// What criteria add up to: within the caps that hold, and at least 0; as examgen adds them up itself.
function sum(group, points) {
  const caps = group.criteria.map((item, i) => item.cap && points[i] ? Number(item.cap) : Infinity);
  const total = points.reduce((a, b, i) => group.criteria[i].cap ? a : a + b, 0);
  return Math.max(0, Math.min(total, Number(group.out_of), ...caps));
}

function keep() {
  const group = groups[place];
  const points = fields().map((field) => field.value.trim());
  const marks = at("marks").value.trim(), remark = at("remark").value.trim();
  const said = [...at("criteria").querySelectorAll("input[list]")].map((field) => field.value.trim());
  const comments = said.some(Boolean) ? said : [];
  const isWhole = !points.some(Boolean);
  given[group.id] = { marks, remark, comments, criteria: isWhole ? [] : points.map((text) => text || "0") };
  const wholes = [Number(group.out_of), ...group.criteria.map((item) => Number(item.marks))];
  const numbers = [marks, ...(isWhole ? [] : given[group.id].criteria)];
  const wrong = numbers.some((text, i) => text && !inside(number(text), wholes[i]));
  const lost = (remark || comments.length) && !marks ? say("A remark without marks is not saved.") : "";
  at("fault").textContent = wrong ? say("Marks are numbers from 0 to what can be earned.") : lost;
  if (wrong) given[group.id].marks = "";
  try { localStorage.setItem(store, JSON.stringify(given)); } catch { /* see above */ }
  tell();
}

function add(index) {
  const { criteria } = groups[place], all = fields();
  if (criteria[index].one_of && number(all[index].value.trim())) {
    criteria.forEach((item, i) => {
      if (i !== index && item.one_of === criteria[index].one_of) { all[i].value = "0"; boxes()[i].checked = false; }
    });
  }
  const points = all.map((field) => number(field.value.trim() || "0"));
  at("marks").value = points.some(Number.isNaN) ? "" : shown(sum(groups[place], points));
  keep();
}

// A field for a comment, which offers those that were written on this criterion before.
function comment(index, value, offers) {
  const field = document.createElement("input"), list = document.createElement("datalist");
  list.id = "bank-" + index;
  list.append(...offers.map((text) => Object.assign(document.createElement("option"), { value: text })));
  field.setAttribute("list", list.id);
  field.setAttribute("aria-label", say("comment on criterion {}", index + 1));
  field.placeholder = say("comment");
  field.maxLength = 2000;
  field.autocomplete = "off";
  field.value = value;
  field.addEventListener("input", keep);
  field.addEventListener("change", () => { if (field.value.trim() && !offers.includes(field.value.trim())) offers.push(field.value.trim()); });
  return [field, list];
}

// The marks of two people side by side, where they wait to be settled.
function sideBySide(opinions, index) {
  const beside = document.createElement("small");
  beside.textContent = opinions.map((one) => `${one.by}: ${local(one.criteria[index] ?? "-")}`).join("; ");
  beside.className = new Set(opinions.map((one) => one.criteria[index])).size > 1 ? "differs" : "";
  return beside;
}

// What somebody outside says about a criterion: to be looked at, worth nothing by itself.
function proposal(one) {
  const beside = document.createElement("small");
  beside.textContent = `${one.by} (${one.confidence}): ` + (one.evidence ? `“${one.evidence}”` : say("no evidence"));
  beside.className = "proposed";
  return beside;
}

function criterion(item, index, value, says, said) {
  const row = document.createElement("div"), label = document.createElement("label"), box = document.createElement("input");
  const field = document.createElement("input");
  box.type = "checkbox";
  box.checked = number(value) === Number(item.marks);
  field.inputMode = "decimal";
  field.autocomplete = "off";
  field.value = value;
  field.setAttribute("aria-label", say("marks for criterion {}", index + 1));
  box.addEventListener("change", () => { field.value = box.checked ? local(item.marks) : "0"; add(index); });
  field.addEventListener("input", () => { box.checked = number(field.value.trim()) === Number(item.marks); add(index); });
  if (groups[place].opinions.length) says.append(sideBySide(groups[place].opinions, index));
  says.append(...groups[place].proposals.filter((one) => one.criterion === index + 1).map(proposal));
  label.append(box, says);
  row.append(label, field, ...comment(index, said, bank[groups[place].answer][index]));
  return row;
}

function tell() {
  const done = groups.filter(isMarked).length;
  at("progress").textContent = groups.length ? say("{} of {}; {} marked", place + 1, groups.length, done) : say("Nothing waits.");
}

// A piece of the answer; one that is a word of a criterion is highlighted.
function piece([text, number]) {
  if (!number) return text;
  const found = document.createElement("mark");
  found.textContent = text;
  found.title = say("a word of criterion {}", number);
  found.dataset.number = number;
  return found;
}

function show(to) {
  if (!groups.length) return tell();
  place = Math.min(Math.max(to, 0), groups.length - 1);
  const group = groups[place], own = given[group.id] ?? { marks: "", criteria: [], remark: "" };
  at("out_of").textContent = say("Marks, at most {}", local(group.out_of));
  for (const part of ["label", "answer", "text", "expected", "why"]) at(part).textContent = group[part];
  at("ink").replaceChildren(...group.pictures.map((src) => Object.assign(new Image(), { src, alt: say("What is written by hand") })));
  at("text").hidden = group.pictures.length && !group.text;
  if (!group.text) at("text").textContent = say("(nothing was written)");
  if (group.pieces.length > 1 || group.pieces[0]?.[1]) at("text").replaceChildren(...group.pieces.map(piece));
  at("earlier").textContent = group.earlier;
  const gives = (one) => say("{0} gives {1}", one.by, local(one.marks)) + (one.remark && `: ${one.remark}`);
  if (group.opinions.length) at("earlier").textContent = group.opinions.map(gives).join("\n");
  at("pattern").textContent = group.pattern && say("With the paper's numbers by name: {}", group.pattern);
  at("about").textContent = group.papers.length === 1 ? say("paper {}", group.papers[0]) : say("{} papers with this answer", group.papers.length);
  for (const part of ["model", "question"]) at(part).replaceChildren(at(part + "-" + group[part]).content.cloneNode(true));
  at("asked").hidden = !at("question").textContent;
  for (const blank of at("question").querySelectorAll(".blank")) blank.classList.toggle("own", blank.textContent === group.answer);
  const answer = group.criteria.length ? say("Model answer") : say("Right answer");
  at("right_of").textContent = group.pattern && group.papers.length > 1 ? say("{0}, for the numbers above", answer) : answer;
  at("right").hidden = !at("model").textContent && !group.expected;
  const looks = [...at("looks-" + group.looks).content.cloneNode(true).children];
  at("criteria").replaceChildren(...group.criteria.map((item, i) => criterion(item, i, own.criteria[i] ?? "", looks[i], own.comments?.[i] ?? "")));
  at("marks").value = own.marks;
  at("remark").value = own.remark;
  at("fault").textContent = "";
  tell();
}

function whole(share) {
  const group = groups[place], best = {};
  group.criteria.forEach((item, i) => {
    const name = item.one_of || i, old = group.criteria[best[name]];
    if (!item.cap && Number(item.marks) > Number(old?.marks ?? 0)) best[name] = i;
  });
  const met = new Set(Object.values(best));
  fields().forEach((field, i) => { field.value = share && met.has(i) ? local(group.criteria[i].marks) : "0"; });
  boxes().forEach((box, i) => { box.checked = share && met.has(i); });
  at("marks").value = share ? local(group.out_of) : "0";
  keep();
}

function open() {
  const after = [...groups.keys()].map((i) => (place + 1 + i) % groups.length);
  show(after.find((i) => !isMarked(groups[i])) ?? place);
}

function save() {
  const lines = groups.filter(isMarked).map((group) => JSON.stringify({
    group: group.id, answer: group.answer, papers: group.papers, rubric: group.rubric, opinion, ...given[group.id],
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
  const isWriting = event.target.matches("input:not([type=checkbox]), textarea");
  if (event.key === "Escape" && isWriting) event.target.blur();
  if (isWriting || event.ctrlKey || event.altKey || event.metaKey || !groups.length) return;
  const box = boxes()[Number(event.key) - 1];
  const act = box ? () => box.click() : keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
at("form").addEventListener("submit", (event) => event.preventDefault());
at("marks").addEventListener("input", keep);
at("remark").addEventListener("input", keep);
for (const [id, act] of [["previous", keys.p], ["next", keys.n], ["open", open], ["save", save]]) at(id).addEventListener("click", act);
show(0);
