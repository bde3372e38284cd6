// The sum of a table of amounts while they are typed; the server adds up again (D-06).
const fen = (text) => {
  const match = /^([0-9][0-9,]*)(?:\.([0-9]{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  return BigInt(match[1].replaceAll(",", "")) * 100n + BigInt((match[2] ?? "").padEnd(2, "0") || "0");
};
const yuan = (sum) => {
  const whole = (sum / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${whole}.${(sum % 100n).toString().padStart(2, "0")}`;
};

for (const table of document.querySelectorAll("[data-sums]")) {
  const inputs = [...table.querySelectorAll("input")];
  const out = table.querySelector("[data-sum]");
  table.addEventListener("input", () => {
    let sum = 0n;
    for (const input of inputs) {
      const amount = input.value.trim() ? fen(input.value) : 0n;
      input.classList.toggle("bad", amount === null);
      sum += amount ?? 0n;
    }
    out.value = yuan(sum);
  });
}
