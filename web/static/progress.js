// Live progress of long work: `<div data-stream="/jobs/x/stream">` around macros/lists.html progress.
// Without a stream (the 201st, or no module) the page reloads by itself.
for (const box of document.querySelectorAll("[data-stream]")) {
  const source = new EventSource(box.dataset.stream);
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-progress]");
  const phase = box.querySelector(".prog .meta");
  const number = new Intl.NumberFormat("en");
  source.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    const { done, total, state } = message;
    if (total) {
      bar.max = total;
      bar.value = done;
    }
    words.textContent = total ? `${number.format(done)} / ${number.format(total)}` : number.format(done);
    phase.textContent = message.phase;
    if (state !== "running") {
      source.close();
      location.reload();
    }
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => location.reload(), 5000);
    }
  });
}
