const at = (id) => document.getElementById(id);
const articles = [...document.querySelectorAll("article")];

function search() {
  const words = at("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const topic = at("topic").value, level = at("level").value;
  for (const article of articles) {
    const text = article.textContent.toLowerCase();
    article.hidden = !(words.every((word) => text.includes(word))
      && (!topic || article.dataset.topic === topic) && (!level || article.dataset.level === level));
    const name = article.querySelector("h2").id;
    document.querySelector(`[data-question="${CSS.escape(name)}"]`).hidden = article.hidden;
  }
  for (const list of document.querySelectorAll("nav ul"))
    list.hidden = list.previousElementSibling.hidden = ![...list.children].some((item) => !item.hidden);
  at("found").textContent = `${articles.filter((article) => !article.hidden).length} questions`;
}

for (const id of ["words", "topic", "level"]) at(id).addEventListener("input", search);
document.querySelector(".search").hidden = false;
search();
