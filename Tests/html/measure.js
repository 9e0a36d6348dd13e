// Measures a page from outside: overflow, labels on labels, cut labels, contrast. Returns what is wrong, a line each.
const faults = [];
const root = document.scrollingElement;
if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} pixels wide in a window of ${innerWidth}`);
for (const details of document.querySelectorAll("details")) details.open = true;
if (root.scrollWidth > innerWidth) faults.push(`unfolded, the page is ${root.scrollWidth} pixels wide`);

const visible = element => element.getClientRects().length > 0;
const name = element => `${element.textContent.slice(0, 40)} (${element.closest("section")?.id ?? "page"})`;

// Charts: no label on another one, none cut by the window or its drawing.
for (const svg of document.querySelectorAll("svg")) {
  const labels = [...svg.querySelectorAll("text")].filter(visible);
  const boxes = labels.map(label => label.getBoundingClientRect());
  const frame = svg.getBoundingClientRect();
  boxes.forEach((box, i) => {
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
      faults.push(`label leaves its drawing: ${name(labels[i])}`);
    boxes.slice(i + 1).forEach((other, j) => {
      if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
        faults.push(`labels overlap: ${name(labels[i])} and ${name(labels[i + 1 + j])}`);
    });
  });
}

// Texts of the page: none runs out of its own box, no two in a lane or the headline overlap.
for (const element of document.querySelectorAll("p, dt, dd, li, h1, h2, h3, figcaption, .lane-name, .lane-figures, td, th")) {
  if (visible(element) && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
    faults.push(`text leaves its box: ${name(element)}`);
}
for (const lane of document.querySelectorAll(".lane")) {
  const [left, right] = [".lane-name", ".lane-figures"].map(part => lane.querySelector(part).getBoundingClientRect());
  if (left.right > right.left + 0.5 && left.bottom > right.top && left.width && right.width)
    faults.push(`lane texts overlap: ${name(lane)}`);
}

// Contrast of every text with what is behind it, after WCAG 2.
const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const colour = text => (text.match(/[\d.]+/g) ?? []).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const behind = element => {
  for (; element; element = element.parentElement) {
    const [r, g, b, a = 1] = colour(getComputedStyle(element).backgroundColor);
    if (a === 1) return [r, g, b];
  }
  return [255, 255, 255];
};
let texts = 0;
const seen = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !visible(element)) continue;
  texts += 1;
  const style = getComputedStyle(element);
  const ink = colour(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
  const [high, low] = [light(ink), light(behind(element))].sort((a, b) => b - a);
  const contrast = (high + 0.05) / (low + 0.05);
  const kind = `${element.tagName} ${element.className.baseVal ?? element.className} ${contrast.toFixed(2)}`;
  if (contrast < 4.5 && !seen.has(kind)) faults.push(`contrast ${contrast.toFixed(2)}: ${name(element)}`);
  seen.add(kind);
}
if (texts < 5) faults.push(`only ${texts} texts were found`);
return faults;
