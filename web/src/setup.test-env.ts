import "@testing-library/jest-dom/vitest";
import "fake-indexeddb/auto";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A guard against hanging, not a measure: a busy machine is slow to tell what a screen reader would hear.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
