import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { base } from "../src/store/database";
import { setPhone } from "../src/store/phone";
import { begin, unlock } from "../src/store/vault";
import { closeDraft, keepDraft, takeDraft } from "../src/work/drafts";
import * as duty from "../src/work/duty";
import { holdOpen, idleLock } from "../src/work/idle";
import { cardText, quiet, server } from "./server";

const DIGITS = "482913";
const SIX_MINUTES = 360_000;
let end: () => void;

beforeAll(quiet);

beforeEach(async () => {
  await duty.lock();
  for (const store of ["meta", "outbox", "parts"] as const) await (await base()).clear(store);
  await setPhone((await server()).phone);
  await begin(DIGITS);
  await duty.takeCard(cardText("W1"));
  await duty.opened();
  end = idleLock();
});

afterEach(() => {
  end();
  vi.restoreAllMocks();
});

/** So long later by one of the clocks, or by both. */
function later(ms: number, clocks: ("set" | "steady")[] = ["set", "steady"]): void {
  const [set, steady] = [Date.now(), performance.now()];
  if (clocks.includes("set")) vi.spyOn(Date, "now").mockReturnValue(set + ms);
  if (clocks.includes("steady")) vi.spyOn(performance, "now").mockReturnValue(steady + ms);
}

const touch = (name = "pointerdown") => dispatchEvent(new Event(name));
const stage = () => duty.currentDuty().stage;

test.each([
  ["nobody touched it for six minutes", SIX_MINUTES, ["set", "steady"]],
  ["it slept, and its steady clock with it", SIX_MINUTES, ["set"]],
  ["somebody set the clock back", -3_600_000, ["set"]],
] as const)("the touch that wakes a phone locks it where %s", (_, ms, clocks) => {
  later(ms, [...clocks]);
  touch();

  expect(stage()).toBe("locked");
});

test.each(["pointerdown", "keydown", "input", "scroll"])("a phone stays open while it is used: %s", (name) => {
  later(200_000);
  touch(name);
  vi.restoreAllMocks();
  later(400_000);
  touch(name);

  expect(stage()).toBe("open");
});

test("a phone that scans stays open, and for a while after it", () => {
  const release = holdOpen();
  later(SIX_MINUTES);
  touch();
  release();

  expect(stage()).toBe("open");
});

test("what stood in a form when the phone locked itself is there again, once", async () => {
  keepDraft("form x", { values: { note: "王" } });
  keepDraft("form x", { values: { note: "王家" } });
  await vi.waitFor(async () => expect(await takeDraft("form y")).toBe(undefined));
  await duty.lock();
  closeDraft("form x"); // the lock took the screen away

  expect(await takeDraft("form x")).toBe(undefined);
  await unlock(DIGITS);

  expect([await takeDraft("form x"), await takeDraft("form x")]).toEqual([{ values: { note: "王家" } }, undefined]);
});

test("nothing stays of a form that was closed", async () => {
  keepDraft("form x", { values: { note: "王" } });
  closeDraft("form x");

  expect(await takeDraft("form x")).toBe(undefined);
});
