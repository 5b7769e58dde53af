import { describe, expect, test } from "vitest";
import { emptyHanded, nextDoor } from "../src/work/sweep/next";
import { NO_WALK, moved, rearranged, stepped, walkingOrder } from "../src/work/sweep/order";
import { memo } from "../src/kit/memo";
import { doorName, floorsOf, sectionName, sectionsOf } from "../src/work/sweep/sections";
import { doorAfter, sweepOf } from "../src/work/sweep/sweep";
import { linesOf } from "../src/screens/doors/Lines";
import { kindOf } from "../src/work/targets";
import type { Shape } from "../src/work/assignment";
import { withFound } from "../src/work/found";
import { SWEEP, found, town, visited } from "./town";

const homes = () => [...town().households.values()];
const codes = (sections: { homes: { code: string }[] }[]) => sections.map((section) => section.homes.map((home) => home.code));

describe("sections", () => {
  test("are the stairways, the groups and the rest, in the register's order, what was found last", () => {
    const all = withFound(town(), [found({ what: "household", landmark: "桥头" })]);
    const sections = sectionsOf([...all.households.values()].reverse().sort((one, other) => Number(one.code < other.code)));

    expect(sectionsOf(homes()).map((each) => sectionName(each, "").zh)).toEqual(["1栋 1单元", "1栋 2单元", "3组", "其他住户"]);
    expect(sectionName(sections.at(-1)!, "").zh).toBe("名册外新增");
  });

  test("name their area where there are several", () => {
    expect(sectionsOf(homes()).map((each) => sectionName(each, "晏家湾").zh)).toEqual(["晏家湾 · 1栋 1单元", "晏家湾 · 1栋 2单元", "晏家湾 · 3组", "晏家湾"]);
  });

  test("hold their doors in the order of the walk", () => {
    expect(codes(sectionsOf(homes(), ["V3", "F201", "V1", "unknown", "F101"]))).toEqual([["F201", "F1001", "F101", "F102"], ["G101"], ["V3", "V1", "V2"], ["W1"]]);
  });

  test("floors come from the top down, flats by number", () => {
    const floors = floorsOf([...sectionsOf(homes())[0]!.homes].reverse());

    expect(floors.map((each) => [each.floor, ...each.homes.map((home) => home.flat)])).toEqual([["10", "1001"], ["2", "201"], ["1", "101", "102"]]);
  });

  test("a door is called by flat and head of household, in a village by the head alone", () => {
    const { households } = town();

    expect(doorName(households.get("F101")!)).toBe("1单元 101 · 住户F101");
    expect(doorName(households.get("V1")!)).toBe("住户V1");
    expect(doorName({ ...households.get("V1")!, head: "", address: "", landmark: "桥头" })).toBe("桥头");
  });
});

describe("the order of walking", () => {
  test.each([
    ["abcd", "", "abcd"],
    ["abcd", "abcd", "abcd"],
    ["abcd", "dcba", "dcba"],
    ["abcd", "ca", "cdab"], // each that was passed over stays behind its neighbour
    ["abcd", "bd", "abcd"], // what comes before the first that was walked stays in front
    ["abcd", "xb", "abcd"], // a door that is no more changes nothing
  ])("%s walked as %s becomes %s", (before, walked, after) => {
    expect(walkingOrder([...before], [...walked]).join("")).toBe(after);
  });

  test.each([
    ["abcd", "d", "b", "adbc"],
    ["abcd", "a", "d", "bcad"],
    ["abcd", "a", undefined, "bcda"],
    ["abcd", "b", "b", "abcd"],
  ])("%s with %s before %s is %s", (before, code, other, after) => {
    expect(moved([...before], code, other).join("")).toBe(after);
  });

  test("a walk becomes the order when the next campaign begins, and not while it lasts", () => {
    const sections = () => [["a", "b", "c"]];
    const first = ["c", "a", "c"].reduce((walk, code) => stepped(walk, "sweep-1", code, sections), NO_WALK);
    const second = stepped(first, "sweep-2", "b", sections);

    expect(first).toEqual({ order: [], campaign: "sweep-1", walked: ["c", "a"] });
    expect(second).toEqual({ order: ["c", "a", "b"], campaign: "sweep-2", walked: ["b"] });
  });

  test("rearranging one section leaves what was said of others", () => {
    expect(rearranged({ ...NO_WALK, order: ["x", "a", "y"] }, ["b", "a"]).order).toEqual(["x", "y", "b", "a"]);
  });
});

