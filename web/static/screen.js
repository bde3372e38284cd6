// The wall: turns pages, keeps the clock, fetches what is new; offline it keeps the last data.
// The office's clock, not that of the device: its difference stands in the page as it came.
const office = () => Date.parse(document.querySelector("[data-clock]").dateTime);
const ahead = office() - Date.now();
const written = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai",
});
const clock = () => written.format(new Date(Date.now() + ahead));
let led = document.querySelector(".led");
let at = 0;

function turn() {
  const sheets = led.querySelectorAll("[data-sheet]");
  at = (at + 1) % sheets.length;
  sheets.forEach((sheet, n) => { sheet.hidden = n !== at; });
}

function tick() {
  for (const place of document.querySelectorAll("[data-clock]")) { place.textContent = clock(); }
}

async function fresh() {
  const address = new URL(location.href);
  address.searchParams.set("live", "1");
  try {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector(".led");
    led.replaceWith(next);
    led = next;
    const sheets = led.querySelectorAll("[data-sheet]");
    at = Math.min(at, sheets.length - 1);
    sheets.forEach((sheet, n) => { sheet.hidden = n !== at; });
    for (const place of led.querySelectorAll("[data-fresh-at]")) { place.textContent = clock(); }
    tick();
  } catch {
    for (const place of led.querySelectorAll(".led-page i")) { place.classList.add("old"); }
  }
}

const { every, fresh: minute } = led.dataset;
setInterval(turn, Number(every) * 1000);
setInterval(fresh, Number(minute) * 1000);
setInterval(tick, 5000);
tick();
