// Keeps what is typed as a draft while one types, and warns before the session ends (F-28, 1.28).
// Without this module the button of the form does the first, the line under the form the second.
const PAUSE = 4000; // ms of rest after a key before the draft is sent
const WARN = 120; // seconds before the end
const form = document.querySelector("form[data-draft]");
const state = document.querySelector("[data-draft-state]");
let ends = Date.now() + 1000 * Number(document.body.dataset.idle || 0);
let resting = 0;
let sending = false;

const alive = () => (ends = Date.now() + 1000 * Number(document.body.dataset.idle));

async function keep() {
  if (!form || sending) return;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch("/drafts", { method: "POST", body, headers: { "x-draft": "1" } });
  if (answer.status === 204) {
    alive();
    state.textContent = `✓ ${new Date().toLocaleTimeString([], { timeStyle: "short" })}`;
  }
}

if (form) {
  form.addEventListener("input", () => {
    clearTimeout(resting);
    resting = setTimeout(() => keep().catch(() => {}), PAUSE);
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(resting);
  });
}

function warning(minutes) {
  const { idleText, idleStay } = document.body.dataset;
  const band = document.createElement("div");
  band.className = "band warn idle-warning";
  band.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.textContent = idleText.replace("{n}", minutes);
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "btn small";
  stay.textContent = idleStay;
  stay.addEventListener("click", async () => {
    const answer = await fetch("/alive");
    if (answer.ok && !answer.redirected) alive();
    band.remove();
  });
  band.append(words, stay);
  document.querySelector("main").prepend(band);
  return band;
}

if (document.body.dataset.idle) {
  let band = null;
  setInterval(() => {
    const left = (ends - Date.now()) / 1000;
    if (left < WARN && !band?.isConnected && left > 0) {
      keep().catch(() => {});
      if ((ends - Date.now()) / 1000 < WARN) band = warning(Math.max(1, Math.ceil(left / 60)));
    } else if (left >= WARN && band) {
      band.remove();
      band = null;
    }
  }, 5000);
}
