// Choices by type, factuality, country and person, for the timeline and the graph.

import { h } from "../dom.js";
import { t } from "../texts.js";
import { signOf, typeLabel, vocabulary } from "../vocabulary.js";

/** Make the row of filters; `onChange` gets the filter that holds then. */
export function filters({ filter, items, onChange }) {
  const current = { ...filter };
  const change = (key) => (event) => { current[key] = event.target.value.trim(); onChange({ ...current }); };
  const option = (value, label) => h("option", { value, selected: current[value] === value }, label);
  const select = (key, entries) => {
    const made = h("select", { id: `filter-${key}`, on: { change: change(key) } }, option("", t("filter.all")), entries);
    made.value = current[key] ?? "";
    return field(key, made);
  };
  const { countries, names } = found(items);
  if (current.country && !countries.includes(current.country)) countries.push(current.country);
  const person = h("input", { id: "filter-person", type: "search", list: "filter-names", value: current.person ?? "", placeholder: t("filter.person_hint"), autocomplete: "off", on: { input: soon(change("person")) } });
  return h("form", { class: "filters", role: "search", "aria-label": t("filter.label"), on: { submit: (event) => event.preventDefault() } },
    select("type", Object.keys(vocabulary.types).map((each) => option(each, typeLabel(each)))),
    select("factuality", vocabulary.factualities.map((each) => option(each, `${signOf(each)} ${t(`factuality.${each}`)}`))),
    select("country", countries.map((each) => option(each, each))),
    field("person", person), h("datalist", { id: "filter-names" }, names.map((each) => h("option", { value: each }))));
}

/** Read a filter from an address. */
export const filterOf = (query) => Object.fromEntries(["type", "factuality", "country", "person"].map((key) => [key, query.get(key) ?? ""]));

const field = (key, input) => h("div", { class: "field" }, h("label", { for: input.id }, t(`filter.${key}`)), input);

function found(items) {
  const countries = new Set();
  const names = new Map();
  for (const { event, countries: own } of items) {
    own.forEach((each) => countries.add(each));
    for (const { name } of event.participants) names.set(name, (names.get(name) ?? 0) + 1);
  }
  const often = [...names].sort((a, b) => b[1] - a[1]).slice(0, 200).map(([name]) => name);
  return { countries: [...countries].sort(), names: often };
}

function soon(act) {
  let timer = null;
  return (event) => { clearTimeout(timer); timer = setTimeout(() => act(event), 120); };
}
