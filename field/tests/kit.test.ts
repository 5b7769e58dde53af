import { afterEach, describe, expect, test, vi } from "vitest";
import { clockError, dayAt, heard, local, recall, timeAt } from "../src/kit/clock";
import { idNumber, normal } from "../src/kit/fold";
import { uuid7 } from "../src/kit/ids";
import { t } from "../src/kit/text";
import { clockWarning } from "../src/work/warnings";
import { unfit } from "../src/work/fitness";

afterEach(() => vi.useRealTimers());

describe("ids", () => {
  test("are UUIDs of version 7, in order and never the same", () => {
    const made = Array.from({ length: 20_000 }, () => uuid7());

    expect(new Set(made).size).toBe(20_000);
    expect([...made].sort()).toEqual(made);
    expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("hold the moment at which they were made", () => {
    const now = Date.now() + 10_000_000;
    expect(Number.parseInt(uuid7(now).replace("-", "").slice(0, 12), 16)).toBe(now);
  });
});

describe("the clock", () => {
  test("the error is what the server's clock is ahead by, whatever the phone's clock does meanwhile", () => {
    vi.useFakeTimers({ now: Date.parse("2016-11-22T09:00:00Z"), toFake: ["Date", "performance"] });
    heard("2026-11-22T09:00:00Z", performance.now(), performance.now());
    const tenYears = (Date.parse("2026-11-22T09:00:00Z") - Date.parse("2016-11-22T09:00:00Z")) / 1_000;
    expect(clockError()).toBe(tenYears);

    vi.setSystemTime(Date.parse("2026-11-22T09:00:00Z")); // somebody puts it right in the middle of the shift

    expect(clockError()).toBe(0);
  });

  test("a moment has the phone's offset", () => {
    expect(Date.parse(local(1_700_000_000_123))).toBe(1_700_000_000_123);
    expect(local(1_700_000_000_123)).toMatch(/[+-]\d\d:\d\d$/);
  });

  test("days and hours are the place's", () => {
    expect(dayAt("+08:00", Date.parse("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
    expect(timeAt("+08:00", "2026-11-22T09:05:00Z")).toBe("17:05");
  });

  test.each([
    [119, undefined],
    [-86_400, "ahead"],
    [600, "behind"],
  ])("a worker whose clock is wrong by %s s is told", (error, word) => {
    expect(clockWarning(error)?.en.includes(word ?? "never")).toBe(word ? true : undefined);
  });

  test("what an earlier session knew is used until the server is heard", () => {
    recall(undefined, undefined);
    expect(clockError()).not.toBe(undefined);
  });
});

describe("texts", () => {
  test("values go into both languages", () => {
    expect(t("{n} left", "剩 {n}", { n: 3 })).toEqual({ en: "3 left", zh: "剩 3" });
  });

  test("are searched alike", () => {
    expect(normal("王 小·明Ａ")).toBe("王小明a");
    expect(idNumber(" ９９０000 19400101 000x")).toBe("99000019400101000X");
  });
});

test.each(["MicroMessenger/8.0", "Mozilla/5.0 DingTalk/7", "AlipayClient/10", "QQ/9"])("in the view of %s nobody records", async (agent) => {
  expect((await unfit(agent))?.mayGoOn).toBe(false);
});
