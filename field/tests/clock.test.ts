import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const HOUR = 3_600_000;
const TRUE = Date.parse("2026-11-22T09:00:00Z");

/** The clock as it is when the app begins: nothing is known of the server's yet. */
async function begun(reads: number): Promise<typeof import("../src/kit/clock")> {
  vi.resetModules();
  vi.useFakeTimers({ now: reads, toFake: ["Date", "performance"] });
  return import("../src/kit/clock");
}

test.each([
  ["+08:00", "2026-11-22T21:00:00Z", "11-23 05:00"],
  ["-03:30", "2026-11-22T02:00:00Z", "11-21 22:30"],
  ["", "2026-11-22T02:00:00Z", "11-22 02:00"],
])("at %s the moment %s is %s", async (offset, at, told) => {
  const { dayTimeAt } = await begun(TRUE);
  expect(dayTimeAt(offset, at)).toBe(told);
});

describe("a phone that was switched off", () => {
  beforeEach(() => void vi.resetModules());
  afterEach(() => void vi.useRealTimers());

  test("and whose clock was set back is behind by what is missing at least", async () => {
    const { clockError, recall, stamp } = await begun(TRUE - 48 * HOUR);
    recall(60, TRUE);
    expect(clockError()).toBe(48 * 3_600 + 60);
    expect(stamp().clock_error).toBe(48 * 3_600 + 60);
  });

  test("and whose clock went on knows the error of before", async () => {
    const { clockError, recall } = await begun(TRUE + HOUR);
    recall(-600, TRUE);
    expect(clockError()).toBe(-600);
  });

  test("and now reads 1970 records at the server's time, for no record tells of fifty years", async () => {
    const { clockError, meant, recall, stamp } = await begun(Date.parse("1970-01-01T00:10:00Z"));
    recall(0, TRUE);
    expect(clockError()).toBeGreaterThan(50 * 365 * 86_400);
    const { at, clock_error } = stamp();
    expect([clock_error, Math.abs(Date.parse(at) - TRUE) < 1_000]).toEqual([0, true]);
    expect(Math.abs(meant({ at, clock_error: 0 }) - TRUE)).toBeLessThan(1_000);
  });

  test("and that never heard the server says no error", async () => {
    const { recall, stamp } = await begun(TRUE);
    recall(undefined, undefined);
    expect(stamp()).not.toHaveProperty("clock_error");
  });
});
