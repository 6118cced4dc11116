/**
 * Storage: what this browser remembers, in IndexedDB. A cache and an outbox; the server is the truth.
 *
 * Where storage is refused (private windows, full disks) every verb here answers as if nothing were kept.
 */

import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";
import { isNote } from "./outbox";
import type { Said, Tick } from "./outbox";
import type { Marks, Notes } from "./progress";
import type { Pattern } from "./types";

/** As it was kept before a tick could be of several rows. */
type OldTick = Omit<Tick, "cells"> & { cell: string };
type Stored = (Said | OldTick) & { pattern: string; order: number };

/** A pattern that was opened here, and how far it is worked. */
export type Visit = {
  pattern: string;
  title: string;
  at: number;
  share: number;
  words: string;
  rings: { hex: string; done: boolean }[];
};

interface Shape extends DBSchema {
  marks: { key: [string, string]; value: { pattern: string; cell: string; done: boolean; stamp: string }; indexes: { pattern: string } };
  notes: { key: [string, string]; value: { pattern: string; row: string; text: string; stamp: string }; indexes: { pattern: string } };
  outbox: { key: string; value: Stored; indexes: { pattern: string } };
  patterns: { key: string; value: Pattern };
  visits: { key: string; value: Visit; indexes: { at: number } };
  meta: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Shape> | null> | null = null;

function database(): Promise<IDBPDatabase<Shape> | null> {
  opened ??= open().catch(() => null);
  return opened;
}

// A browser that refuses may also throw at the mere name of it: here that is a refusal like any other.
async function open(): Promise<IDBPDatabase<Shape>> {
  return openDB<Shape>("knotty", 2, {
    upgrade(store, from) {
      if (from < 1) {
        store.createObjectStore("marks", { keyPath: ["pattern", "cell"] }).createIndex("pattern", "pattern");
        store.createObjectStore("outbox", { keyPath: "id" }).createIndex("pattern", "pattern");
        store.createObjectStore("patterns");
        store.createObjectStore("visits", { keyPath: "pattern" }).createIndex("at", "at");
        store.createObjectStore("meta");
      }
      if (from < 2) store.createObjectStore("notes", { keyPath: ["pattern", "row"] }).createIndex("pattern", "pattern");
    },
    // Another tab runs on a newer page: let its storage open, this one opens again by itself.
    blocking(_from, _to, event) {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  });
}

async function attempt<T>(work: (store: IDBPDatabase<Shape>) => Promise<T>, otherwise: T): Promise<T> {
  const store = await database();
  if (!store) return otherwise;
  try {
    return await work(store);
  } catch {
    return otherwise;
  }
}

/** Everything that is known of one pattern's progress, and what of it is unsent, the oldest first. */
export type Held = { marks: Marks; notes: Notes; ops: Said[] };

export function loadProgress(pattern: string): Promise<Held> {
  return attempt(
    async (store) => {
      const [marks, notes, ops] = await Promise.all([
        store.getAllFromIndex("marks", "pattern", pattern),
        store.getAllFromIndex("notes", "pattern", pattern),
        store.getAllFromIndex("outbox", "pattern", pattern),
      ]);
      return {
        marks: Object.fromEntries(marks.map(({ cell, done, stamp }) => [cell, { done, stamp }])),
        notes: Object.fromEntries(notes.map(({ row, text, stamp }) => [row, { text, stamp }])),
        ops: ops.toSorted((a, b) => a.order - b.order).map(said),
      };
    },
    { marks: {}, notes: {}, ops: [] },
  );
}

function said(op: Stored): Said {
  if ("row" in op) return { id: op.id, row: op.row, text: op.text, stamp: op.stamp };
  return { id: op.id, cells: "cell" in op ? [op.cell] : op.cells, done: op.done, stamp: op.stamp };
}

let order = Date.now();

/** Keeps what was said: register and op in one transaction, so that nothing is shown that will not be sent. False: refused. */
export function keepSaid(pattern: string, op: Said): Promise<boolean> {
  return attempt(async (store) => {
    const work = store.transaction(["marks", "notes", "outbox"], "readwrite", { durability: "strict" });
    if (isNote(op)) void work.objectStore("notes").put({ pattern, row: op.row, text: op.text, stamp: op.stamp });
    else for (const cell of op.cells) void work.objectStore("marks").put({ pattern, cell, done: op.done, stamp: op.stamp });
    void work.objectStore("outbox").put({ ...op, pattern, order: order++ });
    await work.done;
    return true;
  }, false);
}

/** Keeps what an answer brought: the merged registers, and the outbox without what was answered. */
export function keepAnswer(pattern: string, { marks, notes }: Omit<Held, "ops">, answered: readonly Said[]): Promise<boolean> {
  return attempt(async (store) => {
    const work = store.transaction(["marks", "notes", "outbox"], "readwrite");
    for (const op of answered) {
      void work.objectStore("outbox").delete(op.id);
      if (isNote(op) && !notes[op.row]) void work.objectStore("notes").delete([pattern, op.row]);
      if (!isNote(op)) for (const cell of op.cells) if (!marks[cell]) void work.objectStore("marks").delete([pattern, cell]);
    }
    for (const [cell, { done, stamp }] of Object.entries(marks)) void work.objectStore("marks").put({ pattern, cell, done, stamp });
    for (const [row, { text, stamp }] of Object.entries(notes)) void work.objectStore("notes").put({ pattern, row, text, stamp });
    await work.done;
    return true;
  }, false);
}

// As it was written under its id alone, in other terms beside it.
const patternKey = (id: string, terms?: string) => (terms ? `${id} ${terms}` : id);

export const keepPattern = (pattern: Pattern, terms?: "us" | "uk") => attempt(async (store) => void (await store.put("patterns", pattern, patternKey(pattern.id, terms))), undefined);
export const keptPattern = (id: string, terms?: "us" | "uk") => attempt(async (store) => (await store.get("patterns", patternKey(id, terms))) ?? null, null);

export const keepVisit = (visit: Visit) => attempt(async (store) => void (await store.put("visits", visit)), undefined);

/** The patterns opened here, the latest first. */
export const visits = () => attempt(async (store) => (await store.getAllFromIndex("visits", "at")).toReversed(), [] as Visit[]);

/** Forgets all that is kept of a pattern: also what was not sent yet. */
export function forgetPattern(id: string): Promise<void> {
  return attempt(async (store) => {
    const work = store.transaction(["marks", "notes", "outbox", "patterns", "visits", "meta"], "readwrite");
    const [marks, notes, ops, drawn] = await Promise.all([
      work.objectStore("marks").index("pattern").getAllKeys(id),
      work.objectStore("notes").index("pattern").getAllKeys(id),
      work.objectStore("outbox").index("pattern").getAllKeys(id),
      work.objectStore("meta").getAllKeys(),
    ]);
    for (const key of marks) void work.objectStore("marks").delete(key);
    for (const key of notes) void work.objectStore("notes").delete(key);
    for (const key of ops) void work.objectStore("outbox").delete(key);
    for (const key of drawn.filter((name) => name.endsWith(` ${id}`))) void work.objectStore("meta").delete(key);
    for (const terms of [undefined, "us", "uk"]) void work.objectStore("patterns").delete(patternKey(id, terms));
    void work.objectStore("visits").delete(id);
    await work.done;
  }, undefined);
}

export const keepMeta = (key: string, value: unknown) => attempt(async (store) => void (await store.put("meta", value, key)), undefined);
export const keptMeta = <T>(key: string) => attempt(async (store) => ((await store.get("meta", key)) as T | undefined) ?? null, null);

/** Nothing of ours is kept here any more: patterns, ticks, settings. */
export async function wipe(): Promise<void> {
  const store = await database();
  await Promise.all([...(store?.objectStoreNames ?? [])].map((name) => store?.clear(name)));
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("knotty")) localStorage.removeItem(key);
  } catch {
    // Storage is off: nothing was kept there.
  }
}
