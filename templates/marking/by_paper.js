const { exam, columns, rows } = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const store = "examgen-by-paper-" + exam; // another exam has papers of the same numbers
let given = { marks: {}, remarks: {} }, here = [0, 0];
try { given = JSON.parse(localStorage.getItem(store)) ?? given; } catch { /* marks are then kept by saving */ }

const number = (text) => /^[-−]?\d{1,6}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".").replace("−", "-")) : NaN;
const key = (row, column) => `${row.paper}\t${column.name}`;
const note = (row, column) => `${row.paper}\t${column.answer}`;
const isWrong = (column, text) => Boolean(text) && !(number(text) >= Number(column.least) && number(text) <= Number(column.most));
const isFixed = (row, x) => row.words[x] === "absent" || row.words[x] === "not asked";
const states = { absent: say("not here"), "not asked": say("not asked"), done: say("done") };
const fields = [];

function tell() {
  let open = 0, wrong = 0, marked = 0;
  rows.forEach((row, y) => columns.forEach((column, x) => {
    const text = fields[y][x].value.trim(), bad = isWrong(column, text);
    fields[y][x].classList.toggle("wrong", bad);
    fields[y][x].parentElement.classList.toggle("noted", Boolean(given.remarks[note(row, column)]));
    if (bad) wrong += 1; else if (text) marked += 1; else if (!row.words[x]) open += 1;
  }));
  at("progress").textContent = wrong ? say("{} marked, {} open, {} wrong", marked, open, wrong) : say("{} marked, {} open", marked, open);
}

function keep() {
  try { localStorage.setItem(store, JSON.stringify(given)); } catch { /* see above */ }
  tell();
}

function show(y, x) {
  here = [y, x];
  const row = rows[y], column = columns[x], text = fields[y][x].value.trim();
  at("where").textContent = say("Paper {}, {}", row.paper, column.shown);
  at("look").replaceChildren(at("look-" + row.looks[x]).content.cloneNode(true));
  at("model").replaceChildren(at("model-" + row.models[x]).content.cloneNode(true));
  at("remark").value = given.remarks[note(row, column)] ?? "";
  at("fault").textContent = isWrong(column, text) ? say("Marks are a number from {} to {}.", local(column.least), local(column.most)) : "";
}

function go(dy, dx) {
  let [y, x] = here;
  do { y += dy; x += dx; } while (fields[y]?.[x]?.disabled);
  if (dy && y >= rows.length && x + 1 < columns.length) return start(0, x + 1);
  if (fields[y]?.[x]) { fields[y][x].focus(); fields[y][x].select(); }
}

function start(y, x) {
  while (fields[y]?.[x]?.disabled) y += 1;
  if (fields[y]?.[x]) { fields[y][x].focus(); fields[y][x].select(); }
}

function set(y, x, text) {
  fields[y][x].value = text;
  if (text) given.marks[key(rows[y], columns[x])] = text; else delete given.marks[key(rows[y], columns[x])];
  keep();
  show(y, x);
}

function field(row, y, column, x) {
  const cell = document.createElement("td"), input = document.createElement("input");
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.maxLength = 13;
  input.placeholder = states[row.words[x]] ?? "";
  input.disabled = isFixed(row, x);
  input.value = given.marks[key(row, column)] ?? "";
  input.setAttribute("aria-label", say("Paper {}, {}", row.paper, column.shown));
  input.addEventListener("focus", () => show(y, x));
  input.addEventListener("input", () => set(y, x, input.value.trim()));
  cell.append(input);
  fields[y].push(input);
  return cell;
}

function quoted(text) {
  const safe = /^[=+\-@\t\r|%]/.test(text.trim()) ? "'" + text : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function save() {
  const answers = [...new Set(columns.map((column) => column.answer))];
  const table = [["paper", ...columns.map((column) => column.head), ...answers.map((name) => name + " remark")]];
  for (const row of rows) table.push([
    row.paper, ...columns.map((column) => given.marks[key(row, column)] ?? ""),
    ...answers.map((answer) => given.remarks[note(row, { answer })] ?? ""),
  ]);
  const text = "\ufeff" + table.map((cells) => cells.map(quoted).join(",") + "\n").join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "by-paper-marks.csv";
  link.click();
}

const heads = [say("Paper"), ...columns.map((column) => column.shown)].map((text) => {
  const head = document.createElement("th");
  head.scope = "col";
  head.textContent = text;
  return head;
});
document.querySelector("#grid thead tr").append(...heads);
document.querySelector("#grid tbody").append(...rows.map((row, y) => {
  const line = document.createElement("tr"), head = document.createElement("th");
  head.scope = "row";
  head.textContent = row.paper;
  fields.push([]);
  line.append(head, ...columns.map((column, x) => field(row, y, column, x)));
  return line;
}));
const moves = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
document.addEventListener("keydown", (event) => {
  const [y, x] = here, input = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || !columns.length) return;
  if (input === at("remark")) {
    if (event.key === "Escape" || event.key === "Enter") { event.preventDefault(); fields[y][x].focus(); }
    return;
  }
  if (input !== fields[y]?.[x]) return;
  const isInside = input.selectionStart === input.selectionEnd && input.value;
  const isAtEnd = event.key === "ArrowRight" ? input.selectionStart === input.value.length : input.selectionStart === 0;
  if (event.key.startsWith("Arrow") && "LeftRight".includes(event.key.slice(5)) && isInside && !isAtEnd) return;
  const letter = { f: () => set(y, x, local(columns[x].most)), z: () => set(y, x, "0"), r: () => at("remark").focus() };
  const act = moves[event.key] ? () => go(...moves[event.key]) : letter[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
at("remark").addEventListener("input", () => {
  const name = note(rows[here[0]], columns[here[1]]), text = at("remark").value.trim();
  if (text) given.remarks[name] = text; else delete given.remarks[name];
  keep();
});
at("save").addEventListener("click", save);
tell();
start(0, 0);
