// Submits articles by XADD and reads their events by XREADGROUP: node redis.mjs redis://127.0.0.1:6379/0 COUNT
// A Redis client of thirty lines, so that the test needs no package; use ioredis or node-redis for real.
import net from "node:net";

class Redis {
  constructor(url) {
    const { hostname, port, pathname } = new URL(url);
    this.socket = net.connect(Number(port), hostname);
    this.pieces = Buffer.alloc(0);
    this.socket.on("data", (data) => {
      this.pieces = Buffer.concat([this.pieces, data]);
      this.wake?.();
    });
    this.ready = this.command("SELECT", pathname.slice(1) || "0");
  }
  async command(...words) {
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("");
    this.socket.write(`*${words.length}\r\n${parts}`);
    return this.reply();
  }
  async take(end) {
    let bytes;
    while ((bytes = end()) < 0) await new Promise((resolve) => (this.wake = resolve));
    const taken = this.pieces.subarray(0, bytes);
    this.pieces = this.pieces.subarray(bytes);
    return taken;
  }
  async reply() {
    const end = () => { const at = this.pieces.indexOf("\r\n"); return at < 0 ? -1 : at + 2; };
    const line = (await this.take(end)).toString().trimEnd();
    const [kind, rest] = [line[0], line.slice(1)];
    if (kind === "-") throw new Error(rest);
    if (kind === "+" || kind === ":") return rest;
    const size = Number(rest);
    if (size < 0) return null;
    if (kind === "$") return (await this.take(() => (this.pieces.length < size + 2 ? -1 : size + 2))).subarray(0, size).toString();
    const list = [];
    for (let n = 0; n < size; n++) list.push(await this.reply());
    return list;
  }
}

const count = Number(process.argv[3]);
const redis = new Redis(process.argv[2]);
await redis.ready;
await redis.command("XGROUP", "CREATE", "depesche:events", "node", "0", "MKSTREAM");
for (let number = 0; number < count; number++) {
  const article = JSON.stringify({ id: `noderedis-${number}`, text: `Nora Feldt traf Gast ${number} in Bern.` });
  await redis.command("XADD", "depesche:articles", "*", "article", article);
}
console.log(`submitted ${count}`);

for (let seen = 0; seen < count; ) {
  const reply = await redis.command(
    "XREADGROUP", "GROUP", "node", "one", "COUNT", "10", "BLOCK", "5000", "STREAMS", "depesche:events", ">",
  );
  for (const [entry, fields] of reply?.[0][1] ?? []) {
    const event = JSON.parse(fields[fields.indexOf("event") + 1]);
    console.log(event.data.id);
    await redis.command("XACK", "depesche:events", "node", entry);
    seen++;
  }
}
process.exit(0);
