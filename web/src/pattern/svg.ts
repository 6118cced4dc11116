/** SVG: what of a chart may enter the page. An allow-list: everything else is left out, whoever drew it. */

import { parseSvg } from "../api/trusted";

const SPACE = "http://www.w3.org/2000/svg";

const ELEMENTS = new Set(["svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "symbol", "use"]);

const ATTRIBUTES = new Set(
  (
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill fill-rule stroke stroke-width stroke-linecap " +
    "stroke-linejoin stroke-dasharray font-size font-weight font-family text-anchor dominant-baseline id class preserveAspectRatio paint-order dy dx"
  ).split(" "),
);

const allowed = (name: string, value: string) =>
  (ATTRIBUTES.has(name) || /^data-[a-z-]+$/.test(name) || (name === "href" && value.startsWith("#"))) && !/url\(|script:/i.test(value);

/** A clean copy of an SVG text, ready to be put into the page; null when it is no SVG. */
export function cleanSvg(text: string): SVGSVGElement | null {
  const root = parseSvg(text);
  return root ? (copy(root) as SVGSVGElement) : null;
}

/** A yarn's fill or stroke, known by its class, becomes a variable: `Plate` sets it, so that a swapped yarn shows at once. */
function dye(part: Element): void {
  const [, paint, letter] = /\b(fill|yarn)-([A-Z])\b/.exec(part.getAttribute("class") ?? "") ?? [];
  if (!paint) return;
  const name = paint === "fill" ? "fill" : "stroke";
  part.setAttribute(name, `var(--yarn-${letter}, ${part.getAttribute(name) ?? "currentColor"})`);
}

function copy(source: Element): Element {
  const clean = document.createElementNS(SPACE, source.localName);
  for (const { name, value } of source.attributes) if (allowed(name, value)) clean.setAttribute(name, value);
  dye(clean);
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) clean.append(child.textContent ?? "");
    else if (child instanceof Element && child.namespaceURI === SPACE && ELEMENTS.has(child.localName)) clean.append(copy(child));
  }
  return clean;
}