describe("the next door", () => {
  const sections = sectionsOf(homes());
  const isOneOf = (...wanted: string[]) => (code: string) => wanted.includes(code);

  test("is the next in the stairway, then what was passed over in it, then the next section, then those before", () => {
    expect(nextDoor(sections, "F102", isOneOf("F101", "F1001", "V1"))).toBe("F1001");
    expect(nextDoor(sections, "F102", isOneOf("F101", "V1"))).toBe("F101");
    expect(nextDoor(sections, "F102", isOneOf("V1", "G101"))).toBe("G101");
    expect(nextDoor(sections, "V1", isOneOf("F101", "F102"))).toBe("F101");
    expect(nextDoor(sections, "V1", isOneOf())).toBeUndefined();
    expect(nextDoor(sections, undefined, isOneOf("V1", "G101"))).toBe("G101");
  });

  test("is never one that was visited, is not due or is excused", () => {
    const assignment = town({ ...SWEEP, due: ["V1", "V2", "V3"], excused: ["V2"] });
    const sweep = sweepOf(assignment, [visited("V1", "absent")], "sweep-1")!;

    expect(doorAfter(sweep, "V1")).toBe("V3");
    expect(doorAfter(sweep, "V3")).toBeUndefined();
  });

  test("on a second round is one where nobody was home before the round began", () => {
    const own = [visited("V1", "absent", { at: "2026-11-22T01:00:00Z" }), visited("V2", "refused"), visited("V3", "absent", { at: "2026-11-22T09:00:00Z" })];
    const sweep = sweepOf(town({ ...SWEEP, due: ["V1", "V2", "V3"] }), own, "sweep-1")!;

    expect(doorAfter(sweep, undefined, "2026-11-22T01:00:00.000Z")).toBe("V1");
    expect(doorAfter(sweep, "V1", "2026-11-22T01:00:00.000Z")).toBeUndefined();
  });
});

describe("a sweep", () => {
  test("tells not visited, visited in vain, done and not due apart", () => {
    const assignment = town({ ...SWEEP, due: ["V1", "V2", "V3", "F101"] }, [["sweep-1", "V1", "refused", 0, 2, "2026-11-22T07:00:00.000Z"]]);
    const sweep = sweepOf(assignment, [visited("V2", "met")], "sweep-1")!;

    expect(sweep.tally).toEqual({ due: 4, todo: 2, tried: 1, done: 1, notDue: 5, by: new Map([["todo", 2], ["refused", 1], ["met", 1]]) });
    expect(["V1", "V2", "V3", "W1"].map((code) => sweep.states.get(code))).toEqual(["refused", "met", "todo", "not_due"]);
  });

  test("is undefined where the phone has no such campaign", () => {
    expect(sweepOf(town(), [], "sweep-9")).toBeUndefined();
  });

  test("a floor where nobody is home is said of those to do and of those that were empty before", () => {
    const states = new Map([["a", "todo"], ["b", "absent"], ["c", "met"], ["d", "refused"], ["e", "not_due"]]);

    expect(emptyHanded(["a", "b", "c", "d", "e"], (code) => states.get(code))).toEqual(["a", "b"]);
  });

  test("the list names a group before its doors, and no group without one", () => {
    const lines = linesOf(sectionsOf(homes()).slice(2), (code) => code === "V2");

    expect(lines.map((line) => line.home?.code ?? line.section?.group)).toEqual(["3", "V2"]);
  });
});

describe("other campaigns", () => {
  const shape = (kind: string, needs: Shape["needs"], one_of: Shape["one_of"] = []) => ({ kind, measure: kind.split(".")[0]!, needs, one_of }) as Shape;

  test("open the form of their own measure that is about their subject", () => {
    const shapes = [shape("venues.entered", []), shape("outreach.visited", ["person"]), shape("supplies.ordered", [], ["household", "person"]), shape("supplies.delivered", ["person"])];

    expect(kindOf({ ...SWEEP, kind: "supplies.round", subject: "person" }, shapes)).toBe("supplies.delivered");
    expect(kindOf({ ...SWEEP, kind: "supplies.round", subject: "household" }, shapes)).toBe("supplies.ordered");
    expect(kindOf({ ...SWEEP, kind: "venues.patrol", subject: "place" }, shapes)).toBeUndefined();
  });
});

test("what is remembered is made anew only for other arguments", () => {
  let made = 0;
  const sum = memo((one: { n: number }, other: number) => {
    made += 1;
    return one.n + other;
  });
  const key = { n: 1 };

  expect([sum(key, 2), sum(key, 2), sum(key, 3), made]).toEqual([3, 3, 4, 2]);
});
