// Addresses within the page: #/article/ID?event=…

/** Read the address. */
export function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  return { name: name || "submit", id: decoded(rest.join("/")), query: new URLSearchParams(query) };
}

/** Write an address. */
export function to(name, id = null, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const tail = given.length ? `?${new URLSearchParams(given)}` : "";
  return `#/${name}${id === null ? "" : `/${encodeURIComponent(id)}`}${tail}`;
}

/** Write another query into the address, without a step in the history. */
export const rewrite = (name, id, query) => history.replaceState(null, "", to(name, id, query));

function decoded(written) {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
