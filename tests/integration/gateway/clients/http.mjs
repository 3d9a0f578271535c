// Submits articles over HTTP and reads their events as they come: node http.mjs http://127.0.0.1:8080 COUNT
// Nothing but what Node brings.
const [base, count] = [process.argv[2], Number(process.argv[3])];

async function* serverSentEvents(response) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of response.body) {
    text += decoder.decode(piece, { stream: true });
    const frames = text.split("\n\n");
    text = frames.pop();
    for (const frame of frames) {
      const fields = Object.fromEntries(
        frame.split("\n").filter((line) => line.includes(": ")).map((line) => line.split(/: (.*)/s, 2)),
      );
      if (fields.data) yield { id: fields.id, type: fields.event, data: JSON.parse(fields.data) };
    }
  }
}

const stream = await fetch(`${base}/v1/events/stream?after=0`);
for (let number = 0; number < count; number++) {
  const response = await fetch(`${base}/v1/articles`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id: `node-${number}`, text: `Nora Feldt traf Gast ${number} in Bern.` }),
  });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
}
console.log(`submitted ${count}`);

let seen = 0;
for await (const event of serverSentEvents(stream)) {
  if (event.type !== "depesche.event.v1") continue;
  console.log(event.data.data.id);
  if (++seen === count) process.exit(0);
}
