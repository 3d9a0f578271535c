// The contract counts Unicode code points, JavaScript counts UTF-16 units: an emoji is one there and two here.

/** Give a function from code-point offsets of a text to its UTF-16 offsets. */
export function unitsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => Math.min(offset, text.length);
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points += 1) {
    units[points] = unit;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (offset) => units[Math.min(offset, points)];
}

/** Cut a span, given in code points, out of a text. */
export function cut(text, span, units = unitsOf(text)) {
  return text.slice(units(span.start), units(span.end));
}
