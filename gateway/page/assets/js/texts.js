// What the page says, in the language of its reader: one JSON file per language.

const KEPT = "depesche.language";
let language = "en";
let texts = {};
let plurals = new Intl.PluralRules("en");

/** The language that is spoken now. */
export const spoken = () => language;

/** Load the language chosen last, else the browser's. */
export async function loadTexts(languages) {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((each) => each.slice(0, 2))];
  await speak(wanted.find((each) => languages.includes(each)) ?? "en", { keep: false });
}

/** Change the language. */
export async function speak(chosen, { keep = true } = {}) {
  texts = await (await fetch(`/page/text/${chosen}.json`)).json();
  language = chosen;
  plurals = new Intl.PluralRules(chosen);
  document.documentElement.lang = chosen;
  if (keep) localStorage.setItem(KEPT, chosen);
}

/** Give the text of a key; {names} in it are replaced. Without such a text: the word itself, else the key's last part. */
export function t(key, values = {}) {
  const found = texts[key] ?? key.slice(key.lastIndexOf(".") + 1).replaceAll("_", " ");
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Tell whether there is a text. */
export const has = (key) => key in texts;

/** Give the text for a number of things: key.one or key.other. */
export const count = (key, number) => t(`${key}.${plurals.select(number)}`, { n: numeral(number) });

/** Write a number as the language does. */
export const numeral = (number, options) => new Intl.NumberFormat(language, options).format(number);
