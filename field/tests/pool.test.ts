import { describe, expect, test } from "vitest";
import { type Pool, type Stand, type Table, after, lastAct, onPerson, onTube, poolsOf, sayingsOf } from "../src/work/pool";
import type { Kept } from "../src/store/outbox";
import { kept, voided } from "./records";

const TABLE: Table = { round: "r1", place: "S1", mode: "site", station: 2, size: 3 };
const NOBODY: Stand = { tube: "", waiting: "" };

function swab(person: string, tube: string, rest: Record<string, unknown> = {}, place = "S1"): Kept {
  return kept({ kind: "testing.sampled", person, place, data: { tube, pool: 3, round: "r1", mode: "site", ...rest } });
}

function seal(tube: string, count: number): Kept {
  return kept({ kind: "testing.tube_sealed", place: "S1", data: { tube, count } });
}

/** Scans one after another, as the table does; what came of each, and the records that were made. */
function walk(scans: string[], table: Table = TABLE): [string[], Kept[]] {
  const own: Kept[] = [];
  const does: string[] = [];
  let stand = NOBODY;
  for (const scan of scans) {
    const pools = poolsOf(own);
    const step = scan.startsWith("T") ? onTube(scan, stand, table, pools) : onPerson(scan, stand, table, pools);
    does.push(step.does === "bind" ? `${step.person}>${step.tube} ${step.count}${step.seals ? " sealed" : ""}` : step.does === "refuse" ? `refuse ${step.why}` : step.does);
    if (step.does === "bind") own.push(...sayingsOf(step, table, "430202005001").map((saying) => kept(saying)));
    stand = after(step, stand);
  }
  return [does, own];
}

describe("the table", () => {
  test.each([
    ["two scans for the first, one for each next, full seals itself", ["a", "T1", "b", "c"], ["await_tube", "a>T1 1", "b>T1 2", "c>T1 3 sealed"]],
    ["the next pool needs its tube", ["a", "T1", "b", "c", "d", "T2", "e"], ["await_tube", "a>T1 1", "b>T1 2", "c>T1 3 sealed", "await_tube", "d>T2 1", "e>T2 2"]],
    ["a tube first opens the pool", ["T1", "a"], ["open", "a>T1 1"]],
    ["the tube after each person changes nothing", ["a", "T1", "T1", "b", "T1"], ["await_tube", "a>T1 1", "is_open", "b>T1 2", "is_open"]],
    ["another tube changes the pool, and back", ["a", "T1", "T2", "b", "T1", "c"], ["await_tube", "a>T1 1", "open", "b>T2 1", "open", "c>T1 2"]],
    ["a sealed tube takes nobody", ["a", "T1", "b", "c", "d", "T1", "T2"], ["await_tube", "a>T1 1", "b>T1 2", "c>T1 3 sealed", "await_tube", "refuse sealed", "d>T2 1"]],
    ["the same person in the same tube counts once", ["a", "T1", "a"], ["await_tube", "a>T1 1", "is_in"]],
    ["a second person before a tube takes the first one's place", ["a", "b", "T1"], ["await_tube", "await_tube", "b>T1 1"]],
  ])("%s", (_name, scans, expected) => {
    expect(walk(scans)[0]).toEqual(expected);
  });

  test("says who waited and is in no tube", () => {
    expect(onPerson("b", { tube: "", waiting: "a" }, TABLE, new Map())).toEqual({ does: "await_tube", person: "b", instead: "a" });
    expect(onPerson("a", { tube: "", waiting: "a" }, TABLE, new Map())).toEqual({ does: "await_tube", person: "a", instead: "" });
  });

  test("one alone is sealed at once", () => {
    expect(walk(["a", "T1", "b", "T2"], { ...TABLE, size: 1 })[0]).toEqual(["await_tube", "a>T1 1 sealed", "await_tube", "b>T2 1 sealed"]);
  });

  test("a tube keeps the size with which it was begun", () => {
    const pools = poolsOf([swab("a", "T1", { pool: 20 })]);
    expect(onPerson("b", { tube: "T1", waiting: "" }, TABLE, pools)).toMatchObject({ does: "bind", size: 20, seals: false });
  });

  test.each([
    ["of another site", swab("x", "T1", {}, "S2")],
    ["of another round", swab("x", "T1", { round: "r0" })],
    ["of a door", swab("x", "T1", { mode: "home" }, "")],
  ])("a tube %s is refused", (_name, used) => {
    expect(onTube("T1", NOBODY, TABLE, poolsOf([used]))).toMatchObject({ does: "refuse", why: "elsewhere" });
  });

  test("a full tube whose seal was taken back is refused as full", () => {
    expect(onTube("T1", NOBODY, TABLE, poolsOf(["a", "b", "c"].map((each) => swab(each, "T1"))))).toMatchObject({ does: "refuse", why: "full" });
  });

  test("the last swab and the seal are said together, with all that the wire format asks for", () => {
    const step = onPerson("c", { tube: "T1", waiting: "" }, TABLE, poolsOf([swab("a", "T1"), swab("b", "T1")]));
    expect(step.does === "bind" && sayingsOf(step, TABLE, "430202005001")).toEqual([
      { kind: "testing.sampled", area: "430202005001", person: "c", place: "S1", data: { tube: "T1", pool: 3, round: "r1", mode: "site", station: 2 } },
      { kind: "testing.tube_sealed", area: "430202005001", place: "S1", data: { tube: "T1", count: 3 } },
    ]);
  });

  test("at home no place and no station is said", () => {
    const home: Table = { ...TABLE, place: "", mode: "home", station: 0 };
    const step = onTube("T1", { tube: "", waiting: "a" }, home, new Map());
    expect(step.does === "bind" && sayingsOf(step, home, "1")).toEqual([{ kind: "testing.sampled", area: "1", person: "a", data: { tube: "T1", pool: 3, round: "r1", mode: "home" } }]);
  });
});

