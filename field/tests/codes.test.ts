import { describe, expect, test } from "vitest";
import { checkCharacter, printed, read } from "../src/kit/codes";
import { Assignment } from "../src/work/assignment";
import { birthDate, faultOf, fullNumber, markOf } from "../src/work/marks";
import { isSearch, meaningOf } from "../src/work/meaning";
import table from "./check-characters.json" with { type: "json" };
import { kept } from "./records";

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

describe("the check character", () => {
  test.each([["A12425GABC1234002", "M"]])("of %s is %s, as the published example of ISO 7064 MOD 37,36 has it", (code, check) => {
    expect(checkCharacter(code)).toBe(check);
  });

  test.each(Object.entries(table))("of %s is %s, as on the server", (code, check) => {
    expect(checkCharacter(code)).toBe(check);
  });

  test("finds every wrong sign, and every swap of neighbours", () => {
    const code = "CT000123A";
    const whole = code + checkCharacter(code);
    for (let at = 2; at < whole.length; at += 1) {
      for (const sign of SIGNS) {
        const other = whole.slice(0, at) + sign + whole.slice(at + 1);
        if (sign !== whole[at]) expect(read(other)).toEqual({ is: "damaged", text: other });
      }
    }
    expect(read("CT000132A" + checkCharacter(code)).is).toBe("damaged");
  });
});

test.each([
  [printed("P", "430202005001-00001-1"), "person"],
  [printed("H", "430202005001-00001"), "household"],
  [printed("V", "SH1"), "place"],
  ["CKP1:430202005001-00001-1:0", "damaged"],
  ["11010519491231002X", "id"],
  ["１１０１０５１９４９１２３１００２ｘ", "id"],
  ["ct0001234", "damaged"],
  [`CT000123${checkCharacter("CT000123")}`, "tube"],
  ["LAB-7781", "tube"],
  ["https://example.org/x", "other"],
  ["王秀英", "other"],
  ["CKC1.abc.def", "card"],
  ["https://town.example/field/#enrol=abcdefghijklmnopqrstuv", "enrol"],
])("%s is read as %s", (text, is) => {
  expect(read(text).is).toBe(is);
});

describe("ID numbers", () => {
  test.each([
    ["34052419800101001X", undefined],
    ["370101190102039973", undefined],
    ["11010519491231002X", undefined],
    ["110105194912310021", "check"],
    ["123", "form"],
    ["990000194002300009", "date"],
  ])("%s: %s", (number, fault) => {
    const checked = fault === "date" ? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"].map((sign) => number.slice(0, 17) + sign) : [number];
    expect(checked.some((each) => faultOf(each) === fault)).toBe(true);
  });

  test("those of before 1999 get their century and check digit", () => {
    expect(fullNumber("110105491231002")).toBe("11010519491231002X");
    expect(fullNumber("11010519491231002X")).toBe("11010519491231002X");
  });

  test("tell the day of birth", () => {
    expect(birthDate("11010519491231002X")).toBe("1949-12-31");
  });

  test("are marked as the server marks them", async () => {
    // python: hmac.digest(b"k" * 32, b"11010519491231002X", "sha256")[:9], base64url
    expect(await markOf("11010519491231002X", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s")).toBe("a6ryw886KaSs");
  });
});

describe("what a text means at a table", () => {
  const key = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s";
  const assignment = new Assignment(
    new Map<string, unknown>([
      ["worker", { marks: key, work: [] }],
      ["places", [["SH1", "shop", "便民商店", "A"]]],
      ["register:A", { households: [["A-1", "", "", "", "", "", "", ""]], persons: [["A-1-1", "A-1", "王秀英", "", "002X", "a6ryw886KaSs", 1949, "", "", "", []]] }],
    ]),
  );

  test.each([
    ["11010519491231002X", { is: "person", code: "A-1-1", number: "11010519491231002X" }],
    ["110105491231002", { is: "person", code: "A-1-1", number: "11010519491231002X" }],
    ["34052419800101001X", { is: "nobody", number: "34052419800101001X" }],
    ["A-1-1", { is: "person", code: "A-1-1" }],
    ["A-1-2", { is: "tube", code: "A-1-2" }],
    ["A-1-", { is: "tube", code: "A-1-" }],
  ])("%s", async (text, meaning) => {
    expect(await meaningOf(text, assignment, [])).toEqual(meaning);
  });

  test.each([
    ["110105194912310021", "证件号码有误，校验未通过。"],
    [printed("V", "SH1"), "这是场所海报：便民商店。"],
    [printed("V", "XX9"), "这是场所海报：（外地）XX9。"],
    ["CT0001230", "此码有一位不符，校验未通过。"],
    ["https://example.org", "不是本系统的码。"],
    ["CKC1.a.b", "这是工作人员卡。"],
  ])("%s is strange, and says so", async (text, zh) => {
    expect(await meaningOf(text, assignment, [])).toMatchObject({ is: "strange", text: { zh } });
  });

  test("a person whom this phone found is known by the number at once", async () => {
    const found = kept({ kind: "registry.found", data: { what: "person", name: "赵来客", id_no: "34052419800101001x" } });
    expect(await meaningOf("34052419800101001X", assignment, [found])).toEqual({ is: "person", code: `found:${found.said.id}`, number: "34052419800101001X" });
  });

  test.each([["王", true], ["002X", true], ["CKP1:A", false], ["1234567890123", false]])("%s is a search: %s", (text, is) => {
    expect(isSearch(text)).toBe(is);
  });
});
