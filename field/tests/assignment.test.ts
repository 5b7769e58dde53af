import { describe, expect, test } from "vitest";
import { sweepOf } from "../src/work/sweep/sweep";
import { Assignment } from "../src/work/assignment";
import { withFound } from "../src/work/found";
import { SWEEP, found, town } from "./town";

const register = (area: string, people: number) => ({
  households: Array.from({ length: people }, (_, n) => [`${area}-${n}`, `${n}号`, "", "", "", "", "", `${Math.floor(n / 20)}`, ""]),
  persons: Array.from({ length: people }, (_, n) => [`${area}-${n}-1`, `${area}-${n}`, `村民${n}`, "", "", `${area}${n}`, 1950, "f", "", "户主", []]),
});
const one = () => new Assignment(new Map<string, unknown>([["register:A", register("A", 3)], ["register:B", register("B", 2)], ["campaigns", [SWEEP]]]));

describe("an assignment of which something changed", () => {
  test("keeps everything that did not, the very same objects", () => {
    const before = one();

    const after = new Assignment(new Map([["reach", [["sweep-1", "A-1", "met", 1, 1, "2026-11-22T09:00:00Z"]]]]), before);

    expect(after.reach).toHaveLength(1);
    expect(before.reach).toEqual([]);
    for (const part of ["households", "persons", "byMark", "campaigns", "areas"] as const) expect(after[part]).toBe(before[part]);
  });

  test("reads only the register that is new", () => {
    const before = one();

    const after = new Assignment(new Map([["register:B", register("B", 1)]]), before);

    expect([...after.households.keys()]).toEqual(["A-0", "A-1", "A-2", "B-0"]);
    expect(after.persons.get("A-1-1")).toBe(before.persons.get("A-1-1"));
    expect(after.persons.get("B-0-1")).not.toBe(before.persons.get("B-0-1"));
    expect([after.byMark.has("A1"), after.byMark.has("B1")]).toEqual([true, false]);
  });

  test("has nothing any more of a part that is gone", () => {
    const after = new Assignment(new Map(), one(), ["register:A", "campaigns"]);

    expect([[...after.persons.keys()], after.campaigns]).toEqual([["B-0-1", "B-1-1"], []]);
  });

  test("is what the same parts give at once", () => {
    const parts = new Map<string, unknown>([["register:A", register("A", 3)], ["reach", [["sweep-1", "A-1", "met", 1, 1, "2026-11-22T09:00:00Z"]]]]);
    const stepwise = new Assignment(new Map([["register:A", register("A", 3)]]), new Assignment(new Map([["reach", parts.get("reach")]])));

    expect(stepwise).toEqual(new Assignment(parts));
  });

  test("draws the doors of a sweep anew only where they are others, with a find on top as well", () => {
    const given = town();
    const own = [found({ what: "household", name: "船家" })];
    const later = new Assignment(new Map([["reach", [["sweep-1", "V1", "met", 1, 1, "2026-11-22T09:00:00Z"]]]]), given);

    const [before, after] = [given, later].map((each) => sweepOf(withFound(each, own), own, "sweep-1"));

    expect(after!.sections).toBe(before!.sections);
    expect([before!.tally.done, after!.tally.done]).toEqual([0, 1]);
  });
});
