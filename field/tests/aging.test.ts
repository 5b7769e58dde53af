import { beforeEach, expect, test, vi } from "vitest";
import { ageOf, grow, masked } from "../src/store/aging";
import { base, keep } from "../src/store/database";
import { contents } from "../src/store/parts";
import { begin, seal } from "../src/store/vault";

const REGISTER = {
  households: [["H1", "1组1号", "", "", "", "", "", "1组"]],
  persons: [["P1", "H1", "卢兰利", "19900000001", "0017", "mark", 1962, "女", "resident", "户主", ["lives_alone"]]],
};
const LIMITS = { others_h: 12, masked_h: 72, gone_h: 168 };
const own = (area: string) => area === "A";

beforeEach(async () => {
  for (const store of ["meta", "parts"] as const) await (await base()).clear(store);
  await begin("482913");
  for (const area of ["A", "B"]) await (await base()).put("parts", { name: `register:${area}`, digest: "d", box: await seal(REGISTER) });
  vi.useRealTimers();
});

test.each([
  [0, "fresh"],
  [11.9, "fresh"],
  [12, "others"],
  [71, "others"],
  [72, "masked"],
  [167, "masked"],
  [168, "gone"],
] as const)("after %s hours without contact: %s", (hours, age) => {
  expect(ageOf(hours, LIMITS)).toBe(age);
});

test.each([
  [1, ["register:A", "register:B"]],
  [13, ["register:A"]],
  [80, ["register:A"]],
  [170, []],
])("after %s hours these parts are left: %s", async (hours, left) => {
  await keep("contact", Date.now() - hours * 3_600_000);

  await grow(own, LIMITS);

  expect([...(await contents()).keys()]).toEqual(left);
});

test("after three days no name, telephone or ID is left, and the door still is", async () => {
  await keep("contact", Date.now() - 80 * 3_600_000);

  expect(await grow(own, LIMITS)).toBe(true);
  expect(await grow(own, LIMITS)).toBe(false);

  const kept = JSON.stringify((await contents()).get("register:A"));
  for (const secret of ["卢兰利", "兰利", "19900000001", "0017", "mark", "1962"]) expect(kept).not.toContain(secret);
  expect(kept).toContain("1组1号");
  expect(kept).toContain("卢**");
});

test.each([
  ["王小明", "王**"],
  ["单", "单*"],
  ["", ""],
])("%s is masked as %s", (name, shown) => {
  expect(masked(name)).toBe(shown);
});
