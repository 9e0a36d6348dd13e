/// How the page looks; what is told by a colour is told by a word, a pattern or a place as well.
enum StyleSheet {
  /// Colours, type and layout of the page.
  static let page: StaticString = """

    :root {
      color-scheme: light dark;
      --paper: #fdfdfb; --ink: #1b1f24; --muted: #59626d; --rule: #dfe2e5; --faint: #f1f2f1; --link: #1d5c9c;
      --completed: #3a9278; --failed: #c93f36; --timeout: #c9860a; --abandoned: #8272a8; --open: #4a86c5;
      --completed-ink: #17694f; --failed-ink: #ad2a22; --timeout-ink: #845300; --abandoned-ink: #64538c;
      --open-ink: #1d5c9c;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171a; --ink: #e3e6e9; --muted: #9aa4ae; --rule: #2d3339; --faint: #1b1f23; --link: #85b7ec;
        --completed: #3f9e81; --failed: #e0645b; --timeout: #d99a2b; --abandoned: #9787c4; --open: #5a94d2;
        --completed-ink: #62c4a4; --failed-ink: #f28b83; --timeout-ink: #e5ae4d; --abandoned-ink: #b6a8de;
        --open-ink: #85b7ec;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 3rem; max-width: 80rem; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: break-word;
    }
    h1 { margin: 0; overflow-wrap: anywhere; font-size: 1.75rem; font-weight: 600; letter-spacing: -0.01em; line-height: 1.2; }
    h2 { margin: 0 0 0.75rem; font-size: 1.2rem; font-weight: 600; line-height: 1.3; }
    h3 { margin: 1.75rem 0 0.5rem; font-size: 0.95rem; font-weight: 600; }
    p { margin: 0 0 0.75rem; max-width: 46rem; }
    a { color: var(--link); }
    code { font: 0.86em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      overflow-wrap: anywhere; }
    section { margin-top: 3.25rem; }
    footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: 0.85rem; }
    .made, .more, .empty, footer { color: var(--muted); }
    .made { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
    nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin-top: 1rem; font-size: 0.9rem; }
    nav a { text-decoration: none; }
    nav a:hover, nav a:focus-visible { text-decoration: underline; }

    .headline { margin-top: 2rem; }
    .headline dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.5rem 1.75rem;
      margin: 0; }
    .headline dl div { border-top: 2px solid var(--ink); padding-top: 0.5rem; }
    .headline dt { font-size: 0.85rem; color: var(--muted); }
    .headline dd { margin: 0; }
    .headline .value { font-size: 1.85rem; font-weight: 500; line-height: 1.25; letter-spacing: -0.015em;
      white-space: nowrap; }
    .headline .note { font-size: 0.85rem; color: var(--muted); line-height: 1.4; }

    .issues { list-style: none; margin: 0; padding: 0; }
    .issue { padding: 0.8rem 0 0.8rem 1rem; border-left: 3px solid var(--open); margin-bottom: 0.75rem; }
    .issue.warning { border-left-color: var(--timeout); }
    .issue.critical { border-left-color: var(--failed); border-left-width: 6px; }
    .issue p, .issue ul, .issue details { margin: 0 0 0.25rem; }
    .severity { font-size: 0.85rem; color: var(--open-ink); margin-right: 0.35rem; }
    .warning .severity { color: var(--timeout-ink); }
    .critical .severity { color: var(--failed-ink); font-weight: 600; }
    .evidence, .ids { list-style: none; padding: 0; font-size: 0.9rem; color: var(--muted); overflow-wrap: anywhere; }
    .advice { font-size: 0.95rem; }
    .issue p:last-child { margin-bottom: 0; }

    .scroll { overflow-x: auto; margin: 0 0 0.5rem; }
    table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.4; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    th, td { padding: 0.35rem 0.75rem 0.35rem 0; text-align: left; vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { font-weight: 500; font-size: 0.8rem; color: var(--muted); border-bottom: 1px solid var(--ink);
      vertical-align: bottom; line-height: 1.25; }
    tbody tr { border-bottom: 1px solid var(--rule); }
    tbody tr:hover { background: var(--faint); }
    tbody th { font-weight: 500; }
    th, td, li, dd { unicode-bidi: isolate; }
    .name, .phrase, td code, th code { display: inline-block; width: max-content; max-width: 11.5rem;
      overflow-wrap: break-word; vertical-align: top; }
    .phrase, td code, th code { max-width: 20rem; }
    td.number, th.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
    thead th.number { white-space: normal; }
    td time, th time, .outcome { white-space: nowrap; }
    .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 0 2.5rem; }
    .columns > div { min-width: 0; }
    .past-limit, .failed-ink { color: var(--failed-ink); }
    .completed-ink { color: var(--completed-ink); }
    .timeout-ink { color: var(--timeout-ink); }
    .abandoned-ink { color: var(--abandoned-ink); }
    .open-ink { color: var(--open-ink); }
    .past-limit { font-weight: 600; }
    details { margin: 0.4rem 0 0.75rem; }
    summary { cursor: pointer; color: var(--link); font-size: 0.875rem; width: fit-content; }
    details[open] > summary { margin-bottom: 0.5rem; }
    .terms { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.4rem 1.5rem; margin: 0;
      max-width: 52rem; font-size: 0.9rem; }
    .terms dt { font-weight: 500; }
    .terms dd { margin: 0; color: var(--muted); }

    @media (max-width: 44rem) {
      body { padding: 1.5rem 1rem 2rem; }
      section { margin-top: 2.5rem; }
      tbody th, thead th:first-child { position: sticky; left: 0; background: var(--paper); }
      .name { max-width: 9rem; }
      .phrase, td code, th code { max-width: 15rem; }
      .headline dl { grid-template-columns: 1fr 1fr; gap: 1.1rem 1.25rem; }
      .headline .value { font-size: 1.6rem; }
      .terms { display: block; }
      .terms dd { margin-bottom: 0.6rem; }
    }
    @media print {
      :root {
        color-scheme: light;
        --paper: #fff; --ink: #000; --muted: #444; --rule: #ccc; --faint: #fff; --link: #000;
        --completed: #3a9278; --failed: #c93f36; --timeout: #c9860a; --abandoned: #8272a8; --open: #4a86c5;
        --completed-ink: #17694f; --failed-ink: #ad2a22; --timeout-ink: #845300; --abandoned-ink: #64538c;
        --open-ink: #1d5c9c;
      }
      body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      nav, details { display: none; }
      section { margin-top: 1.5rem; }
      .scroll { overflow: visible; }
      table { font-size: 7pt; }
      th, td { padding-right: 0.45rem; }
      h2, h3, figcaption { break-after: avoid; }
      .plot, .lane, tr, .issue { break-inside: avoid; }
    }

    """

