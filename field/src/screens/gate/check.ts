// What is known of the person who stands at the gate: typed, chosen, or read from a code.
import { useState } from "preact/hooks";
import { type Text, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { signal } from "../../parts/signal";
import { type Asked, NOBODY } from "../../work/gate";
import { birthDate } from "../../work/marks";
import { type Meaning, meaningOf } from "../../work/meaning";
import { called } from "../../work/people";

export interface Strange {
  text: Text;
  more: Text;
}

const SAME_RULES = t("Go on without: same rules.", "照常查验，标准不变。");

export interface Check {
  asked: Asked;
  strange: Strange | undefined; // a code that says nothing of use here
  change: (part: Partial<Asked>) => void;
  scanned: (text: string) => Promise<void>;
  next: () => void; // nothing of this person stays for the next
}

export function useCheck(): Check {
  const { assignment, own } = useDuty();
  const [asked, set] = useState<Asked>(NOBODY);
  const [strange, setStrange] = useState<Strange | undefined>(undefined);
  const change = (part: Partial<Asked>) => set((before) => ({ ...before, ...part }));
  const scanned = async (text: string) => {
    const meaning = await meaningOf(text, assignment, own);
    setStrange(strangeOf(meaning));
    if (meaning.is === "person") {
      const born = (meaning.number && birthDate(meaning.number)) || assignment.persons.get(meaning.code)?.born || 0;
      change({ person: meaning.code, name: called(meaning.code, assignment), born });
      signal("good");
    } else if (meaning.is === "nobody") change({ person: "", born: birthDate(meaning.number) ?? 0 });
    else signal("watch");
  };
  const next = () => {
    set(NOBODY);
    setStrange(undefined);
  };
  return { asked, strange, change, scanned, next };
}

function strangeOf(meaning: Meaning): Strange | undefined {
  if (meaning.is === "person") return undefined;
  if (meaning.is === "nobody") {
    const more = t("Go on without: same rules. Enter the name.", "照常查验，标准不变，请填姓名。");
    return { text: t("Nobody on this phone has this ID number.", "本机名单中无此证件号。"), more };
  }
  if (meaning.is !== "strange") return { text: t("This is no person's code.", "这不是人员码。"), more: SAME_RULES };
  return { text: meaning.text, more: t("Scan another code, or go on without: same rules.", "请换码再扫，或照常查验，标准不变。") };
}