describe("what the records tell of tubes", () => {
  const told = (own: Kept[]) => [...poolsOf(own).values()].map((pool: Pool) => `${pool.tube} ${pool.swabs.map((each) => each.person).join("")}${pool.sealed ? " sealed" : ""}${pool.handed ? " handed" : ""}`);

  test("who was taken back is out, and so is a seal", () => {
    const [a, b, sealed] = [swab("a", "T1"), swab("b", "T1"), seal("T1", 2)];
    expect(told([a, b, sealed])).toEqual(["T1 ab sealed"]);
    expect(told([a, b, sealed, voided(sealed), voided(b)])).toEqual(["T1 a"]);
    expect(told([a, voided(a)])).toEqual([]);
  });

  test("a record that the server did not accept does not count", () => {
    const refused = swab("b", "T1");
    expect(told([swab("a", "T1"), { ...refused, row: { ...refused.row, standing: "rejected" } }])).toEqual(["T1 a"]);
  });

  test("a tube that was handed over has left", () => {
    expect(told([swab("a", "T1"), seal("T1", 1), kept({ kind: "testing.handed_over", data: { tubes: ["T1", "T9"], box: "B", carrier: "C" } })])).toEqual(["T1 a sealed handed"]);
  });

  test.each([
    ["the last swab", ["a", "b"], undefined, "b", 1],
    ["with the seal that it made", ["a", "b", "c"], 3, "c", 2],
    ["the seal alone, where it came by hand", ["a", "b"], 2, "", 1],
  ])("undoing takes back %s", (_name, persons, sealed, person, takes) => {
    const own = [...persons.map((each) => swab(each, "T1")), ...(sealed ? [seal("T1", sealed)] : [])];
    const act = lastAct(poolsOf(own), TABLE);
    expect([act?.person, act?.takes.length]).toEqual([person, takes]);
  });

  test("what was handed over or is another table's is not undone", () => {
    const gone = [swab("a", "T1"), seal("T1", 1), kept({ kind: "testing.handed_over", data: { tubes: ["T1"], box: "B", carrier: "C" } })];
    expect(lastAct(poolsOf([...gone, swab("b", "T2", {}, "S2")]), TABLE)).toBeUndefined();
  });
});
