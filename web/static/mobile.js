// A phone on the way: what is typed stays on the device, and what cannot be sent waits in a queue.
// Nothing here holds an identity number; everything is forgotten after a day, or at sign-out.
const DAY = 24 * 3600 * 1000;
const QUEUE = "yizhan-queue";
const strip = document.querySelector("[data-queue]");

const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));
const waiting = () => (read(QUEUE) ?? []).filter((one) => Date.now() - one.at < DAY);

function show() {
  const all = waiting();
  write(QUEUE, all);
  if (!strip) return;
  strip.hidden = !all.length;
  strip.querySelector("span").textContent = strip.dataset.words.replace("{n}", all.length);
}

// The server takes the same command_id once only, so that sending again is harmless.
async function send() {
  for (const one of waiting()) {
    const body = new URLSearchParams(one.fields);
    const csrf = document.querySelector("[name=csrf]");
    if (csrf) body.set("csrf", csrf.value);
    let answer;
    try {
      answer = await fetch(one.action, { method: "POST", body, redirect: "manual" });
    } catch {
      return;
    }
    if (answer.type !== "opaqueredirect" && !answer.ok) {
      write(`yizhan-draft-${one.draft}`, { at: Date.now(), fields: one.fields });
    }
    write(QUEUE, waiting().filter((other) => other.id !== one.id));
    show();
  }
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

function submit(event) {
  const form = event.target;
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  localStorage.removeItem(`yizhan-draft-${form.dataset.draft}`);
  if (navigator.onLine) return;
  event.preventDefault();
  const id = form.elements.command_id.value;
  write(QUEUE, [...waiting(), { id, at: Date.now(), action: form.action, draft: form.dataset.draft, fields }]);
  form.reset();
  show();
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  if (!document.querySelector("#said")) restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", submit);
}
strip?.querySelector("[data-send]").addEventListener("click", send);
addEventListener("online", send);
show();
if (navigator.onLine) send();