  /// The looks of the drawings.
  static let charts: StaticString = """

    figure { margin: 0; }
    figure + figure { margin-top: 2.25rem; }
    figcaption { margin: 0 0 0.6rem; font-size: 0.9rem; color: var(--muted); }
    figcaption strong { color: var(--ink); font-weight: 600; }
    .plot + figcaption { margin-top: 1.25rem; }
    .plot { display: grid; grid-template-columns: 44px minmax(0, 1fr); }
    svg { display: block; }
    .plot-area { width: 100%; overflow: visible; }
    .definitions { position: absolute; }
    .wide { display: none; }
    @media (min-width: 50rem) { .wide { display: inline; } .narrow { display: none; } }
    text.tick { fill: var(--muted); font-size: 12px; }
    .start { text-anchor: start; }
    .middle { text-anchor: middle; }
    .end { text-anchor: end; }
    .grid { stroke: var(--rule); stroke-width: 1; }
    .floor { stroke: var(--muted); stroke-width: 1; }
    .mark { stroke-width: 0; }
    .mark.completed { fill: var(--completed); }
    .mark.failed { fill: url(#hatch-failed); }
    .mark.timeout { fill: url(#hatch-timeout); }
    .mark.abandoned { fill: url(#hatch-abandoned); }
    .mark.open { fill: url(#fade); }
    .runs .mark { stroke-width: 1; }
    .runs .mark.failed { fill: var(--failed); }
    .runs .mark.timeout { fill: var(--timeout); }
    .runs .mark.abandoned { fill: var(--paper); }
    .mark.failed, .failed-tile { stroke: var(--failed); }
    .mark.timeout, .timeout-tile { stroke: var(--timeout); }
    .mark.abandoned, .abandoned-tile { stroke: var(--abandoned); }
    .mark.completed { stroke: var(--completed); }
    .failed-tile { fill: var(--failed); }
    .timeout-tile { fill: var(--timeout); }
    .abandoned-tile { fill: var(--abandoned); }
    .tile { stroke: none; }
    .stripe { fill: var(--paper); fill-opacity: 0.55; }
    .fade-from { stop-color: var(--open); }
    .fade-to { stop-color: var(--open); stop-opacity: 0.12; }
    .trend { fill: none; stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke;
      stroke-linejoin: round; }
    .dot { fill: var(--ink); }
    .bin { fill: var(--open); fill-opacity: 0.55; }
    .whisker { stroke: var(--open); stroke-opacity: 0.35; stroke-width: 3; }
    .point { stroke: var(--ink); stroke-width: 2; }
    .dashed { stroke-width: 1.25; stroke-dasharray: 3 2.5; }
    .track { fill: var(--rule); }
    .range { fill: var(--open); fill-opacity: 0.55; }
    .progress { white-space: nowrap; }
    .progress svg { display: inline-block; vertical-align: 0.05em; }
    .progress-fill { fill: var(--open); }
    .interval, .spark { display: inline-block; vertical-align: middle; overflow: visible; }
    .swatch { display: inline-block; margin-right: 0.4em; vertical-align: -0.05em; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; list-style: none; margin: 0.35rem 0 0; padding: 0;
      font-size: 0.85rem; }
    .lane { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr) 8.5rem; column-gap: 0.9rem;
      align-items: end; margin-bottom: 3px; }
    .lane-name { font-size: 0.875rem; line-height: 1.25; overflow-wrap: anywhere; text-align: right; }
    .lane-figures { font-size: 0.8rem; line-height: 1.25; color: var(--muted); display: flex; flex-wrap: wrap;
      column-gap: 0.75rem; white-space: nowrap; }
    @media (max-width: 44rem) {
      .lane { grid-template-columns: minmax(0, 1fr) auto; margin-bottom: 0.5rem; }
      .lane-name { text-align: left; }
      .lane .plot-area { grid-column: 1 / -1; grid-row: 2; }
      .lane-axis { margin-top: -0.5rem; }
      .lane-axis .lane-name, .lane-axis .lane-figures { display: none; }
      .lane-axis .plot-area { grid-row: 1; }
    }

    """
}
