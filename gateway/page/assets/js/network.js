// Who meets whom: parties as points, common events as lines; where the points lie is worked out by springs.

const ROUNDS = 260;

/** Build the network of those that are named most. */
export function network(items, most) {
  const nodes = new Map();
  const links = new Map();
  for (const { event } of items) {
    const names = [...new Map(event.participants.map((each) => [each.name, each])).values()];
    for (const each of names) count(nodes, each.name, () => ({ name: each.name, kind: each.kind, country: each.country, total: 0 }));
    names.forEach((a, n) => names.slice(n + 1).forEach((b) => {
      const [one, other] = [a.name, b.name].sort();
      const link = count(links, `${one}\n${other}`, () => ({ one, other, total: 0, facts: {} }));
      link.facts[event.factuality] = (link.facts[event.factuality] ?? 0) + 1;
    }));
  }
  const linked = new Set([...links.values()].flatMap(({ one, other }) => [one, other]));
  const chosen = [...nodes.values()].filter(({ name }) => linked.has(name)).sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).slice(0, most);
  const known = new Map(chosen.map((each) => [each.name, each]));
  const shown = [...links.values()].filter(({ one, other }) => known.has(one) && known.has(other));
  return { nodes: chosen, links: shown.map((each) => ({ ...each, a: known.get(each.one), b: known.get(each.other) })), left: linked.size - chosen.length };
}

function count(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  const found = map.get(key);
  found.total += 1;
  return found;
}

/** Give every point its place within a width and height; the same network lies the same way each time. */
export function arrange({ nodes, links }, width, height) {
  const ideal = Math.sqrt((width * height) / Math.max(1, nodes.length)) * 0.62;
  nodes.forEach((each, n) => {
    // A sunflower's spiral: even, and the same each time.
    const radius = 0.42 * Math.sqrt((n + 0.5) / nodes.length);
    each.x = width * (0.5 + radius * Math.cos(n * 2.39996));
    each.y = height * (0.5 + radius * Math.sin(n * 2.39996));
  });
  for (let round = 0; round < ROUNDS; round += 1) step({ nodes, links, ideal, width, height, heat: ideal * 0.5 * (1 - round / ROUNDS) ** 1.5 });
}

function step({ nodes, links, ideal, width, height, heat }) {
  for (const each of nodes) [each.dx, each.dy] = [(width / 2 - each.x) * 0.03, (height / 2 - each.y) * 0.05];
  nodes.forEach((a, n) => { for (let m = n + 1; m < nodes.length; m += 1) push(a, nodes[m], (gap) => -(ideal * ideal) / gap); });
  for (const { a, b, total } of links) push(a, b, (gap) => ((gap * gap) / ideal) * Math.min(1.6, 0.5 + 0.2 * total));
  for (const each of nodes) {
    const length = Math.hypot(each.dx, each.dy) || 1;
    each.x = clamp(each.x + (each.dx / length) * Math.min(length, heat), 40, width - 40);
    each.y = clamp(each.y + (each.dy / length) * Math.min(length, heat), 24, height - 30);
  }
}

function push(a, b, force) {
  const [x, y] = [b.x - a.x || 0.01, b.y - a.y || 0.01];
  const gap = Math.max(1, Math.hypot(x, y));
  const by = force(gap) / gap;
  a.dx += x * by; a.dy += y * by;
  b.dx -= x * by; b.dy -= y * by;
}

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
