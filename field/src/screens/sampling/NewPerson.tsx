// A person whom no list knows, entered at the table: a name and whatever they can tell.
import { useState } from "preact/hooks";
import { idNumber } from "../../kit/fold";
import { type Text, say, t } from "../../kit/text";
import { Button } from "../../parts/parts";
import { Line } from "../../parts/Line";
import { useDuty } from "../../parts/hooks";
import { act, useBusy } from "../../parts/press";
import * as duty from "../../work/duty";
import { foundCode } from "../../work/found";
import { bearerOf, birthDate, faultOf, fullNumber } from "../../work/marks";
import { foundByNumber } from "../../work/people";

/** Calls back with the code under which the person is known from now on: of the register, where the ID number is in it. */
export function NewPerson(props: { area: string; number: string; onKnown: (code: string) => void; close: () => void }) {
  const { assignment, own } = useDuty();
  const [name, setName] = useState("");
  const [number, setNumber] = useState(props.number);
  const [phone, setPhone] = useState("");
  const [wrong, setWrong] = useState<Text | undefined>(undefined);
  const [busy, during] = useBusy();
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const id = fullNumber(idNumber(number));
    if (!name.trim()) return setWrong(t("Enter the name.", "请填写姓名。"));
    if (id && faultOf(id)) return setWrong(t("A digit of the ID number is wrong. Correct it, or leave it empty.", "证件号码有误，请更正或留空。"));
    const known = id ? ((await bearerOf(id, assignment))?.code ?? foundByNumber(id, own)) : undefined;
    if (known) return props.onKnown(known);
    const data = { what: "person", name: name.trim(), id_no: id, birth_date: id ? birthDate(id) : "", phone: phone.trim() };
    await during(async () => props.onKnown(foundCode((await duty.say({ kind: "registry.found", area: props.area, data })).said)));
  };
  return (
    <form class="card" onSubmit={(event) => act(save(event))}>
      <h2 style={{ marginTop: 0 }}>{say(t("A new person", "新人员"))}</h2>
      <Line label={t("Name", "姓名")} name="name" value={name} set={setName} />
      <Line label={t("ID number, if there is one", "证件号码（如有）")} name="id_no" value={number} set={setNumber} />
      <Line label={t("Telephone", "联系电话")} name="phone" value={phone} set={setPhone} mode="tel" />
      {wrong && (
        <p class="error" role="alert">
          {say(wrong)}
        </p>
      )}
      <div class="pair">
        <Button onPress={props.close}>{say(t("Cancel", "取消"))}</Button>
        <button type="submit" class="button primary" disabled={busy}>
          {say(t("Save and go on", "保存并继续"))}
        </button>
      </div>
    </form>
  );
}
