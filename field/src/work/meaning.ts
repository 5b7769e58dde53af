// What a scanned or typed text means at a table or a gate; for what is of no use there, a sentence that says what to do.
import { idNumber, normal } from "../kit/fold";
import { type Text, t } from "../kit/text";
import { type Scanned, read } from "../kit/codes";
import type { Kept } from "../store/outbox";
import type { Assignment } from "./assignment";
import { bearerOf, faultOf, fullNumber } from "./marks";
import { foundByNumber, nameOf } from "./people";

export type Meaning =
  | { is: "person"; code: string; number?: string }
  | { is: "household"; code: string }
  | { is: "tube"; code: string }
  | { is: "nobody"; number: string } // an ID number that may be right, of nobody on this phone
  | { is: "strange"; text: Text; remedy: Text };

const BY_NAME = t("Read it again, or find the person by name.", "请重新识读，或按姓名查找。");

/** What a text means. A label of any maker looks like a tube: codes of the register and old ID numbers are told apart first. */
export async function meaningOf(text: string, assignment: Assignment, own: Kept[]): Promise<Meaning> {
  const scanned = read(text);
  if (scanned.is === "person" || scanned.is === "household") return scanned;
  if (scanned.is === "id") return numbered(scanned.number, assignment, own);
  if (scanned.is !== "tube") return strange(scanned, assignment);
  const plain = text.normalize("NFKC").trim();
  for (const code of [plain, scanned.code]) {
    if (assignment.persons.has(code)) return { is: "person", code };
    if (assignment.households.has(code)) return { is: "household", code };
    if (assignment.place(code)) return strange({ is: "place", code }, assignment);
  }
  const old = fullNumber(idNumber(plain));
  if (/^\d{15}$/.test(plain) && !faultOf(old)) return numbered(old, assignment, own);
  return scanned;
}

async function numbered(number: string, assignment: Assignment, own: Kept[]): Promise<Meaning> {
  if (faultOf(number)) return { is: "strange", text: t("A digit of this ID number is wrong.", "证件号码有误，校验未通过。"), remedy: BY_NAME };
  const person = await bearerOf(number, assignment);
  if (person) return { is: "person", code: person.code, number };
  const found = foundByNumber(number, own);
  return found ? { is: "person", code: found, number } : { is: "nobody", number };
}

function strange(scanned: Scanned, assignment: Assignment): Meaning {
  const [text, remedy] = wordsOf(scanned, assignment);
  return { is: "strange", text, remedy };
}

function wordsOf(scanned: Scanned, assignment: Assignment): [Text, Text] {
  if (scanned.is === "damaged") {
    return [
      t("One sign of this code is wrong: the check character does not fit.", "此码有一位不符，校验未通过。"),
      t("Scan it again, or type it again from the label.", "请重新扫描，或照标签重新输入。"),
    ];
  }
  if (scanned.is === "place") {
    const name = nameOf(assignment, "place", scanned.code);
    const known = assignment.place(scanned.code) ? "" : t("of another area: ", "（外地）");
    return [
      t(`This is a poster of ${known && known.en}{name}.`, `这是场所海报：${known && known.zh}{name}。`, { name }),
      t("Scan the person's code, or find them by name.", "请扫描人员码，或按姓名查找。"),
    ];
  }
  if (scanned.is === "card")
    return [
      t("This is a worker's card.", "这是工作人员卡。"),
      t("Here it counts for nothing. Scan the person's code.", "此处不用。请扫描人员码。"),
    ];
  if (scanned.is === "enrol")
    return [
      t("This code enrols a phone.", "这是设备登记码。"),
      t("Scan the person's code, or find them by name.", "请扫描人员码，或按姓名查找。"),
    ];
  return [
    t("This code is not one of ours.", "不是本系统的码。"),
    t("Scan our code or the ID number, or find the person by name.", "请扫描人员码或证件号，或按姓名查找。"),
  ];
}

/** Whether a typed text is worth a search among the people: a name, or some last digits. */
export function isSearch(text: string): boolean {
  const plain = normal(text);
  return plain.length >= 1 && plain.length <= 12 && !/^ck[phvc]/.test(plain);
}
