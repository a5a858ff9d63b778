// What a student asks about, as a file for the lecturer; nothing is sent from here.
const save = document.getElementById("save"), asked = document.getElementById("asked");
const reasons = () => [...document.querySelectorAll("textarea[data-answer]")].filter((field) => field.value.trim());

function tell() {
  const count = reasons().length, limit = Number(save.dataset.limit);
  save.disabled = !count;
  const said = (text, number) => text.replace("{}", number);
  const most = limit && count > limit ? " " + said(asked.dataset.most, limit) : "";
  asked.textContent = count ? said(asked.dataset.some, count) + most : asked.dataset.none;
}

save.addEventListener("click", () => {
  const lines = reasons().map((field) => JSON.stringify({ paper: save.dataset.paper, answer: field.dataset.answer, reason: field.value.trim() }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.map((line) => line + "\n").join("")], { type: "application/jsonl" }));
  link.download = `appeal-${save.dataset.paper}.jsonl`;
  link.click();
});
document.addEventListener("input", tell);
tell();
