// A phone on the way: what is typed stays on the device, and what cannot be sent waits in a queue.
// Nothing here holds an identity number; everything is forgotten after a day, or at sign-out.
const DAY = 24 * 3600 * 1000;
const QUEUE = "yizhan-queue";
const PATIENCE = 15_000; // an answer that takes longer is asked for again later
const strip = document.querySelector("[data-queue]");

const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));
const waiting = () => (read(QUEUE) ?? []).filter((one) => Date.now() - one.at < DAY);
const without = (id) => write(QUEUE, waiting().filter((other) => other.id !== id));

function show() {
  const all = waiting();
  write(QUEUE, all);
  if (!strip) return;
  const refused = all.filter((one) => one.refused);
  strip.hidden = !all.length;
  strip.querySelector("span").textContent = refused.length
    ? strip.dataset.refused.replace("{n}", refused.length)
    : strip.dataset.words.replace("{n}", all.length);
  strip.querySelector("a").hidden = !refused.length;
  if (refused.length) strip.querySelector("a").href = refused[0].action;
}

// What became of one: "done" only where the server led on to its own page of what was recorded.
async function sent(one) {
  const body = new URLSearchParams(one.fields);
  const csrf = document.querySelector("[name=csrf]");
  if (csrf) body.set("csrf", csrf.value);
  let answer;
  try {
    answer = await fetch(one.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return ["later"];
  }
  if (answer.redirected && new URL(answer.url).searchParams.has("done")) return ["done", answer.url];
  // Signed out meanwhile, too many at once, a server in trouble: nothing is wrong with the form.
  if (answer.redirected || [401, 403, 429].includes(answer.status) || answer.status >= 500) return ["later"];
  return ["refused"];
}

// A command id of this device; `randomUUID` is not there where a test or a town serves plain HTTP.
const fresh = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));

let sending = false;
// The server takes the same command_id once only, so that sending again is harmless.
async function send() {
  if (sending) return;
  sending = true;
  for (const one of waiting().filter((one) => !one.refused)) {
    const [became] = await sent(one);
    if (became === "later") break;
    without(one.id);
    if (became === "refused") {
      write(`yizhan-draft-${one.draft}`, { at: Date.now(), fields: one.fields });
      write(QUEUE, [...waiting(), { ...one, refused: true }]);
    }
    show();
  }
  sending = false;
}

function keep(form) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  write(`yizhan-draft-${form.dataset.draft}`, { at: Date.now(), fields });
}

function restore(form) {
  const key = `yizhan-draft-${form.dataset.draft}`;
  const draft = read(key);
  if (!draft || Date.now() - draft.at > DAY) return localStorage.removeItem(key);
  for (const [name, value] of draft.fields) {
    for (const field of form.elements) {
      if (field.name !== name) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (!field.value || field.tagName === "TEXTAREA") field.value = value;
    }
  }
}

// The queue has it before it is on its way: a net that is said to be there may not carry it.
async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector(".m-go");
  const draft = form.dataset.draft;
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  const one = { id: form.elements.command_id.value, at: Date.now(), action: form.action, draft, fields };
  button.disabled = true; // a second press sends nothing
  localStorage.removeItem(`yizhan-draft-${draft}`);
  write(QUEUE, [...waiting().filter((other) => !(other.refused && other.draft === draft)), one]);
  const [became, place] = await sent(one);
  if (became !== "later") without(one.id);
  if (became === "done") return location.assign(place);
  if (became === "refused") return form.submit(); // nothing was recorded: the page says why
  form.reset();
  form.elements.command_id.value = fresh(); // what is typed next is another one
  show();
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  if (!document.querySelector("#said")) restore(form);
  form.addEventListener("input", () => {
    form.querySelector(".m-go").disabled = false;
    keep(form);
  });
  form.addEventListener("submit", submit);
}
strip?.querySelector("[data-send]").addEventListener("click", send);
addEventListener("online", send);
show();
send();
