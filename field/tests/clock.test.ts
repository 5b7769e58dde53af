import { expect, test } from "vitest";
import { dayTimeAt } from "../src/kit/clock";

test.each([
  ["+08:00", "2026-11-22T21:00:00Z", "11-23 05:00"],
  ["-03:30", "2026-11-22T02:00:00Z", "11-21 22:30"],
  ["", "2026-11-22T02:00:00Z", "11-22 02:00"],
])("at %s the moment %s is %s", (offset, at, told) => {
  expect(dayTimeAt(offset, at)).toBe(told);
});
