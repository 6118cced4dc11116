/**
 * Trusted types: the one policy, `knotty`, that the page's Content-Security-Policy allows. It lets through the API's SVG
 * and the service worker's script.
 */

const WORKER = "/sw.js";

type Policy = { createHTML: (text: string) => string; createScriptURL: (url: string) => string };
type Factory = { createPolicy: (name: string, rules: Policy) => Policy };

const rules: Policy = {
  createHTML: (text) => {
    if (!/^\s*(<\?xml[^>]*\?>\s*)?<svg[\s>]/.test(text)) throw new TypeError("Only a chart may be parsed.");
    return text;
  },
  createScriptURL: (url) => {
    if (url !== WORKER) throw new TypeError("Only the service worker may be fetched as a script.");
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory ? factory.createPolicy("knotty", rules) : rules;

/** The elements of an SVG text, not yet part of any page; null when it is none. Scripts in it never run. */
export function parseSvg(text: string): SVGSVGElement | null {
  let parsed: Document;
  try {
    parsed = new DOMParser().parseFromString(policy.createHTML(text), "image/svg+xml");
  } catch {
    return null;
  }
  const root: Element = parsed.documentElement;
  return root.localName === "svg" ? (root as SVGSVGElement) : null;
}

/** Has the page's own files kept, so that it opens without a network. Where that is refused nothing is lost. */
export function keepPage(): void {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(policy.createScriptURL(WORKER)).catch(() => undefined);
}
