// What a page says, in its language: the words are in the page.
const words = JSON.parse(document.getElementById("words").textContent);

/** Returns a sentence in the language of the page, with values put in. */
function say(english, ...values) {
  let next = 0;
  return (words[english] ?? english).replace(/\{(\d*)\}/g, (_, place) => values[place === "" ? next++ : Number(place)]);
}

/** Returns a number with the sign of the language. */
const local = (value) => String(value).replace(".", words.decimal ?? ".");
