"use strict";
// Lists what openapi.json says and sends what is typed. Only text is put into the page, never markup.

/** An element with this text in it. */
function make(name, text, parent) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

/** The schema a reference leads to. */
function resolve(spec, schema) {
  return schema && schema.$ref ? spec.components.schemas[schema.$ref.split("/").pop()] : schema || {};
}

/** A first body to send: the model's example, or its required fields. */
function example(spec, content) {
  const schema = resolve(spec, content["application/json"] && content["application/json"].schema);
  if (schema.examples) return schema.examples[0];
  return Object.fromEntries((schema.required || []).map((name) => [name, ""]));
}

/** A labelled field. */
function field(form, words, kind = "input") {
  const label = make("label", words, form);
  const input = make(kind, "", label);
  input.setAttribute("aria-label", words);
  return input;
}

/** Fills the path, the query and the headers from the form and shows what comes back. */
async function send(spec, path, method, inputs, body, shown) {
  const query = new URLSearchParams();
  const headers = {};
  let address = path;
  for (const { parameter, input } of inputs) {
    if (!input.value) continue;
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query") query.append(parameter.name, input.value);
    if (parameter.in === "header") headers[parameter.name] = input.value;
  }
  if (body && body.value) headers["Content-Type"] = "application/json";
  shown.hidden = false;
  shown.textContent = "Sent. Waiting…";
  try {
    const asked = query.size ? `${address}?${query}` : address;
    const answer = await fetch(asked, { method: method.toUpperCase(), headers, body: (body && body.value) || undefined });
    const text = await answer.text();
    const told = ["location", "retry-after", "etag", "x-request-id"].filter((name) => answer.headers.has(name));
    const head = told.map((name) => `${name}: ${answer.headers.get(name)}`).join("\n");
    let words = text;
    try { words = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown as it is */ }
    shown.textContent = `${answer.status} ${answer.statusText}\n${head}\n\n${words}`;
  } catch (error) {
    shown.textContent = String(error);
  }
}

/** One operation: what it says, and a form to try it. */
function show(spec, path, method, operation) {
  const box = make("details", "", document.getElementById("operations"));
  const head = make("summary", "", box);
  make("b", method.toUpperCase(), head);
  make("code", path, head);
  make("span", ` ${operation.summary}`, head);
  make("p", operation.description, box);
  const form = make("form", "", box);
  const inputs = operation.parameters.map((parameter) => ({
    parameter,
    input: field(form, `${parameter.name} (${parameter.in}) ${parameter.description || ""}`),
  }));
  let body = null;
  if (operation.requestBody) {
    body = field(form, "Body", "textarea");
    body.value = JSON.stringify(example(spec, operation.requestBody.content), null, 2);
  }
  make("button", "Send", form);
  const shown = make("pre", "", box);
  shown.hidden = true;
  shown.setAttribute("aria-live", "polite");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(spec, path, method, inputs, body, shown);
  });
}

async function main() {
  document.getElementById("host").textContent = location.origin;
  const spec = await (await fetch("/api/v1/openapi.json")).json();
  document.getElementById("about").textContent = spec.info.description;
  for (const [path, methods] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(methods)) show(spec, path, method, operation);
  }
}

main();
