// The terminal: goes home when nobody is there, a pad for numbers, reading aloud, large type.
const main = document.querySelector(".kiosk");
const still = document.querySelector("[data-still]");
const $ = (what, where = document) => [...where.querySelectorAll(what)];

// A page that comes back out of the browser's memory is asked for again: it may be somebody else's.
addEventListener("pageshow", (event) => { if (event.persisted) { location.replace("/kiosk"); } });

// Idle: after 60 s home, the last 15 with a question. Touching anything begins again.
const idle = Number(main.dataset.idle || 0);
if (idle) {
  const warn = Number(main.dataset.warn);
  let left = idle;
  const stay = () => { left = idle; if (still.open) { still.close(); } };
  $("[data-left]").forEach((place) => { place.hidden = false; });
  $("[data-left] [data-seconds]").forEach((place) => { place.textContent = String(idle); });
  ["pointerdown", "keydown", "input"].forEach((kind) => addEventListener(kind, stay));
  const each = setInterval(() => {
    left -= 1;
    $("[data-seconds]").forEach((place) => { place.textContent = String(Math.max(left, 0)); });
    if (left <= 0) { clearInterval(each); location.replace("/kiosk"); } else if (left <= warn && !still.open) { still.showModal(); }
  }, 1000);
}

// The number pad beside the field; the field alone does as well.
const form = document.querySelector("[data-pad]");
if (form) {
  const field = form.querySelector(".k-field");
  const pad = form.querySelector(".k-pad");
  const missing = form.querySelector("[data-missing]");
  const next = form.querySelector("[data-next]");
  const whole = Number(form.dataset.digits || 0);
  const secret = form.dataset.pad === "secret";
  const bare = () => field.value.replace(/\s/g, "");
  const show = () => {
    const text = bare();
    if (!secret && whole === 11 && /^1/.test(text)) {
      field.value = [text.slice(0, 3), text.slice(3, 7), text.slice(7, 11)].filter(Boolean).join(" ");
    }
    const short = whole && text.length < whole && (secret ? text.length > 0 : /^1/.test(text));
    missing.textContent = !text.length ? "\u00a0"
      : (short ? missing.dataset.words.replace("#", String(whole - text.length)) : missing.dataset.typed.replace("#", String(text.length)));
    next.setAttribute("aria-disabled", String(Boolean(short) || (whole > 0 && !text.length)));
  };
  pad.hidden = false;
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) { return; }
    const text = bare();
    if (key.dataset.key && text.length < (field.maxLength > 0 ? field.maxLength : 20)) { field.value = text + key.dataset.key; }
    if ("back" in key.dataset) { field.value = text.slice(0, -1); }
    if ("clear" in key.dataset) { field.value = ""; }
    show();
  });
  field.addEventListener("input", show);
  next.addEventListener("click", (event) => { if (next.getAttribute("aria-disabled") === "true") { event.preventDefault(); field.focus(); } });
  show();
}

// Reading aloud, in Mandarin or Cantonese, where the browser can.
const speak = document.querySelector("[data-speak]");
const cantonese = document.querySelector("[data-cantonese]");
if ("speechSynthesis" in globalThis && speak) {
  speak.hidden = false;
  if (!document.documentElement.lang.startsWith("en")) { cantonese.hidden = false; }
  cantonese.addEventListener("click", () => {
    cantonese.setAttribute("aria-pressed", String(cantonese.getAttribute("aria-pressed") !== "true"));
  });
  speak.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = [document.querySelector("h1"), ...$("[data-say]")].map((place) => place.textContent).join("。");
    const said = new SpeechSynthesisUtterance(words);
    said.lang = cantonese.getAttribute("aria-pressed") === "true" ? "zh-HK" : document.documentElement.lang;
    speechSynthesis.speak(said);
  });
}

for (const care of $("[data-care]")) {
  care.hidden = false;
  care.addEventListener("click", () => {
    const on = document.documentElement.classList.toggle("care");
    care.setAttribute("aria-pressed", String(on));
  });
}
for (const button of $("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
document.querySelector("[data-stay]")?.addEventListener("click", () => still.close());
