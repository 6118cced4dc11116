import { expect, test } from "vitest";
import { cleanSvg } from "./svg";

test("a chart comes in with its rows marked", () => {
  const svg = cleanSvg('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g data-row="p1/r1"><path d="M0 0L9 9" stroke="#111111"/></g></svg>');
  expect(svg?.querySelector("[data-row] path")?.getAttribute("stroke")).toBe("#111111");
});

test("nothing that runs, loads or styles comes in with it", () => {
  const svg = cleanSvg(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><style>*{}</style><foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>' +
      '<use href="https://example.org/x.svg#a"/><image href="x"/><a href="javascript:alert(1)"><path d="M0 0"/></a><path fill="url(https://example.org)" style="x:y" d="M1 1"/></svg>',
  );
  expect(svg?.outerHTML).toBe('<svg><use></use><path d="M1 1"></path></svg>');
});

test("what is no SVG is nothing", () => {
  expect(cleanSvg("<html><p>Bad gateway</p></html>")).toBeNull();
  expect(cleanSvg("")).toBeNull();
});

test("a yarn is known by its class and follows a variable, with the drawing's own colour where none is set", () => {
  const svg = cleanSvg('<svg xmlns="http://www.w3.org/2000/svg"><rect class="border fill-B" fill="#FF1493"/><path class="yarn yarn-A" stroke="#111111"/><path class="ink" stroke="#222222"/></svg>');
  expect(svg?.querySelector("rect")?.getAttribute("fill")).toBe("var(--yarn-B, #FF1493)");
  expect([...(svg?.querySelectorAll("path") ?? [])].map((path) => path.getAttribute("stroke"))).toEqual(["var(--yarn-A, #111111)", "#222222"]);
});
