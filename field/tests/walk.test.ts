import { beforeEach, describe, expect, test } from "vitest";
import { changeWalk, currentWalk } from "../src/screens/doors/sweep/walk";
import { stepped } from "../src/work/sweep/order";
import { meta } from "../src/store/database";
import { type Box, begin, unlock, unseal } from "../src/store/vault";
import { lock } from "../src/work/duty";

const step = (campaign: string, code: string) => changeWalk((walk) => stepped(walk, campaign, code, () => [["H1", "H2", "H3"]]));

beforeEach(async () => {
  await lock();
  await begin("482913"); // a new data key: what was sealed before is lost
});

describe("the walk on the phone", () => {
  test("is kept in the order in which it was said, however fast", async () => {
    await Promise.all([step("sweep-1", "H3"), step("sweep-1", "H1"), step("sweep-2", "H2")]);

    expect(await currentWalk()).toEqual({ order: ["H3", "H1", "H2"], campaign: "sweep-2", walked: ["H2"] });
    expect(await unseal(((await meta<Box>("walk")) as Box))).toEqual({ campaign: "sweep-2", walked: ["H2"] });
    expect(await unseal(((await meta<Box>("walk order")) as Box))).toEqual(["H3", "H1", "H2"]);
  });

  test("begins anew where it was sealed under an earlier lock", async () => {
    expect(await currentWalk()).toEqual({ order: [], campaign: "", walked: [] });
  });

  test("is not changed while the phone is locked", async () => {
    await step("sweep-1", "H1");
    await lock();

    await step("sweep-1", "H2");

    await unlock("482913");
    expect((await currentWalk()).walked).toEqual(["H1"]);
  });
});
