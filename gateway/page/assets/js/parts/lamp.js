// Lights up the evidence of one event: while the pointer or the keyboard is on it, or until another is chosen.

/** Make marks and cards within a place light each other up. */
export function lamp(place, { chosen = null, onChoose = () => {} } = {}) {
  const marks = [...place.querySelectorAll(".mark[data-events]")];
  const cards = [...place.querySelectorAll(".card[data-event]")];
  let kept = chosen;

  function light(event) {
    place.classList.toggle("is-lit", Boolean(event));
    for (const each of marks) each.classList.toggle("lit", Boolean(event) && each.dataset.events.split(" ").includes(event));
    for (const each of cards) each.classList.toggle("lit", each.dataset.event === event);
  }

  function choose(event, { from } = {}) {
    kept = kept === event ? null : event;
    for (const each of [...marks, ...cards.map((one) => one.querySelector(".choose"))]) {
      if (each?.hasAttribute("aria-pressed")) each.setAttribute("aria-pressed", String(kept !== null && eventOf(each) === kept));
    }
    light(kept);
    onChoose(kept);
    if (kept && from) bring(from === "mark" ? cards.find((each) => each.dataset.event === kept) : marks.find((each) => each.dataset.main === kept));
  }

  const on = (event) => { const found = eventOf(event.target); if (found) light(found); };
  const off = () => light(kept);
  place.addEventListener("pointerover", on);
  place.addEventListener("pointerout", off);
  place.addEventListener("focusin", on);
  place.addEventListener("focusout", off);
  place.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const mark = event.target.closest(".mark[data-main]");
    const card = event.target.closest(".card[data-event]");
    if (mark || card) choose(mark?.dataset.main ?? card.dataset.event, { from: mark ? "mark" : "card" });
  });
  place.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(".mark[role=button]");
    if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(mark.dataset.main, { from: "mark" }); }
    if (event.key === "Escape" && kept) choose(kept);
  });
  if (chosen) { kept = null; choose(chosen, { from: "card" }); }
}

const eventOf = (element) => element.closest(".mark[data-main]")?.dataset.main ?? element.closest(".card[data-event]")?.dataset.event ?? null;

function bring(element) {
  const { top, bottom } = element?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
