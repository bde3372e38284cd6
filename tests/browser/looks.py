"""What every page owes its reader, checked by hand-made rules (WCAG 2.2 AA; experience.md 3)."""

from typing import cast

from playwright.sync_api import Page

# Runs in the page: a list of what is wrong. A link inside a sentence or a cell needs no 24 px.
RULES = """() => {
  const wrong = [], seen = e => e.getClientRects().length
      && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.vh');
  const text = e => (e.textContent || '').trim();
  const named = e => e.getAttribute('aria-label') || e.title || text(e)
      || [...(e.labels || [])].map(text).join('')
      || (e.getAttribute('aria-labelledby') || '').split(' ')
          .map(i => document.getElementById(i)).filter(Boolean).map(text).join('');
  const where = e => e.outerHTML.slice(0, 120);
  if (!['zh-CN', 'en'].includes(document.documentElement.lang)) wrong.push('no lang');
  if (!document.title.trim()) wrong.push('no title');
  const h1 = document.querySelectorAll('h1');
  if (h1.length !== 1) wrong.push(`${h1.length} h1`);
  let level = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
    const n = Number(h.tagName[1]);
    if (n > level + 1) wrong.push(`heading jumps to ${n}: ${text(h)}`);
    level = n;
  }
  for (const e of document.querySelectorAll('[tabindex]'))
    if (e.tabIndex > 0) wrong.push(`tabindex: ${where(e)}`);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const i of new Set(ids.filter((x, n) => ids.indexOf(x) !== n))) wrong.push(`id twice: ${i}`);
  const controls = 'input:not([type=hidden]),select,textarea,button,summary';
  for (const e of document.querySelectorAll(controls + ',a[href]'))
    if (!named(e)) wrong.push(`unnamed: ${where(e)}`);
  for (const e of document.querySelectorAll(controls + ',a.btn,nav.side a,header a')) {
    const t = e.type === 'checkbox' || e.type === 'radio' ? e.closest('label') || e : e;
    const r = t.getBoundingClientRect();
    if (seen(t) && !e.classList.contains('skip') && (r.width < 23.5 || r.height < 23.5))
      wrong.push(`${Math.round(r.width)} x ${Math.round(r.height)} px: ${where(e)}`);
  }
  for (const e of document.querySelectorAll('img:not([alt])')) wrong.push(`no alt: ${where(e)}`);
  for (const e of document.querySelectorAll('table'))
    if (!e.querySelector('th')) wrong.push(`table without th: ${where(e)}`);
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) wrong.push(`${over} px sideways`);
  return wrong;
}"""


def checked(page: Page) -> list[str]:
    """List what is wrong with the page as it stands."""
    return cast("list[str]", page.evaluate(RULES))
