document.getElementById("paper").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, answers = {};
  const { exam, checksum, student, paper } = form.dataset;
  for (const field of form.elements) if (field.name) answers[field.name] ??= "";
  for (const [name, text] of new FormData(form)) answers[name] = text;
  const link = document.createElement("a");
  const text = JSON.stringify({ exam, checksum, student, paper, answers }, null, 2) + "\n";
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = paper + ".json";
  link.click();
});
