// What is not yet sent, in words; sending by hand; the last rescue as a file; what the server refused.
import { useEffect, useState } from "preact/hooks";
import { local } from "../kit/clock";
import { type Text, say, t } from "../kit/text";
import { useDuty, useSending } from "../parts/hooks";
import { Badge, Button, Notice, Page, usePieces } from "../parts/parts";
import { act, useBusy } from "../parts/press";
import { go } from "../parts/route";
import { EnrolAgain, sendingWords } from "../parts/sending";
import { type Kept, lastSeq, lettersLeft } from "../store/outbox";
import { unseal } from "../store/vault";
import { contact } from "../sync/engine";
import type { Trouble } from "../sync/sending";
import { lineOf } from "./Records";

export const TROUBLES: Record<Exclude<Trouble, "none">, Text> = {
  unreached: t(
    "The server cannot be reached now. Go on working; the phone tries again by itself.",
    "暂时连不上服务器。请继续登记，恢复后自动上传。",
  ),
  unknown: t(
    "The server does not know this phone. Nothing is lost; ask the clerk to enrol it again.",
    "服务器不认识本机。数据未丢失，请联系专干重新登记。",
  ),
  revoked: t(
    "This phone was revoked. Its lists are gone; what was not sent lies sealed with the server or on this phone.",
    "本机已停用，名单已清除；未上传的登记已加密交服务器或仍在本机。",
  ),
  card: t(
    "Your card is over or withdrawn. What you record is kept and sent; lists come back with a new card.",
    "工作卡已过期或作废。登记照常保存上传；换新卡后恢复名单。",
  ),
  format: t("The server did not take what was sent. Nothing is lost; tell the clerk.", "服务器未接收本次上传。数据未丢失，请告知专干。"),
  room: t("The phone could not store what the server answered. Nothing is lost; free some space on it.", "本机无法保存服务器的答复。数据未丢失，请清理手机空间。"),
};

export function Sending() {
  const sending = useSending();
  const duty = useDuty();
  const [last, setLast] = useState(0);
  const [busy, during] = useBusy();
  useEffect(() => void lastSeq().then(setLast, () => undefined), [duty.own.length]);
  if (!sending) return null;
  const send = () => during(async () => void (await contact()));
  const proved = sending.unsent === 0 && last > 0 && sending.heldTo >= last;
  return (
    <Page title={t("Sending", "上传情况")}>
      <div class="card stack" role="status">
        <p class="big">{say(sendingWords(sending))}</p>
        {sending.trouble !== "none" && (
          <Notice tone={sending.trouble === "unreached" ? "watch" : "bad"}>
            <p>{sending.text || say(TROUBLES[sending.trouble])}</p>
            <EnrolAgain trouble={sending.trouble} />
          </Notice>
        )}
        {proved && (
          <Notice tone="good">
            {say(
              t(
                "All {n} records of this phone have arrived; the server has counted them.",
                "本机 {n} 条登记已全部到达，服务器已逐条核对。",
                { n: last },
              ),
            )}
          </Notice>
        )}
        {sending.lost.length > 0 && (
          <Notice tone="bad">
            {say(
              t(
                "The server misses no. {list}, and this phone no longer has them. Tell the clerk.",
                "服务器缺第 {list} 条，本机也已没有，请告知专干。",
                { list: sending.lost.join(", ") },
              ),
            )}
          </Notice>
        )}
        <Button kind="primary wide" onPress={() => act(send())} disabled={busy || sending.busy}>
          {say(busy || sending.busy ? t("Sending …", "正在上传…") : t("Send now", "立即上传"))}
        </Button>
      </div>
      {sending.unsent > 0 && duty.phone && <Rescue device={duty.phone.device} unsent={sending.unsent} />}
      <AllRefused own={duty.own} />
      <h2>{say(t("Recorded on this phone", "本机登记"))}</h2>
      <Button kind="wide" onPress={() => go("records")}>
        {say(t("Show my records ({n})", "查看本机登记（{n}）", { n: duty.own.length }))}
      </Button>
    </Page>
  );
}

function AllRefused(props: { own: Kept[] }) {
  const refused = props.own.filter((each) => ["rejected", "conflict"].includes(each.row.standing));
  const [shown, more] = usePieces(refused);
  if (!refused.length) return null;
  return (
    <>
      <h2>{say(t("Not accepted by the server", "服务器未采纳"))}</h2>
      <ul class="list">{shown.map((kept) => <Refused key={kept.row.seq} kept={kept} />)}</ul>
      {more}
    </>
  );
}

function Refused(props: { kept: Kept }) {
  const [told, setTold] = useState("");
  const duty = useDuty();
  useEffect(() => {
    if (props.kept.row.told) void unseal<string>(props.kept.row.told).then(setTold, () => undefined); // of an earlier lock
  }, []);
  return (
    <li>
      <div class="line">
        <div class="grow">
          <p class="strong">{lineOf(props.kept, duty.assignment)}</p>
          <p>{told || `${props.kept.row.field ?? ""} ${props.kept.row.reason ?? ""}`}</p>
        </div>
        <Badge tone="bad">{say(t("Not accepted", "未采纳"))}</Badge>
      </div>
    </li>
  );
}

function Rescue(props: { device: string; unsent: number }) {
  const save = async () => {
    const file = { v: 1, device: props.device, made_at: local(), letters: await lettersLeft(props.device) };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
    link.download = `closeknit-outbox-${props.device}-${local().slice(0, 16).replace(/[:T]/g, "-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <div class="card stack">
      <h3>{say(t("No network for long?", "长时间没有网络？"))}</h3>
      <p>
        {say(
          t(
            "Save the unsent records as a sealed file and bring it to the clerk. Only the server can open it. " +
              "The records stay on the phone too; nothing is counted twice.",
            "可把未上传的登记存为加密文件交专干导入，只有服务器能打开。本机仍保留，不会重复计算。",
          ),
        )}
      </p>
      <Button kind="wide" onPress={() => act(save())}>
        {say(t("Save as a file", "另存为加密文件"))}
      </Button>
    </div>
  );
}
