/** The style sheet of the page. Grey and one blue; red, amber and green are kept for verdicts, and never stand alone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --raised: #f6f6f4; --ink: #1b1c1e; --muted: #5b5f66; --line: #dededa; --link: #1a56a0;
  --bad: #b3261e; --open: #875500; --good: #1c6b3a; --curve: #1a56a0; --limit: #b3261e; --grid: #e6e6e2;
  --onset-band: #f2a49c; --sick-band: #fdf0ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --raised: #1f2226; --ink: #e8e8e6; --muted: #a3a8b0; --line: #363b41; --link: #8bbcf5;
    --bad: #ff9c92; --open: #f0b95c; --good: #7fd6a0; --curve: #8bbcf5; --limit: #ff9c92; --grid: #2c3035;
    --onset-band: #7d342d; --sick-band: #291d1d;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 66rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875em; }
code { unicode-bidi: isolate; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.75rem; letter-spacing: -0.01em; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.1rem; }
h4, h5, h6 { font-size: 0.95rem; }
:is(h3, h4, h5, h6)::first-letter, .what::first-letter { text-transform: uppercase; }
p { margin: 0.5rem 0; max-width: 46rem; }
.muted, small { color: var(--muted); }

header { padding: 2rem 0 1.5rem; }
.kicker { margin: 0 0 0.25rem; color: var(--muted); font-size: 0.85rem; letter-spacing: 0.04em; text-transform: uppercase; }
.verdict { margin: 0.75rem 0 0; font-size: 1.15rem; max-width: 52rem; }
.partial { padding: 0.6rem 0.9rem; border-left: 4px solid var(--open); background: var(--raised); }

.badge {
  display: inline-block; padding: 0 0.55em; border: 1.5px solid currentColor; border-radius: 1em; color: var(--muted);
  font-size: 0.8125rem; font-weight: 650; line-height: 1.6;
}
.badge.failed, .badge.bad { color: var(--bad); }
.badge.suspect, .badge.open, .badge.not-checked { color: var(--open); }
.badge.passed, .badge.good { color: var(--good); }
.verdict .badge { margin-right: 0.35rem; font-size: 1rem; color: var(--paper); }
.bad .verdict .badge { background: var(--bad); border-color: var(--bad); }
.open .verdict .badge { background: var(--open); border-color: var(--open); }
.good .verdict .badge { background: var(--good); border-color: var(--good); }

main > * { margin-top: 2.75rem; }
main > section:first-child { margin-top: 0; }
.broken { padding: 1.25rem 1.5rem 1.5rem; border: 1px solid var(--line); border-top: 4px solid var(--bad); border-radius: 6px; }
.open .broken { border-top-color: var(--open); }
.broken > h2 { margin-bottom: 1rem; }
.first { display: grid; gap: 1.5rem 2.5rem; align-items: start; }
@media (min-width: 56rem) { .first:has(figure) { grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); } }
.first dl { margin: 0; }
.first dt { color: var(--muted); font-size: 0.85rem; }
.first dd { margin: 0 0 0.9rem; }
.first dd p { margin: 0.2rem 0 0; }
.cause::first-letter { text-transform: uppercase; }
.what { display: inline-block; line-height: 1.35; font-size: 1.15rem; font-weight: 650; }
.broken h3 { margin: 1.25rem 0 0.4rem; }
.others { margin: 0; padding-left: 1.2rem; }
.others li { margin-bottom: 0.35rem; }

.actions { margin: 0.3rem 0; padding-left: 1.3rem; max-width: 46rem; }
.actions li { margin: 0.25rem 0; }
.command {
  display: block; margin-top: 0.3rem; padding: 0.5rem 0.7rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--raised); white-space: pre-wrap; user-select: all;
}
.command span { display: inline-block; max-width: 100%; }

.group-head, .item-head { display: flex; flex-wrap: wrap; gap: 0.4rem 0.8rem; align-items: baseline; }
.facts { display: grid; grid-template-columns: fit-content(14rem) minmax(0, 1fr); gap: 0.15rem 1rem; margin: 0.75rem 0; font-size: 0.9rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
article { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
article h4, details h4, article h5, details h5 { margin-top: 1.25rem; }
.item-head { flex-wrap: nowrap; }
.item-head > .badge { flex: none; }
:is(.item-head, .group-head, summary) > * { min-width: 0; }
.message { font-size: 1.05rem; }

details { margin-top: 0.75rem; border: 1px solid var(--line); border-radius: 6px; padding: 0 1rem; }
details[open] { padding-bottom: 1rem; }
details.rest { margin-top: 1.25rem; }
details.rest + details.rest { margin-top: 0.75rem; }
summary {
  display: flex; flex-wrap: wrap; gap: 0.2rem 0.7rem; align-items: baseline; margin: 0 -1rem; padding: 0.55rem 1rem;
  cursor: pointer; border-radius: 6px; list-style: none;
}
summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; width: 0.7rem; color: var(--muted); }
details[open] > summary::before { content: "▾"; }
summary:hover { background: var(--raised); }
summary > :is(h3, h4, h5, h6) { margin: 0; font-size: 0.95rem; font-weight: 600; }
summary > .muted { font-size: 0.9rem; }
section > h3 { margin-top: 1.75rem; }

.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; min-width: min(100%, 34rem); }
caption { padding-bottom: 0.35rem; text-align: left; font-weight: 600; }
/* Its heading is the same, and stands above. */
.matrix caption { position: absolute; clip-path: inset(50%); }
th, td {
  max-width: 30rem; overflow-wrap: break-word; padding: 0.4rem 1.25rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal;
}
thead th { color: var(--muted); font-size: 0.85rem; border-bottom-color: var(--muted); vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
dd small, td small, th small, li small { display: block; }

pre { margin: 0.5rem 0; padding: 0.8rem 1rem; border-radius: 4px; background: var(--raised); white-space: pre-wrap; line-height: 1.45; }

figure { margin: 0; }
.chart { max-width: 38rem; margin: 1rem 0; }
figcaption, .curve-name { margin: 0 0 0.2rem; font-size: 0.9rem; }
img { display: block; max-width: 100%; background: #fff; border-radius: 4px; }
.curve { display: block; width: 100%; overflow: visible; height: auto; font-family: system-ui, "Liberation Sans", sans-serif; color: var(--muted); }
.curve .y-grid { stroke: var(--grid); }
.curve .empty { fill: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; margin: 0.3rem 0 0; padding: 0; list-style: none; color: var(--muted); font-size: 0.85rem; }
.swatch { display: inline-block; width: 1.4em; height: 0.8em; margin-right: 0.5em; }
.swatch.onset { background: linear-gradient(90deg, var(--onset-band) 40%, var(--sick-band) 40%); border: 1px solid var(--line); }
.swatch.limit { height: 0; border-top: 2px dashed var(--limit); vertical-align: middle; }
.swatch.not-finite { width: 0.5em; height: 0.5em; border-radius: 50%; background: var(--bad); vertical-align: middle; }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1.25rem; margin-top: 1rem; }

@media (max-width: 34rem) {
  body { padding: 0 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  header { padding-top: 1.25rem; }
  .broken { padding: 1rem; }
  .item-head { flex-wrap: wrap; }
  .curve.large text { font-size: 13px; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --raised: #f6f6f4; --ink: #000; --muted: #4a4d52; --line: #ccc; --link: #000;
    --bad: #b3261e; --open: #875500; --good: #1c6b3a; --curve: #1a56a0; --limit: #b3261e; --grid: #e6e6e2;
    --onset-band: #f2a49c; --sick-band: #fdf0ee;
  }
  * { print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary::before, details[open] > summary::before { content: none; }
  h1, h2, h3, h4, h5, summary, caption, figcaption, .curve-name { break-after: avoid; }
  figure, .scroll, tr, .command { break-inside: avoid; }
  .scroll { overflow: visible; }
}
`;
