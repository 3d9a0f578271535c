// Who meets whom: parties as points, common events as lines; where the points lie is worked out by springs.

const ROUNDS = 260;

/** Pulls to the middle what hangs together with nothing. */
const GRAVITY = 0.12;

/** Beyond so many lengths of a spring, points leave each other alone. */
const FAR = 5;

/** Height of a point with its name, in pixels. */
const ROOM_FOR_NAME = 60;

/** Build the network of those that share most events. */
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
  const chosen = strongest(links, most);
  const known = new Map([...nodes].filter(([name]) => chosen.has(name)));
  const shown = [...links.values()].filter(({ one, other }) => known.has(one) && known.has(other));
  const linked = new Set([...links.values()].flatMap(({ one, other }) => [one, other]));
  return { nodes: [...known.values()], links: shown.map((each) => ({ ...each, a: known.get(each.one), b: known.get(each.other) })), left: linked.size - known.size };
}

/** Choose parties by the lines between them, the thickest first: those who are named often, but with others, would stand alone. */
function strongest(links, most) {
  const chosen = new Set();
  for (const { one, other } of [...links.values()].sort((a, b) => b.total - a.total || (a.one < b.one ? -1 : 1))) {
    if (new Set([...chosen, one, other]).size > most) break;
    chosen.add(one).add(other);
  }
  return chosen;
}

function count(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  const found = map.get(key);
  found.total += 1;
  return found;
}

/** Give every point its place within a width and height; the same network lies the same way each time. */
export function arrange({ nodes, links }, width, height) {
  // Springs of length 1 around the middle; what comes out is stretched over the room there is.
  nodes.forEach((each, n) => {
    // A sunflower's spiral: even, and the same each time.
    const radius = 0.8 * Math.sqrt(n + 0.5);
    each.x = radius * Math.cos(n * 2.39996);
    each.y = radius * Math.sin(n * 2.39996);
  });
  for (let round = 0; round < ROUNDS; round += 1) step(nodes, links, 0.6 * (1 - round / ROUNDS) ** 1.5);
  const room = { left: 60, top: 30, right: width - 60, bottom: height - 46 };
  stretch(nodes, room);
  for (let round = 0; round < 60; round += 1) separate(nodes, room);
}

function step(nodes, links, heat) {
  for (const each of nodes) [each.dx, each.dy] = [-each.x * GRAVITY, -each.y * GRAVITY];
  nodes.forEach((a, n) => { for (let m = n + 1; m < nodes.length; m += 1) push(a, nodes[m], (gap) => (gap > FAR ? 0 : -1 / gap)); });
  for (const { a, b, total } of links) push(a, b, (gap) => gap * gap * Math.min(1.2, 0.5 + 0.1 * total));
  for (const each of nodes) {
    const length = Math.hypot(each.dx, each.dy) || 1;
    each.x += (each.dx / length) * Math.min(length, heat);
    each.y += (each.dy / length) * Math.min(length, heat);
  }
}

function stretch(nodes, { left, top, right, bottom }) {
  const spread = (key, from, until) => {
    const values = nodes.map((each) => each[key]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    for (const each of nodes) each[key] = most > least ? from + ((each[key] - least) / (most - least)) * (until - from) : (from + until) / 2;
  };
  spread("x", left, right);
  spread("y", top, bottom);
}

/** Names stand beneath their points: push apart those that would lie on each other. */
function separate(nodes, { left, top, right, bottom }) {
  nodes.forEach((a, n) => nodes.slice(n + 1).forEach((b) => {
    const [x, y] = [b.x - a.x, b.y - a.y];
    const tooNear = ROOM_FOR_NAME - Math.abs(y);
    const tooClose = 8 * Math.min(20, (a.name.length + b.name.length) / 2) - Math.abs(x);
    if (tooNear <= 0 || tooClose <= 0) return;
    if (tooNear <= tooClose) { const by = (tooNear / 4) * (y < 0 ? -1 : 1); a.y -= by; b.y += by; }
    else { const by = (tooClose / 4) * (x < 0 ? -1 : 1); a.x -= by; b.x += by; }
  }));
  for (const each of nodes) {
    each.x = Math.min(right, Math.max(left, each.x));
    each.y = Math.min(bottom, Math.max(top, each.y));
  }
}

function push(a, b, force) {
  const [x, y] = [b.x - a.x || 0.01, b.y - a.y || 0.01];
  const gap = Math.max(0.05, Math.hypot(x, y));
  const by = force(gap) / gap;
  a.dx += x * by; a.dy += y * by;
  b.dx -= x * by; b.dy -= y * by;
}
